// Package wsconfig says which origins the WebSocket libraries of the Go world
// let open a connection, for a configuration.
//
// Each library is modelled in a few lines that name the part of its source that
// they rest on; the module conformance/ws holds every model against handshakes
// with the running library. Nothing here knows of Go programs: whoever calls has
// read the configuration from a program's code by the rows of internal/model.
package wsconfig

import (
	"cmp"
	"slices"
	"strings"
)

// A Config is a library configuration as far as the source of a program shows it.
type Config struct {
	// Check is the predicate option as the caller judges it; it counts only with
	// CheckSet. It is asked "" for a request without an Origin.
	Check    func(origin string) bool
	CheckSet bool

	// Patterns is the list option: origins, hosts or patterns.
	Patterns    []string
	PatternsSet bool // tells an empty list from one that is not set

	// Insecure is the option that leaves the library's own check out.
	Insecure bool

	// Upgrader holds the options of another library where the program hands
	// them over and they decide in place of these.
	Upgrader *Upgrader

	// Options holds further switches by the library's own name for them.
	Options map[string]bool
}

// An Upgrader is the configuration of one library inside that of another.
type Upgrader struct {
	Library string
	Config  Config
}

// A Default is what a library does where a program configures nothing.
type Default uint8

// The defaults.
const (
	AnyOrigin   Default = iota // accepts every request
	AnyURL                     // wants an Origin that is a URL, whichever it is
	SameHost                   // wants the Origin's host to be the request's Host
	ThisMachine                // wants an origin on localhost
	Off                        // opens no connections
)

// A Library is one WebSocket implementation.
type Library struct {
	// Name is what the model rows call it.
	Name string

	// Title is what reports call it, "" where that is the Name.
	Title string

	// Session is what it opens, "" for a WebSocket.
	Session string

	// Default is what the zero Config means. What a constructor sets beyond it
	// stands in the model rows.
	Default Default

	// Fix is the option that a program sets to have origins checked, "" where
	// the library has none and the check must come before the upgrade.
	Fix string

	// Refuse is what to give that option, in Go: a list or predicate that refuses
	// every origin, for those that are meant to be put in; "" where it is not one
	// value. It has {package} for the name of the library's package, and an import
	// path in braces for that of another.
	Refuse string

	// Convert is, in the same form, what to write for a conversion that makes a
	// handler without a check: one with a check. {argument} is what is converted.
	Convert string

	// Instead has, by their names in the library's package, functions and
	// variables of which the library has a safe form. {0} and so on are the
	// arguments of a call.
	Instead map[string]string

	// switches are the options of which one must be on to have WebSockets at all.
	switches []string

	accepts func(version string, c Config, origin, host string) bool
	never   func(version string, c Config, pattern string) string
}

// Called returns what reports call the library.
func (l *Library) Called() string { return cmp.Or(l.Title, l.Name) }

// Opens returns what the library opens.
func (l *Library) Opens() string { return cmp.Or(l.Session, "WebSocket") }

// Accepts reports whether the library at that module version ("" for the
// newest) opens a connection for a request with that Origin ("" for none) and
// Host.
func (l *Library) Accepts(version string, c Config, origin, host string) bool {
	isOn := func(name string) bool { return c.Options[name] }
	if len(l.switches) > 0 && !slices.ContainsFunc(l.switches, isOn) {
		return false
	}
	if c.Upgrader != nil {
		inner := Lookup(c.Upgrader.Library)
		return inner != nil && inner.Accepts("", c.Upgrader.Config, origin, host)
	}
	return l.accepts(version, c, origin, host)
}

// NeverMatches reports whether no browser sends an Origin that is accepted
// because of that element of c.Patterns. The reason completes "pattern … never
// matches: ".
func (l *Library) NeverMatches(version string, c Config, pattern string) (reason string, never bool) {
	if l.never == nil {
		return "", false
	}
	reason = l.never(version, c, pattern)
	return reason, reason != ""
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
