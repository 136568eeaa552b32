package corsconfig_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/soplint/soplint/internal/corsconfig"
	"github.com/soplint/soplint/internal/model"
)

// The arguments of each role, as the comment at the top of cors-rs.model
// defines them.
var grammar = map[string]map[string]string{
	"cors.new": {
		"library": `.+`, "options": `(variadic:\d(,\d)*|closure:\d|literal|recv|\d)`, "error": `true`, "refuses": `true`,
		"arg.origins": `\d`, "arg.regexps": `\d`, "arg.credentials": `\d`,
	},
	"cors.preset": {"library": `.+`},
	"cors.field": {
		"is":     `(origins|all|credentials|wildcards|func|regexps|schemes|value|switch|any|headers|exposed)`,
		"origin": `\d`, "request": `\d`, "result": results, "rank": `\d`,
	},
	"cors.option": {
		"is":    `(origins|all|credentials|wildcards|func|regexps|schemes|value|switch)`,
		"value": `\d(,\d)*`, "const": `(true|false)`, "split": `,`, "origin": `\d`, "result": results,
	},
}

const results = `(bool|bool,error|bool,_|string|string,bool,error)`

// presets are the parts of a configuration that a row itself can set.
var presets = map[string]string{
	"origins": `.+`, "all": `true`, "credentials": `(true|false)`, "wildcards": `true`,
	"value": `.+`, "schemes": `.+`, "switch": `.+`, "until": `v.+`,
}

func TestRows(t *testing.T) {
	used := map[string]bool{}
	for _, row := range model.Builtin().Rows() {
		known, ours := grammar[row.Role]
		if !ours {
			continue
		}
		for name, value := range row.Args {
			pattern := known[name]
			if pattern == "" {
				pattern = presets[name]
			}
			if pattern == "" || !regexp.MustCompile(`^(?:`+pattern+`)$`).MatchString(value) {
				t.Errorf("%s:%d: %s does not take %s=%s", row.File, row.Line, row.Role, name, value)
			}
		}
		if name := row.Arg("library"); name != "" {
			used[name] = true
			if corsconfig.Lookup(name) == nil {
				t.Errorf("%s:%d: no library %s", row.File, row.Line, name)
			}
		}
		if row.Arg("is") == "func" && row.Arg("origin")+row.Arg("request") == "" {
			t.Errorf("%s:%d: does not say where the callback gets the origin", row.File, row.Line)
		}
	}
	for _, l := range corsconfig.Libraries {
		if !used[l.Name] {
			t.Errorf("no row speaks of library %s", l.Name)
		}
	}
}

// TestImportable wants the package of every configuration among those that make
// a package able to serve the web, directly or by a package above it.
func TestImportable(t *testing.T) {
	web := model.Builtin().Packages("web")
	for _, row := range model.Builtin().Rows() {
		if row.Role != "cors.new" {
			continue
		}
		symbol := strings.TrimLeft(row.Symbol, "(*")
		if !slices.ContainsFunc(web, func(path string) bool { return strings.HasPrefix(symbol, path) }) {
			t.Errorf("%s:%d: no web row covers %s", row.File, row.Line, symbol)
		}
	}
}
