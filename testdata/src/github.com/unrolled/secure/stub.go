// Package secure declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package secure

import "net/http"

type Options struct {
	ContentTypeNosniff              bool
	FrameDeny                       bool
	IsDevelopment                   bool
	SSLRedirect                     bool
	ContentSecurityPolicy           string
	ContentSecurityPolicyReportOnly string
	CustomFrameOptionsValue         string
	CrossOriginOpenerPolicy         string
	CrossOriginResourcePolicy       string
	CrossOriginEmbedderPolicy       string
}

type Secure struct{}

func New(options ...Options) *Secure

func (s *Secure) Handler(h http.Handler) http.Handler
