package effect_test

import (
	"regexp"
	"testing"

	"github.com/soplint/soplint/internal/model"
)

const position = `(recv|\d)`

// The arguments of each role, as the comment at the top of effects-std.model
// defines them.
var grammar = map[string]map[string]string{
	"effect":         effectArguments,
	"effect.method":  {"result": `.+`, "kind": kinds, "sql": position, "reads": `true`},
	"effect.ent":     {"kind": kinds, "chain": `true`, "strong": `true`},
	"effect.calls":   {"function": `\d`, "background": `true`, "minor": `[a-z-]+`},
	"effect.text":    {"text": `\d`},
	"effect.request": {"method": `\d`},
	"effect.table":   {"name": `\d`},
	"effect.process": {"program": `\d`},
	"effect.source":  {"is": `(time|temporary-file)`},
	"effect.program": {"reads": `.+`, "changes": `.+`},
	"effect.command": {"is": `(reads|strong|counter|expiry)`},
}

const kinds = `(database|files|process|http|mail|queue|cloud|store|memory)`

var effectArguments = map[string]string{
	"kind": kinds, "value": `(none|\d(,\d)*|\d\.\.)`, "chain": `true`, "strong": `true`, "minor": `[a-z-]+`, "reads": `true`,
	"sql": position, "command": position, "request": position, "process": position, "flags": position, "signal": position, "code": position, "until": `v.+`,
	"column": position, "written": position, "expiry": position, "target": `(none|recv|\d)`,
}

func TestRows(t *testing.T) {
	once := map[string]bool{}
	for _, row := range model.Effects().Rows() {
		known, ours := grammar[row.Role]
		if !ours {
			continue
		}
		for name, value := range row.Args {
			pattern := known[name]
			if pattern == "" || !regexp.MustCompile(`^(?:`+pattern+`)$`).MatchString(value) {
				t.Errorf("%s:%d: %s does not take %s=%s", row.File, row.Line, row.Role, name, value)
			}
		}
		if len(row.Args) == 0 || (row.Role == "effect" || row.Role == "effect.method") && row.Arg("kind") == "" {
			t.Errorf("%s:%d: says nothing", row.File, row.Line)
		}
		if key := row.Role + " " + row.Symbol; row.Role != "effect.method" && once[key] {
			t.Errorf("%s:%d: a second row for %s", row.File, row.Line, key)
		} else {
			once[key] = true
		}
	}
}
