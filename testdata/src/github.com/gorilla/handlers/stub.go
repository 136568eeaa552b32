// Package handlers declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package handlers

import "net/http"

type cors struct{}

type CORSOption func(*cors) error

type OriginValidator func(string) bool

func CORS(opts ...CORSOption) func(http.Handler) http.Handler
func AllowedHeaders(headers []string) CORSOption
func AllowedMethods(methods []string) CORSOption
func AllowedOrigins(origins []string) CORSOption
func AllowedOriginValidator(fn OriginValidator) CORSOption
func AllowCredentials() CORSOption

func HTTPMethodOverrideHandler(h http.Handler) http.Handler

type MethodHandler map[string]http.Handler

func (h MethodHandler) ServeHTTP(w http.ResponseWriter, r *http.Request)

func ContentTypeHandler(h http.Handler, contentTypes ...string) http.Handler
