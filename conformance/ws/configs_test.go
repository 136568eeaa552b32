package ws

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/soplint/soplint/internal/wsconfig"
)

// checks are the configurations of libraries that take a predicate.
var checks = []wsconfig.Config{
	{},
	{CheckSet: true, Check: func(string) bool { return true }},
	{CheckSet: true, Check: func(string) bool { return false }},
	{CheckSet: true, Check: func(origin string) bool { return origin == "" || origin == "https://sub.app.example" }},
}

// byRequest is the predicate of c as most libraries take it, nil if it is not set.
func byRequest(c wsconfig.Config) func(*http.Request) bool {
	if !c.CheckSet {
		return nil
	}
	return func(r *http.Request) bool { return c.Check(r.Header.Get("Origin")) }
}

// lists are configurations with one list each.
func lists(patterns ...[]string) []wsconfig.Config {
	var configs []wsconfig.Config
	for _, list := range patterns {
		configs = append(configs, wsconfig.Config{Patterns: list, PatternsSet: true})
	}
	return configs
}

// hostPatterns are for coder/websocket and its ancestor.
var hostPatterns = append(lists(
	nil, []string{"*"}, []string{"https://*"}, []string{"*://*"}, []string{"*.example"}, []string{"*app.example"},
	[]string{"app.example*"}, []string{"*.app.example"}, []string{"evil.example"}, []string{"https://evil.example"},
	[]string{"EVIL.example"}, []string{"https://evil.example/"}, []string{"https://evil.example:443"}, []string{""},
	[]string{"null"}, []string{"null://"}, []string{"[", "*"}, []string{"evil.example", "["}, []string{"evil?app.example"},
	[]string{"app.example:*"}, []string{"abcdefgh"},
), wsconfig.Config{Insecure: true})

// exactOrigins are for libraries that compare whole origins.
var exactOrigins = lists(
	nil, []string{}, []string{"*"}, []string{"*", "https://app.example"}, []string{"https://app.example", "*"},
	[]string{"https://app.example"}, []string{"app.example"}, []string{"https://app.example/"}, []string{"HTTPS://app.example"},
	[]string{"null"}, []string{""}, []string{"https://*.app.example"}, []string{"https://app.example:443"},
	[]string{"https://", "https://evil.example"}, []string{"localhost:3000"}, []string{"127.0.0.1:3000", "evil.example"},
	[]string{"evil.example/"}, []string{"Evil.example"},
)

// on is every configuration with these switches on as well.
func on(configs []wsconfig.Config, names ...string) []wsconfig.Config {
	configs = slices.Clone(configs)
	for i := range configs {
		configs[i].Options = map[string]bool{}
		for _, name := range names {
			configs[i].Options[name] = true
		}
	}
	return configs
}

// inside is every configuration as that of a library inside another one.
func inside(library string, configs []wsconfig.Config) []wsconfig.Config {
	outer := make([]wsconfig.Config, len(configs))
	for i, c := range configs {
		outer[i].Upgrader = &wsconfig.Upgrader{Library: library, Config: c}
	}
	return outer
}

// must is for constructors that cannot fail as they are called here.
func must[T any](value T, err error) T {
	if err != nil {
		panic(fmt.Sprint("unexpected: ", err))
	}
	return value
}
