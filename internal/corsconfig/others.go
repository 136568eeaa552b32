package corsconfig

import (
	"regexp"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/release"
)

func compiles(expr string) bool {
	_, err := regexp.Compile(expr)
	return err == nil
}

// answerK8s is k8s.io/apiserver's WithCORS (filters/cors.go): regular
// expressions searched for in the origin, and no Vary.
func answerK8s(_ string, c Config, origin string) Answer {
	i := slices.IndexFunc(c.Regexps, func(expr string) bool { return !compiles(expr) })
	if i >= 0 {
		return refused("Invalid CORS allowed origin, --cors-allowed-origins flag was set to " + strings.Join(c.Regexps, ","))
	}
	if matchAnyRegexp(c.Regexps, origin) {
		return unvaried(reflected(c, origin))
	}
	return Answer{}
}

// answerGRPCWeb is improbable-eng/grpc-web: rs/cors with a function, which
// refuses all by default, and with credentials always (wrapper.go).
func answerGRPCWeb(_ string, c Config, origin string) Answer {
	if c.Func == nil {
		return Answer{Vary: true}
	}
	return answerRS("", Config{Func: c.Func, Credentials: true}, origin)
}

// answerSockJS is igm/sockjs-go (web.go, xhrCorsFactory): every transport
// reflects with credentials unless an origin or a function is set.
func answerSockJS(_ string, c Config, origin string) Answer {
	answer := Answer{AllowOrigin: c.Value, Credentials: true}
	switch {
	case c.Func != nil && !c.Func(origin):
		return Answer{}
	case c.Func != nil, c.Value == "" && origin != "null":
		answer.AllowOrigin = origin
	case c.Value == "", c.Value == "null":
		answer.AllowOrigin = "*"
	}
	return answer
}

// answerMCP is mark3labs/mcp-go (server/http_cors.go): off without origins; "*"
// reflects beside credentials.
func answerMCP(_ string, c Config, origin string) Answer {
	for _, entry := range c.Origins {
		switch {
		case entry == "*" && !c.Credentials:
			return varied(star(c))
		case entry == "*", entry == origin:
			return reflected(c, origin)
		}
	}
	return Answer{Vary: len(c.Origins) > 0}
}

// answerTusd is tus/tusd (handler/config.go): one regular expression, ".*" by
// default.
func answerTusd(_ string, c Config, origin string) Answer {
	switch {
	case c.Options["Disable"]:
		return Answer{}
	case len(c.Regexps) == 0 || matchAnyRegexp(c.Regexps, origin):
		return reflected(c, origin)
	}
	return Answer{}
}

// answerGoa is what the cors plugin of goa generates: every origin that
// matches is sent back, for "*", too. An entry in slashes is a regular
// expression.
func answerGoa(_ string, c Config, origin string) Answer {
	for _, entry := range c.Origins {
		expr, isRegexp := strings.CutPrefix(entry, "/")
		if isRegexp && matchRegexp(strings.TrimSuffix(expr, "/"), origin) || !isRegexp && matchStar(entry, origin) {
			return reflected(c, origin)
		}
	}
	return Answer{}
}

// answerFastHTTP is AdhityaRamadhanus/fasthttpcors, which reflects even for
// "*", and without a list.
func answerFastHTTP(_ string, c Config, origin string) Answer {
	if len(c.Origins) == 0 || c.has("*") || c.has(origin) {
		return unvaried(reflected(c, origin))
	}
	return Answer{}
}

// answerTraefik is the headers middleware of traefik v3. Borders: "*" with
// credentials reflects since v3.7.11. Vary is a switch.
func answerTraefik(version string, c Config, origin string) Answer {
	var answer Answer
	switch {
	case c.has("*") && (release.Before(version, "v3.7.11") || !c.Credentials):
		answer = star(c)
	case c.has("*"), c.has(origin), matchAnyRegexp(c.Regexps, origin):
		answer = reflected(c, origin)
	}
	answer.Vary = c.Options["AddVaryHeader"]
	return answer
}

// answerCaptncraig is captncraig/cors, the middleware of caddy v1: the first
// entry that matches decides.
func answerCaptncraig(_ string, c Config, origin string) Answer {
	for _, entry := range c.Origins {
		switch entry {
		case "*":
			return varied(star(c))
		case origin:
			return reflected(c, origin)
		}
	}
	if matchAnyRegexp(c.Regexps, origin) {
		return reflected(c, origin)
	}
	return Answer{}
}

// answerJSONRest is ant0ine/go-json-rest: only a function, and no Vary. Without
// one it panics, on each request.
func answerJSONRest(_ string, c Config, origin string) Answer {
	if c.Func == nil || !c.Func(origin) {
		return Answer{}
	}
	return unvaried(reflected(c, origin))
}

// answerPkgz is go-pkgz/rest. "*" counts only as the whole list, the default.
// Borders: with credentials it reflects up to v1.23, and since v1.24.0 a list
// that holds it is refused unless a switch says otherwise.
func answerPkgz(version string, c Config, origin string) Answer {
	anyone := !c.OriginsSet || len(c.Origins) == 1 && c.Origins[0] == "*"
	unsafe := release.Before(version, "v1.24.0") || c.Options["CorsUnsafeAnyOriginWithCredentials"]
	switch {
	case anyone && !c.Credentials:
		return varied(star(c))
	case (anyone || c.has("*")) && c.Credentials && !unsafe:
		return refused(`rest: CORS with credentials can't allow "*" as an origin, list the allowed origins explicitly or opt in with CorsUnsafeAnyOriginWithCredentials`)
	case anyone, slices.ContainsFunc(c.Origins, func(entry string) bool { return strings.EqualFold(entry, origin) }):
		return reflected(c, origin)
	}
	return Answer{}
}

// answerGoMicro2 is go-micro v2's api/server/cors, which has no options.
func answerGoMicro2(_ string, c Config, origin string) Answer {
	return Answer{AllowOrigin: origin, Credentials: true}
}

// answerStatic is for middlewares that send one configured value, "*" if none
// is set.
func answerStatic(_ string, c Config, origin string) Answer {
	switch c.Value {
	case "":
		return star(c)
	case RequestOrigin:
		return Answer{AllowOrigin: origin, Credentials: c.Credentials}
	}
	return Answer{AllowOrigin: c.Value, Credentials: c.Credentials}
}

// answerSocketIO is types.Cors of zishang520/socket.io, whose Origin is of any
// type: a string is sent as it is, true reflects, a regular expression and a
// list of values are matched, and a list of another type allows nothing.
func answerSocketIO(_ string, c Config, origin string) Answer {
	switch {
	case c.AllowAll, c.has(origin), matchAnyRegexp(c.Regexps, origin):
		return reflected(c, origin)
	case c.OriginsSet, len(c.Regexps) > 0:
		return Answer{AllowOrigin: "false", Credentials: c.Credentials, Vary: true}
	}
	answer := answerStatic("", c, origin)
	answer.Vary = c.Value != "" && c.Value != "*"
	return answer
}
