package programs

import (
	"net/http"
	"regexp"

	"github.com/captncraig/cors"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Captncraig configures github.com/captncraig/cors.
func Captncraig(c corsconfig.Config) (Serve, error) {
	config := &cors.Config{AllowedOrigins: c.Origins, AllowCredentials: &c.Credentials}
	if len(c.Regexps) > 0 {
		config.OriginRegexps = []*regexp.Regexp{regexp.MustCompile(c.Regexps[0])}
	}
	return ThroughHandler(http.HandlerFunc(config.HandleRequest)), nil
}
