package corsconfig

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The origins of the tables below, by letter.
var letters = []struct{ letter, origin string }{
	{"E", "https://evil.example"},
	{"N", "null"},
	{"S", "https://sub.example.com"},
	{"X", "https://evilexample.com"},
	{"T", "https://example.com.evil.example"},
	{"H", "http://example.com"},
	{"L", "https://example.com"},
	{"HS", "http://sub.example.com"},
}

// summary writes a library's answers to all of them in one line: "all R+C" or
// "R+C: S L", where R is the request's origin, +C are credentials, and origins
// that get nothing are left out.
func summary(l *Library, version string, c Config) string {
	cells := map[string][]string{}
	var order []string
	for _, o := range letters {
		a := l.Answer(version, c, o.origin)
		if a.Refused != "" {
			return "refused: " + a.Refused
		}
		text := cell(a, o.origin)
		if !slices.Contains(order, text) {
			order = append(order, text)
		}
		cells[text] = append(cells[text], o.letter)
	}
	if len(order) == 1 {
		return "all " + order[0]
	}
	var parts []string
	for _, text := range order {
		if text != "-" {
			parts = append(parts, text+": "+strings.Join(cells[text], " "))
		}
	}
	return strings.Join(parts, "; ")
}

func cell(a Answer, origin string) string {
	text := a.AllowOrigin
	switch text {
	case "":
		return "-"
	case origin:
		text = "R"
	}
	if a.Credentials {
		text += "+C"
	}
	return text
}

// list is a configuration with credentials.
func list(origins ...string) Config {
	return Config{Origins: origins, OriginsSet: true, Credentials: true}
}

func (c Config) with(change func(*Config)) Config {
	change(&c)
	return c
}

func anonymous(c *Config)  { c.Credentials = false }
func allowAll(c *Config)   { c.AllowAll = true }
func wild(c *Config)       { c.Wildcards = true }
func acceptAll(c *Config)  { c.Func = func(string) bool { return true } }
func acceptNone(c *Config) { c.Func = func(string) bool { return false } }
func schemeOf(s string) func(*Config) {
	return func(c *Config) { c.Schemes = []string{s} }
}
func option(name string) func(*Config) {
	return func(c *Config) { c.Options = map[string]bool{name: true} }
}

type row struct {
	library, version string
	config           Config
	want             string
}

func check(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		l := Lookup(r.library)
		if l == nil {
			t.Errorf("no library %s", r.library)
			continue
		}
		if got := summary(l, r.version, r.config); got != r.want {
			t.Errorf("%s %s %s:\n\tgot  %s\n\twant %s", r.library, r.version, fmt.Sprintf("%+v", r.config), got, r.want)
		}
	}
}

const (
	anyone     = "all R+C"
	broken     = "all *+C"
	nobody     = "all -"
	subdomains = "R+C: S"
	suffix     = "R+C: S X H L HS"
)

func TestBorders(t *testing.T) {
	none := Config{Credentials: true}
	fiberStar := "refused: " + fiber2Star
	check(t, []row{
		{"rs/cors", "v1.4.0", list("*"), anyone},
		{"rs/cors", "v1.5.0", list("*"), broken},
		{"rs/cors", "", none, broken},
		{"rs/cors", "v1.4.0", Config{Origins: []string{"*"}}.with(option("AllowAll")), anyone},
		{"rs/cors", "", Config{Origins: []string{"*"}}.with(option("AllowAll")), "all *"},
		{"rs/cors", "v1.10.1", list("*").with(acceptAll), broken},
		{"rs/cors", "v1.11.0", list("*").with(acceptAll), anyone},
		{"rs/cors", "", list("*").with(acceptNone), nobody},
		{"go-chi/cors", "v1.0.0", list("*"), anyone},
		{"go-chi/cors", "v1.0.0", list("*").with(anonymous), "all R"},
		{"go-chi/cors", "v1.2.2", list("*").with(acceptAll), broken},
		{"gorilla/handlers", "v1.2.1", none, anyone},
		{"gorilla/handlers", "v1.3.0", none.with(acceptAll), broken},
		{"gorilla/handlers", "v1.3.0", list(), nobody},
		{"gorilla/handlers", "", list(), broken},
		{"gin-contrib/cors", "v1.5.0", list("https://example.com/*").with(wild), "R+C: T L"},
		{"gin-contrib/cors", "v1.6.0", list("https://example.com/*").with(wild), nobody},
		{"gin-contrib/cors", "v1.7.3", list("/.*/"), nobody},
		{"gin-contrib/cors", "v1.7.4", list("/.*/"), anyone},
		{"echo/v4", "v4.10.1", none, anyone},
		{"echo/v4", "v4.10.2", none, broken},
		{"echo/v4", "", none.with(option("UnsafeWildcardOriginWithAllowCredentials")), anyone},
		{"echo/v4", "v4.0.0", list("https://*.example.com"), nobody},
		{"echo/v4", "v4.1.17", list("*.example.com"), nobody},
		{"echo/v4", "", list("https://example.*"), "R+C: E S X T L"},
		{"fiber/v2", "v2.42.0", none, anyone},
		{"fiber/v2", "v2.52.0", none, broken},
		{"fiber/v2", "v2.52.1", none, fiberStar},
		{"fiber/v2", "v2.51.0", none.with(acceptAll), anyone},
		{"fiber/v2", "v2.52.2", list("https://*.example.com"), "R+C: S X HS"},
		{"fiber/v2", "v2.52.3", list("https://*.example.com"), nobody},
		{"fiber/v2", "", list("https://*.example.com"), subdomains},
		{"jub0bs/cors", "v0.1.3", list("*", "https://a.com").with(anonymous), "refused: cors: specifying origin patterns in addition to * is prohibited"},
		{"jub0bs/cors", "v0.10.0", list("https://*.com").with(anonymous), `refused: cors: for security reasons, origin patterns like "https://*.com" that encompass subdomains of a public suffix are by default prohibited`},
		{"go-restful/v2", "v2.15.0+incompatible", list("example.com"), "R+C: S X T H L HS"},
		{"go-restful/v2", "v2.16.0+incompatible", list("example.com"), nobody},
		{"go-restful/v3", "v3.7.4", list("https://example.com"), "R+C: T L"},
		{"go-restful/v3", "v3.8.0", list("https://example.com"), "R+C: L"},
		{"go-zero", "v1.5.0", list("example.com"), suffix},
		{"go-zero", "v1.5.1", list("example.com"), "R+C: S HS"},
		{"itsjamie/gin-cors", "v0.0.0-20160420130702-97b4a9da7933", list("*"), anyone},
		{"itsjamie/gin-cors", "v0.0.0-20220228152000-ef28d3d00000", list("*"), `refused: Do not use Origins = "*" and Credentials = true together.`},
		{"go-pkgz/rest", "v1.23.2", none, anyone},
		{"go-pkgz/rest", "v1.24.0", none.with(option("CorsUnsafeAnyOriginWithCredentials")), anyone},
		{"traefik", "v3.6.12", list("*"), broken},
		{"traefik", "v3.7.13", list("*"), anyone},
	})
}

// TestSharedSuffix is GO-2024-2813: two hosts with a common suffix let their
// concatenation in.
func TestSharedSuffix(t *testing.T) {
	c := list("https://foo.com", "https://bar.com")
	for version, want := range map[string]string{"v0.1.2": "https://barfoo.com", "v0.1.3": ""} {
		if got := Lookup("jub0bs/cors").Answer(version, c, "https://barfoo.com").AllowOrigin; got != want {
			t.Errorf("jub0bs/cors %s answers https://barfoo.com with %q, want %q", version, got, want)
		}
	}
}
