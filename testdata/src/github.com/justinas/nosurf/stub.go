// Package nosurf declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package nosurf

import "net/http"

type CSRFHandler struct{}

func New(handler http.Handler) *CSRFHandler

func (h *CSRFHandler) ServeHTTP(w http.ResponseWriter, r *http.Request)
func (h *CSRFHandler) ExemptRegexp(re interface{})
func (h *CSRFHandler) ExemptPath(path string)
func (h *CSRFHandler) ExemptFunc(fn func(r *http.Request) bool)
func (h *CSRFHandler) SetFailureHandler(handler http.Handler)
