package corsconfig

import "testing"

// Libraries of which the conformance module runs one release or none. The
// expectations were measured with the libraries.

func TestGinVariants(t *testing.T) {
	none := Config{Credentials: true}
	check(t, []row{
		{"hertz-contrib/cors", "", list("*"), broken},
		{"hertz-contrib/cors", "", list("https://example.com/*").with(wild), "R+C: T L"},
		{"hertz-contrib/cors", "", list("*example.com").with(wild), suffix},
		{"hertz-contrib/cors", "", list("https://*.example.com"), nobody},
		{"hertz-contrib/cors", "", list("https://example.com").with(acceptAll), anyone},
		{"hertz-contrib/cors", "", list("null"), "refused: bad origin: origins must contain '*' or include http://,https://"},
		{"hertz-contrib/cors", "", Config{}, "refused: conflict settings: all origins disabled"},
		{"hertz-contrib/cors", "", none.with(allowAll).with(acceptAll), "refused: " + hertzConflict},
		{"gin-gonic/contrib", "", none.with(allowAll), broken},
		{"gin-gonic/contrib", "", none.with(acceptAll), anyone},
		{"gin-gonic/contrib", "", list("*"), "refused: bad origin: origins must include http:// or https://"},
		{"gin-gonic/contrib", "", list("https://*.example.com"), nobody},
		{"itsjamie/gin-cors", "", Config{}, "refused: You must set at least a single valid origin. If you don't want CORS, to apply, simply remove the middleware."},
		{"itsjamie/gin-cors", "", list("*, https://example.com"), "R+C: L"},
		{"itsjamie/gin-cors", "", list("https://a.com,https://example.com"), nobody},
		{"itsjamie/gin-cors", "", list("null"), "R+C: N"},
		{"tommy351/gin-cors", "", none, anyone},
		{"tommy351/gin-cors", "", list("*"), broken},
		{"tommy351/gin-cors", "", list("https://example.com", "https://b.com"), "all https://example.com https://b.com+C"},
		{"jhsc/gin-cors", "", none, anyone},
		{"jhsc/gin-cors", "", list("*"), nobody},
	})
}

func TestForksOfRS(t *testing.T) {
	none := Config{Credentials: true}
	check(t, []row{
		{"iris-contrib/cors", "", none, anyone},
		{"iris-contrib/cors", "", list("*"), anyone},
		{"iris-contrib/cors", "", Config{}, "all *"},
		{"iris-contrib/cors", "", list("*").with(acceptNone), nobody},
		{"iris-contrib/cors", "", list("*example.com"), suffix},
		{"lab259/cors", "", none, broken},
		{"lab259/cors", "", none.with(acceptAll), anyone},
		{"lab259/cors", "", list("https://*.example.com"), subdomains},
		{"goware/cors", "v1.0.0", list("*"), anyone},
		{"goware/cors", "", list("*"), broken},
		{"sagernet/cors", "", list("*"), broken},
		{"fasthttpcors", "", none, anyone},
		{"fasthttpcors", "", list("https://example.com"), "R+C: L"},
	})
}

func TestFrameworks(t *testing.T) {
	none := Config{Credentials: true}
	goframe := Config{Credentials: true, Value: RequestOrigin}
	check(t, []row{
		{"beego", "", none, nobody},
		{"beego", "", none.with(allowAll), broken},
		{"beego", "", list("*"), anyone},
		{"beego", "", list("https://*example.com"), "R+C: S X L"},
		{"martini-contrib/cors", "", list("*").with(anonymous), "all R"},
		{"goframe", "", goframe, anyone},
		{"goframe", "", goframe.with(func(c *Config) { c.Origins, c.OriginsSet = []string{"example.com"}, true }), "R+C: S H L HS"},
		{"goframe", "", goframe.with(func(c *Config) { c.OriginsSet = true }), nobody},
		{"fiber/v1", "", list("*"), anyone},
		{"pocketbase", "", list("https://example.*"), "R+C: E S X T L"},
		{"flamego/cors", "", none, "all *"},
		{"flamego/cors", "", list("!*").with(schemeOf("*")), anyone},
		{"flamego/cors", "", list("example.com"), "R+C: H; http://example.com+C: L"},
		{"flamego/cors", "", list("example.com").with(schemeOf("https")).with(option("AllowSubdomain")),
			"R+C: S L; https://example.com+C: H; https://sub.example.com+C: HS"},
		{"flamego/cors", "", list("").with(schemeOf("*")), "R+C: N"},
		{"flamego/cors", "", list("example.com", "*").with(schemeOf("*")), "R+C: H L"},
		{"go-macaron/cors", "", list("!*").with(anonymous).with(schemeOf("*")), anyone},
		{"ozzo-routing", "", none, nobody},
		{"ozzo-routing", "", list("*"), anyone},
		{"ozzo-routing", "", list("https://a.com,*"), nobody},
		{"ozzo-routing", "", list("null"), nobody},
		{"ozzo-routing", "", list("null,https://example.com"), "R+C: N L"},
		{"gear", "", none, anyone},
		{"gear", "", list(), nobody},
		{"gear", "", list("https://example.com"), "R+C: L"},
		{"goyave", "", none, broken},
		{"goyave", "", list("https://example.com", "*"), "R+C: L"},
		{"goa", "", list("*"), anyone},
		{"goa", "", list("*example.com"), suffix},
		{"goa", "", list("/.*example.com.*/"), "R+C: S X T H L HS"},
	})
}

func TestServices(t *testing.T) {
	none := Config{Credentials: true}
	re := Config{Credentials: true, Regexps: []string{`example\.com`}}
	check(t, []row{
		{"captncraig/cors", "", none, nobody},
		{"captncraig/cors", "", list("*"), broken},
		{"captncraig/cors", "", re, "R+C: S X T H L HS"},
		{"traefik", "", none, nobody},
		{"traefik", "", re, "R+C: S X T H L HS"},
		{"go-json-rest", "", none.with(acceptAll), anyone},
		{"go-json-rest", "", none, nobody},
		{"go-pkgz/rest", "", list(), nobody},
		{"go-pkgz/rest", "v1.23.2", list("https://example.com", "*"), "R+C: L"},
		{"go-micro/v2", "", Config{}, anyone},
		{"go-micro/v5", "", none, broken},
		{"socket.io", "", none, broken},
		{"socket.io", "", none.with(allowAll), anyone},
		{"socket.io", "", list("*"), "all false+C"},
		{"socket.io", "", re, "false+C: E N; R+C: S X T H L HS"},
		{"sockjs-go", "", none, "R+C: E S X T H L HS; *+C: N"},
		{"grpc-web", "", Config{}, nobody},
		{"grpc-web", "", Config{}.with(acceptAll), anyone},
		{"tusd", "", none, anyone},
		{"k8s.io/apiserver", "", Config{Regexps: []string{"("}}, "refused: Invalid CORS allowed origin, --cors-allowed-origins flag was set to ("},
		{"mcp-go", "", list("https://example.com", "*"), anyone},
	})
}
