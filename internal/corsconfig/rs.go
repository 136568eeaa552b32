package corsconfig

import (
	"net/http"

	"github.com/rs/cors"
	"github.com/soplint/soplint/internal/release"
)

// answerRS asks the real middleware and then undoes what older releases did
// otherwise. AllowAll is the option that the row of cors.AllowAll sets: before
// v1.5.0 that constructor allowed credentials (cors.go, AllowAll).
func answerRS(version string, c Config, origin string) Answer {
	old := release.Before(version, "v1.5.0")
	if old && c.Options["AllowAll"] {
		c.Credentials = true
	}
	switch {
	case old:
		return askRS(c, origin, reflectWithCredentials)
	case release.Before(version, "v1.11.0"):
		return askRS(c, origin, literalStar)
	}
	return askRS(c, origin, asAsked)
}

// What the descendants of rs/cors send to an allowed origin if the list holds
// "*" or if there is neither a list nor a function.
type starPolicy int

const (
	asAsked                starPolicy = iota // what the release that is linked here does
	literalStar                              // "*", even where a function decides
	reflectWithCredentials                   // the origin if credentials are on, else "*"
	reflectAlways                            // the origin
)

// askRS sends the middleware one request. The function option decides alone in
// every release, so only the value sent to those it allows depends on policy.
func askRS(c Config, origin string, policy starPolicy) Answer {
	middleware := cors.New(cors.Options{
		AllowedOrigins:   c.Origins,
		AllowOriginFunc:  c.Func,
		AllowCredentials: c.Credentials,
	})
	w := response{}
	middleware.HandlerFunc(w, &http.Request{Method: http.MethodGet, Header: http.Header{"Origin": {origin}}})
	answer := w.answer()
	if !c.has("*") && (len(c.Origins) > 0 || c.Func != nil) || answer.AllowOrigin == "" {
		return answer
	}
	switch {
	case policy == literalStar, policy == reflectWithCredentials && !c.Credentials:
		answer.AllowOrigin = "*"
	case policy == reflectWithCredentials, policy == reflectAlways:
		answer.AllowOrigin = origin
	}
	return answer
}

// answerOldRS is the code before rs/cors v1.5.0, which forks kept.
func answerOldRS(_ string, c Config, origin string) Answer {
	return askRS(c, origin, reflectWithCredentials)
}

// answerRS17 is the code of rs/cors v1.5 to v1.10, which forks kept.
func answerRS17(_ string, c Config, origin string) Answer {
	return askRS(c, origin, literalStar)
}

// answerChi is the same code with one change: up to v1.0 the origin was sent
// back even without credentials (cors.go, handleActualRequest). It is goware/cors
// too, where it comes from.
func answerChi(version string, c Config, origin string) Answer {
	if release.Before(version, "v1.1.0") {
		return askRS(c, origin, reflectAlways)
	}
	return askRS(c, origin, literalStar)
}

// A response is the part of a recorder that a middleware needs.
type response http.Header

func (r response) Header() http.Header         { return http.Header(r) }
func (r response) Write(b []byte) (int, error) { return len(b), nil }
func (r response) WriteHeader(int)             {}

func (r response) answer() Answer {
	h := r.Header()
	allowed := h.Get("Access-Control-Allow-Origin")
	return Answer{
		AllowOrigin: allowed,
		Credentials: allowed != "" && h.Get("Access-Control-Allow-Credentials") == "true",
		Vary:        h.Get("Vary") == "Origin",
	}
}
