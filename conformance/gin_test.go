package conformance

import (
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/soplint/soplint/conformance/programs"
	"github.com/soplint/soplint/internal/corsconfig"
)

func TestGin(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	subject{
		library: "gin-contrib/cors", module: "github.com/gin-contrib/cors",
		takes: only(origin | callback | wildcards | all | schemes),
		start: programs.Gin, program: "Gin",
		extra: []corsconfig.Config{
			{Origins: []string{"null"}, OriginsSet: true, Credentials: true, Schemes: []string{"null"}},
			{Origins: []string{"file://"}, OriginsSet: true, Options: map[string]bool{"AllowFiles": true}},
			{Origins: []string{"chrome-extension://abcdefgh"}, OriginsSet: true, Options: map[string]bool{"AllowBrowserExtensions": true}},
			{Origins: []string{"chrome-extension://abcdefgh"}, OriginsSet: true, Options: map[string]bool{"AllowFiles": true, "AllowWebSockets": true}},
		},
	}.check(t)
}
