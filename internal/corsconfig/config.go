// Package corsconfig says what the CORS libraries of the Go world answer for a
// configuration: which origins may read, and whether with credentials.
//
// One library, github.com/rs/cors, is asked: the real middleware is built in
// memory and sent a request. The others are modelled, each in a few lines that
// name the part of the library's source that they rest on; the conformance
// module holds every model against the running library. Nothing here knows of
// Go programs: whoever calls has read the configuration from a program's code
// by the rows of internal/model.
package corsconfig

import (
	"slices"
	"strings"
)

// RequestOrigin as a Config's Value stands for the Origin of the request.
const RequestOrigin = "$origin"

// A Config is a library configuration as far as the source of a program shows it.
type Config struct {
	// Origins is the list option. An option that is one string with several
	// origins in it stays one element: each library splits it in its own way.
	Origins    []string
	OriginsSet bool // tells an empty list from one that is not set

	AllowAll    bool // an explicit "all origins" switch
	Credentials bool
	Wildcards   bool     // a switch that makes "*" in an entry a wildcard
	Regexps     []string // options that take regular expressions
	Schemes     []string // options that take URL schemes
	Value       string   // an option that is the header value itself; see RequestOrigin

	// Func is the callback option as the caller judges it, nil when not set.
	Func func(origin string) bool

	// Options holds further switches by the library's own name for them.
	Options map[string]bool
}

// has reports whether entry is in the list option.
func (c Config) has(entry string) bool { return slices.Contains(c.Origins, entry) }

// entries returns the list option as the single string that some libraries take,
// split at commas.
func (c Config) entries() []string {
	line := strings.Join(c.Origins, ",")
	if line == "" {
		return nil
	}
	return strings.Split(line, ",")
}

// An Answer is what a library sends with an actual (not a preflight) response
// to a request that carries one Origin.
type Answer struct {
	// AllowOrigin is the value of Access-Control-Allow-Origin: "" for none, "*",
	// or an origin.
	AllowOrigin string

	// Credentials reports whether Access-Control-Allow-Credentials is true. It is
	// false whenever AllowOrigin is empty, as browsers then do not look at it.
	Credentials bool

	// Vary reports whether the response says that it depends on the Origin.
	Vary bool

	// Refused is the text of the panic or error with which the library refuses
	// the configuration at start-up, "" when it starts.
	Refused string
}

// A Library is one CORS implementation.
type Library struct {
	// Name is what the model rows call it.
	Name string

	// Answer returns what the library at that module version ("" for the newest)
	// answers a request of that origin.
	Answer func(version string, c Config, origin string) Answer
}

// Lookup returns the library of that name, nil if there is none.
func Lookup(name string) *Library {
	i, found := slices.BinarySearchFunc(Libraries, name, func(l *Library, name string) int {
		return strings.Compare(l.Name, name)
	})
	if !found {
		return nil
	}
	return Libraries[i]
}

// refused is the answer of a library that does not start.
func refused(text string) Answer { return Answer{Refused: text} }

// reflected answers with the request's own origin.
func reflected(c Config, origin string) Answer {
	return Answer{AllowOrigin: origin, Credentials: c.Credentials, Vary: true}
}

// star answers with the literal wildcard. Browsers refuse it beside credentials.
func star(c Config) Answer { return Answer{AllowOrigin: "*", Credentials: c.Credentials} }

// unvaried is a as sent by a library that never mentions Origin in Vary.
func unvaried(a Answer) Answer {
	a.Vary = false
	return a
}

// varied is a as sent by a library that mentions Origin in Vary on every response.
func varied(a Answer) Answer {
	a.Vary = a.Refused == ""
	return a
}
