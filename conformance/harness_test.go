// Package conformance holds what soplint says of CORS libraries against the
// libraries themselves, at the versions that its go.mod pins.
package conformance

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/soplint/soplint/conformance/programs"
	"github.com/soplint/soplint/internal/corsconfig"
)

// origins are what every configuration is asked with.
var origins = []string{
	"https://evil.example",
	"null",
	"https://sub.example.com",
	"https://evilexample.com",
	"https://example.com.evil.example",
	"http://example.com",
	"https://example.com",
	"http://sub.example.com",
	"https://Sub.Example.com",
	"https://a.b.example.com",
	"https://example.com:8443",
	"http://localhost:3000",
	"http://localhost.evil.example",
	"https://example.community",
	"https://examplexcom",
	"https://evil.com",
	"https://attacker.github.io",
	"chrome-extension://abcdefgh",
	"file://",
}

// A serve answers one request with its response headers.
type serve = programs.Serve

// A subject is a library with a way to build the real thing.
type subject struct {
	library string // its name in corsconfig
	module  string // the module that go.mod pins

	// takes reports whether the library has an option for everything that c sets.
	takes func(c corsconfig.Config) bool

	// start builds the library's middleware for c. A configuration that the
	// library refuses comes back as an error or as a panic.
	start func(c corsconfig.Config) (serve, error)

	// program is the name of start in package programs, "" if it is not there:
	// then what soplint reports is not compared.
	program string

	// looseText is set where corsconfig knows that a configuration is refused, but
	// not each word of the refusal.
	looseText bool

	// extra are configurations beside the common ones.
	extra []corsconfig.Config
}

// check runs every configuration that the library can be given.
func (s subject) check(t *testing.T) {
	library := corsconfig.Lookup(s.library)
	if library == nil {
		t.Fatalf("corsconfig has no library %s", s.library)
	}
	version := pinned(t, s.module)
	ran := 0
	for _, c := range append(commonConfigs(), s.extra...) {
		if s.takes(c) {
			ran++
			s.checkConfig(t, library, version, c)
		}
	}
	t.Logf("%s %s: %d configurations, %d origins", s.library, version, ran, len(origins))
	if s.program != "" {
		s.checkReports(t)
	}
}

func (s subject) checkConfig(t *testing.T, library *corsconfig.Library, version string, c corsconfig.Config) {
	serving, refused := s.tryStart(c)
	for _, origin := range origins {
		want := corsconfig.Answer{Refused: refused}
		if refused == "" {
			want = ask(serving, origin)
		}
		got := library.Answer(version, c, origin)
		if s.looseText && got.Refused != "" && refused != "" {
			got.Refused = refused
		}
		if got.AllowOrigin == "" {
			got.Vary = false // a response without the header may be cached as any other
		}
		if got != want {
			t.Errorf("%s %s, %s, Origin %s:\n\tmodel   %+v\n\tlibrary %+v",
				s.library, version, describe(c), origin, got, want)
		}
		if refused != "" {
			return
		}
	}
}

// tryStart returns the text with which the library refuses c, if it does.
func (s subject) tryStart(c corsconfig.Config) (serving serve, refused string) {
	defer func() {
		if p := recover(); p != nil {
			refused = fmt.Sprint(p)
		}
	}()
	serving, err := s.start(c)
	if err != nil {
		return nil, err.Error()
	}
	return serving, ""
}

// ask sends a GET with that Origin and reads the answer.
func ask(serving serve, origin string) corsconfig.Answer {
	req := httptest.NewRequest(http.MethodGet, "http://api.example.net/", nil)
	req.Header.Set("Origin", origin)
	h := serving(req)
	allowed := strings.Join(h.Values("Access-Control-Allow-Origin"), " and ")
	return corsconfig.Answer{
		AllowOrigin: allowed,
		Credentials: allowed != "" && h.Get("Access-Control-Allow-Credentials") == "true",
		Vary:        allowed != "" && strings.Contains(strings.Join(h.Values("Vary"), ","), "Origin"),
	}
}
