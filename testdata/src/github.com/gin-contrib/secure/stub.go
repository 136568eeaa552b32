// Package secure declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package secure

import "github.com/gin-gonic/gin"

type Config struct {
	SSLRedirect             bool
	FrameDeny               bool
	CustomFrameOptionsValue string
	ContentSecurityPolicy   string
	IsDevelopment           bool
}

func New(config Config) gin.HandlerFunc
