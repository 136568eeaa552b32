package programs

import (
	"net/http"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Gin configures github.com/gin-contrib/cors.
func Gin(c corsconfig.Config) (Serve, error) {
	engine := gin.New()
	engine.Use(cors.New(cors.Config{
		AllowOrigins:           c.Origins,
		AllowAllOrigins:        c.AllowAll,
		AllowOriginFunc:        c.Func,
		AllowCredentials:       c.Credentials,
		AllowWildcard:          c.Wildcards,
		CustomSchemas:          c.Schemes,
		AllowFiles:             c.Options["AllowFiles"],
		AllowWebSockets:        c.Options["AllowWebSockets"],
		AllowBrowserExtensions: c.Options["AllowBrowserExtensions"],
	}))
	engine.GET("/", func(ctx *gin.Context) { ctx.Status(http.StatusOK) })
	return ThroughHandler(engine), nil
}
