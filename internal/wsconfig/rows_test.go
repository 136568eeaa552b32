package wsconfig_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/wsconfig"
)

// The arguments of each role, as the comment at the top of ws-gorilla.model
// defines them.
var grammar = map[string]map[string]string{
	"ws.upgrade": {
		"library": `.+`, "title": `.+`, "options": `(variadic:\d|literal|convert|param|recv|\d)`, "request": `(recv|\d)`, "returns": `.+`, "makes": `.+`,
		"arg.patterns": `\d`, "arg.options": `\d`, "where": `\d`, "check": `any`, "switch": `.+`, "until": version, "since": version,
	},
	"ws.serve": {"library": `.+`, "options": `(recv|\d)`, "request": `\d`, "until": version, "since": version},
	"ws.preset": {
		"library": `.+`, "title": `.+`, "options": `\d`, "check": `any`, "switch": `.+`, "until": version, "since": version,
	},
	"ws.field": {
		"is": parts, "library": `.+`, "name": `.+`, "request": `\d`, "host": `\d`, "uri": `\d`, "key": `\d`, "value": `\d`,
		"result": results, "until": version, "since": version,
	},
	"ws.option": {
		"is": parts, "library": `.+`, "name": `.+`, "request": `\d`, "value": `\d`, "const": `(true|false)`,
		"result": results, "until": version, "since": version,
	},
	"ws.origin":  {"is": `(url|host)`, "request": `\d`, "error": `true`},
	"ws.request": {},
	"ws.shape":   {"type": `.+`, "params": `.+`},
}

const (
	parts   = `(check|filter|patterns|origin|insecure|options|upgrader|handler|switch)`
	results = `(bool|!bool|error|_,error)`
	version = `v\d+\.\d+\.\d+`
)

func wsRows() []*model.Row {
	return slices.DeleteFunc(slices.Clone(model.Builtin().Rows()), func(row *model.Row) bool {
		return !strings.HasPrefix(row.Role, "ws.")
	})
}

func TestRows(t *testing.T) {
	used := map[string]bool{}
	for _, row := range wsRows() {
		known := grammar[row.Role]
		if known == nil {
			t.Errorf("%s:%d: no role %s", row.File, row.Line, row.Role)
		}
		for name, value := range row.Args {
			pattern := known[name]
			if name == "unverified" {
				pattern = `[\w.-]+`
			}
			if pattern == "" || !regexp.MustCompile(`^(?:`+pattern+`)$`).MatchString(value) {
				t.Errorf("%s:%d: %s does not take %s=%s", row.File, row.Line, row.Role, name, value)
			}
		}
		if name := row.Arg("library"); name != "" {
			used[name] = true
			if wsconfig.Lookup(name) == nil {
				t.Errorf("%s:%d: no library %s", row.File, row.Line, name)
			}
		}
	}
	for _, l := range wsconfig.Libraries {
		if !used[l.Name] {
			t.Errorf("no row speaks of library %s", l.Name)
		}
	}
}

// TestPredicates wants each predicate to say how it answers.
func TestPredicates(t *testing.T) {
	for _, row := range wsRows() {
		is := row.Arg("is")
		if predicate := is == "check" || is == "filter"; predicate != (row.Arg("result") != "") {
			t.Errorf("%s:%d: is=%s and result=%s do not go together", row.File, row.Line, is, row.Arg("result"))
		}
		if (is == "upgrader") != (row.Arg("library") != "" && is != "") {
			t.Errorf("%s:%d: an upgrader, and nothing else, is of another library", row.File, row.Line)
		}
	}
}

// TestShapes wants a shape to be that of a field or of a function, of a package
// whose upgrades are known.
func TestShapes(t *testing.T) {
	for _, row := range wsRows() {
		if row.Role != "ws.shape" {
			continue
		}
		if (row.Arg("type") == "") == (row.Arg("params") == "") {
			t.Errorf("%s:%d: wants either type= or params=", row.File, row.Line)
		}
		isFunc, known := row.Arg("params") != "", model.Builtin().Find("ws.upgrade", row.Symbol) != nil
		if isFunc && !known {
			t.Errorf("%s:%d: no row says that %s upgrades", row.File, row.Line, row.Symbol)
		}
	}
}

// TestImportable wants the package of every upgrade among those that make a
// package able to serve the web, or below one of them.
func TestImportable(t *testing.T) {
	web := model.Builtin().Packages("web")
	for _, row := range wsRows() {
		symbol := strings.TrimLeft(row.Symbol, "(*")
		covered := slices.ContainsFunc(web, func(path string) bool { return strings.HasPrefix(symbol, path) })
		if row.Role == "ws.upgrade" && !covered {
			t.Errorf("%s:%d: no web row covers %s", row.File, row.Line, symbol)
		}
	}
}
