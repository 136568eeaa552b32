// Package middleware declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package middleware

import "github.com/labstack/echo/v4"

type Skipper func(c echo.Context) bool

type CORSConfig struct {
	Skipper                                  Skipper
	AllowOrigins                             []string
	AllowOriginFunc                          func(origin string) (bool, error)
	AllowMethods                             []string
	AllowHeaders                             []string
	AllowCredentials                         bool
	UnsafeWildcardOriginWithAllowCredentials bool
	ExposeHeaders                            []string
	MaxAge                                   int
}

var DefaultCORSConfig = CORSConfig{AllowOrigins: []string{"*"}}

func CORS() echo.MiddlewareFunc
func CORSWithConfig(config CORSConfig) echo.MiddlewareFunc

type CSRFConfig struct {
	Skipper               Skipper
	TrustedOrigins        []string
	AllowSecFetchSiteFunc func(c echo.Context) (bool, error)
	TokenLookup           string
}

func CSRF() echo.MiddlewareFunc
func CSRFWithConfig(config CSRFConfig) echo.MiddlewareFunc

type KeyAuthValidator func(auth string, c echo.Context) (bool, error)

type KeyAuthConfig struct {
	Skipper    Skipper
	KeyLookup  string
	AuthScheme string
	Validator  KeyAuthValidator
}

func KeyAuth(fn KeyAuthValidator) echo.MiddlewareFunc
func KeyAuthWithConfig(config KeyAuthConfig) echo.MiddlewareFunc

type SecureConfig struct {
	Skipper               Skipper
	XSSProtection         string
	ContentTypeNosniff    string
	XFrameOptions         string
	HSTSMaxAge            int
	HSTSExcludeSubdomains bool
	ContentSecurityPolicy string
	CSPReportOnly         bool
	HSTSPreloadEnabled    bool
	ReferrerPolicy        string
}

var DefaultSecureConfig = SecureConfig{XFrameOptions: "SAMEORIGIN"}

func Secure() echo.MiddlewareFunc
func SecureWithConfig(config SecureConfig) echo.MiddlewareFunc

type MethodOverrideGetter func(echo.Context) string

type MethodOverrideConfig struct {
	Skipper Skipper
	Getter  MethodOverrideGetter
}

func MethodOverride() echo.MiddlewareFunc
func MethodOverrideWithConfig(config MethodOverrideConfig) echo.MiddlewareFunc
func MethodFromForm(param string) MethodOverrideGetter
func MethodFromHeader(header string) MethodOverrideGetter
