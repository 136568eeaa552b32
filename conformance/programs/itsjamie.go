package programs

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/itsjamie/gin-cors"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Itsjamie configures github.com/itsjamie/gin-cors.
func Itsjamie(c corsconfig.Config) (Serve, error) {
	engine := gin.New()
	engine.Use(cors.Middleware(cors.Config{Origins: strings.Join(c.Origins, ", "), Credentials: c.Credentials}))
	engine.GET("/", func(ctx *gin.Context) { ctx.Status(http.StatusOK) })
	return ThroughHandler(engine), nil
}
