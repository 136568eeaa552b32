// Package cors declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package cors

import "net/http"

type Config struct {
	Origins                                       []string
	Credentialed                                  bool
	Methods                                       []string
	RequestHeaders                                []string
	MaxAgeInSeconds                               int
	ResponseHeaders                               []string
	DangerouslyTolerateInsecureOrigins            bool
	DangerouslyTolerateSubdomainsOfPublicSuffixes bool
}

type Middleware struct{}

func NewMiddleware(cfg Config) (*Middleware, error)

func (m *Middleware) Reconfigure(cfg *Config) error
func (m *Middleware) Wrap(h http.Handler) http.Handler
