package programs

import (
	"net/http"

	"github.com/jub0bs/cors"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Jub0bs configures github.com/jub0bs/cors.
func Jub0bs(c corsconfig.Config) (Serve, error) {
	middleware, err := cors.NewMiddleware(cors.Config{
		Origins:                            c.Origins,
		Credentialed:                       c.Credentials,
		DangerouslyTolerateInsecureOrigins: c.Options["DangerouslyTolerateInsecureOrigins"],
		DangerouslyTolerateSubdomainsOfPublicSuffixes: c.Options["DangerouslyTolerateSubdomainsOfPublicSuffixes"],
	})
	if err != nil {
		return nil, err
	}
	return ThroughHandler(middleware.Wrap(http.HandlerFunc(OK))), nil
}
