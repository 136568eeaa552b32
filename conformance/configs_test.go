package conformance

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/soplint/soplint/conformance/programs"
	"github.com/soplint/soplint/internal/corsconfig"
)

// lists are values of the list option: what works, what is meant to work, and
// what the pattern languages of the libraries take for more than it says.
var lists = [][]string{
	nil,
	{},
	{""},
	{"*"},
	{" *"},
	{"https://example.com", "*"},
	{"*", "https://example.com"},
	{"https://example.com"},
	{"https://a.com", "https://example.com"},
	{"https://a.com,https://example.com"},
	{"https://a.com, https://example.com"},
	{"https://a.com, https://*.example.com"},
	{"http://example.com"},
	{"HTTPS://EXAMPLE.COM"},
	{"https://EXAMPLE.com"},
	{" https://example.com "},
	{"https://example.com/"},
	{"https://example.com/app"},
	{"https://example.com?q"},
	{"https://example.com:443"},
	{"https://example.com:*"},
	{"https://user@example.com"},
	{"example.com"},
	{".example.com"},
	{"null"},
	{"null", "https://example.com"},
	{"**"},
	{"*://*"},
	{"http*"},
	{"https://*"},
	{"https://*", "http://*"},
	{"https://*.*"},
	{"https://*.com"},
	{"https://*.github.io"},
	{"https://example.*"},
	{"https://api.*.com"},
	{"https://*.example.com"},
	{"https://*.sub.example.com", "https://*.example.com"},
	{"*.example.com"},
	{"*example.com"},
	{"https://*example.com"},
	{"https://example.com*"},
	{"https://example.com/*"},
	{"https://*.*.example.com"},
	{"https://example?com"},
	{"https://.*example.com"},
	{"http://localhost*"},
	{"http://localhost:*"},
	{"http://localhost:3000"},
	{"*://example.com"},
	{".*"},
	{"/.*/"},
	{"/https://.*example.com/"},
	{`/^https://([a-z]+\.)?example\.com$/`},
	{`^https://example\.com$`},
	{"file:///x"},
	{"chrome-extension://abcdefgh"},
	{"com"},
	{"!*"},
	{"!*", "example.com"},
	{"example.com", "!*"},
}

type predicate struct {
	name string
	f    func(string) bool
}

// callbacks are values of the callback option, by their names in package
// programs.
var callbacks = []predicate{
	{"", nil},
	{"AcceptAll", programs.AcceptAll},
	{"AcceptNone", programs.AcceptNone},
	{"AcceptSuffix", programs.AcceptSuffix},
}

// commonConfigs is every list with every callback, with and without
// credentials and wildcards, and the same for the switch that allows all.
func commonConfigs() []corsconfig.Config {
	var configs []corsconfig.Config
	for _, list := range lists {
		for _, callback := range callbacks {
			for bits := range 8 {
				configs = append(configs, corsconfig.Config{
					Origins:     list,
					OriginsSet:  list != nil,
					Func:        callback.f,
					Credentials: bits&1 != 0,
					Wildcards:   bits&2 != 0,
					AllowAll:    bits&4 != 0,
				})
			}
		}
	}
	return configs
}

// Parts of a configuration that not every library has an option for.
const (
	origin = 1 << iota
	callback
	wildcards
	all
	regexps
	schemes
	value
)

// only returns a filter for libraries that have these options.
func only(parts int) func(corsconfig.Config) bool {
	return func(c corsconfig.Config) bool {
		used := 0
		for part, set := range map[int]bool{
			origin:    c.OriginsSet,
			callback:  c.Func != nil,
			wildcards: c.Wildcards,
			all:       c.AllowAll,
			regexps:   len(c.Regexps) > 0,
			schemes:   len(c.Schemes) > 0,
			value:     c.Value != "",
		} {
			if set {
				used |= part
			}
		}
		return used&^parts == 0
	}
}

// describe names a configuration in a failure.
func describe(c corsconfig.Config) string {
	var b strings.Builder
	if c.OriginsSet {
		fmt.Fprintf(&b, "origins %q ", c.Origins)
	}
	if c.Func != nil {
		fmt.Fprintf(&b, "callback %s ", callbackName(c))
	}
	fmt.Fprintf(&b, "all %t credentials %t wildcards %t regexps %q schemes %q value %q options %v",
		c.AllowAll, c.Credentials, c.Wildcards, c.Regexps, c.Schemes, c.Value, c.Options)
	return b.String()
}

func callbackName(c corsconfig.Config) string {
	same := func(p predicate) bool { return fmt.Sprintf("%p", p.f) == fmt.Sprintf("%p", c.Func) }
	return callbacks[slices.IndexFunc(callbacks, same)].name
}

// requirements reads the versions that go.mod pins, not those that follow.
func requirements(t *testing.T) map[string]string {
	data, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	versions := map[string]string{}
	for text := range strings.Lines(string(data)) {
		words := strings.Fields(text)
		if len(words) == 2 && strings.HasPrefix(words[1], "v") {
			versions[words[0]] = words[1]
		}
	}
	return versions
}

func pinned(t *testing.T, module string) string {
	version := requirements(t)[module]
	if version == "" {
		t.Fatalf("go.mod pins no version of %s", module)
	}
	return version
}
