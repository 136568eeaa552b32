package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestEverything(t *testing.T) {
	for text, want := range map[string]bool{
		"/": true, "POST /": true, "/{path...}": true, "POST /{path...}": true, "example.com/": true,
		"/{$}": false, "GET /": false, "/api/": false, "/{id}": false, "/{a}/{b...}": false,
	} {
		p, err := ParsePattern(text)
		if err != nil || p.Everything() != want {
			t.Errorf("%q: %t, %v", text, p.Everything(), err)
		}
	}
}

func TestSubtree(t *testing.T) {
	for text, want := range map[string]bool{
		"/api/": true, "POST /api/": true, "/{tenant}/hooks/{rest...}": true,
		"/": false, "/api": false, "/api/{$}": false, "GET /api/": false, "example.com/api/": false,
	} {
		p, err := ParsePattern(text)
		if err != nil || p.Subtree() != want {
			t.Errorf("%q: %t, %v", text, p.Subtree(), err)
		}
	}
}

// refuses reports whether http.ServeMux refuses a pattern.
func refuses(mux *http.ServeMux, pattern string) (refused bool) {
	defer func() { refused = recover() != nil }()
	mux.HandleFunc(pattern, func(http.ResponseWriter, *http.Request) {})
	return false
}

// compare holds the parser against http.ServeMux.
func compare(t *testing.T, pattern, method, path string) {
	mux := http.NewServeMux()
	refused := pattern == "" || refuses(mux, pattern)
	p, err := ParsePattern(pattern)
	if refused != (err != nil) {
		t.Errorf("%q: refused by http.ServeMux: %t, by ParsePattern: %v", pattern, refused, err)
	}
	if refused || err != nil || path == "" || path[0] != '/' || cleanPath(path) != path || strings.ContainsAny(path, "?#%") {
		return
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Method, r.URL.Path, r.Host = method, path, "example.com"
	_, matched := mux.Handler(r)
	// The mux answers for "/a" where "/a/" is registered, by a redirect; what is
	// exempted is the pattern's own.
	if got, want := p.Matches(method, r.Host, path), matched == pattern; got != want && !p.Matches(method, r.Host, path+"/") {
		t.Errorf("%q %s %s: %t, http.ServeMux: %q", pattern, method, path, got, matched)
	}
}

var patterns = []string{
	"/", "POST /", "/{path...}", "/a/", "/a", "/a/{id}", "/a/{id}/b", "/{$}", "/a/{$}", "GET /a", "example.com/", "other.com/a",
	"", "a", "/{", "/{}", "/{a}{b}", "/a{b}", "/{a...}/b", "/{a}/{a}", "POST  /x", "PO(ST /x", "GET /a//b", "/a//b", "{h}/a", "/{1}", "/a/../b",
}

func TestPatternsAgreeWithServeMux(t *testing.T) {
	for _, pattern := range patterns {
		for _, method := range []string{"GET", "HEAD", "POST"} {
			for _, path := range []string{"/", "/a", "/a/", "/a/b", "/a/1/b", "/x/y/z"} {
				compare(t, pattern, method, path)
			}
		}
	}
}

func FuzzParsePattern(f *testing.F) {
	for _, pattern := range patterns {
		f.Add(pattern, "POST", "/a/b")
	}
	f.Fuzz(func(t *testing.T, pattern, method, path string) { compare(t, pattern, method, path) })
}
