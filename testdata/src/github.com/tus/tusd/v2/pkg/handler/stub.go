// Package handler declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package handler

import "regexp"

type CorsConfig struct {
	Disable          bool
	AllowOrigin      *regexp.Regexp
	AllowCredentials bool
	AllowMethods     string
	AllowHeaders     string
	MaxAge           string
	ExposeHeaders    string
}

var DefaultCorsConfig = CorsConfig{AllowOrigin: regexp.MustCompile(".*")}

type Config struct {
	BasePath string
	Cors     *CorsConfig
}

type Handler struct{}

func NewHandler(config Config) (*Handler, error)
