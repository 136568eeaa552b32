package programs

import (
	"net/http"

	"github.com/gin-gonic/contrib/cors"
	"github.com/gin-gonic/gin"

	"github.com/soplint/soplint/internal/corsconfig"
)

// OldGin configures github.com/gin-gonic/contrib/cors.
func OldGin(c corsconfig.Config) (Serve, error) {
	engine := gin.New()
	engine.Use(cors.New(cors.Config{
		AllowedOrigins:   c.Origins,
		AllowAllOrigins:  c.AllowAll,
		AllowOriginFunc:  c.Func,
		AllowCredentials: c.Credentials,
	}))
	engine.GET("/", func(ctx *gin.Context) { ctx.Status(http.StatusOK) })
	return ThroughHandler(engine), nil
}
