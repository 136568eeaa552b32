// Package jwtauth declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package jwtauth

import "net/http"

type JWTAuth struct{}

func Verify(ja *JWTAuth, findTokenFns ...func(r *http.Request) string) func(http.Handler) http.Handler

func Verifier(ja *JWTAuth) func(http.Handler) http.Handler

func Authenticator(ja *JWTAuth) func(http.Handler) http.Handler

func TokenFromHeader(r *http.Request) string

func TokenFromCookie(r *http.Request) string
