package programs

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/tommy351/gin-cors"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Tommy351 configures github.com/tommy351/gin-cors.
func Tommy351(c corsconfig.Config) (Serve, error) {
	engine := gin.New()
	engine.Use(cors.Middleware(cors.Options{AllowOrigins: c.Origins, AllowCredentials: c.Credentials}))
	engine.GET("/", func(ctx *gin.Context) { ctx.Status(http.StatusOK) })
	return ThroughHandler(engine), nil
}
