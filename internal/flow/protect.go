package flow

import (
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
)

// protect is the result of a call of code that is not known: if that puts
// protection against cross-site requests around a handler (libraries/csrf.model),
// the routers behind it have that as a step, and if it makes middleware that does,
// the result is known for it.
func (m *machine) protect(s *state, instr *ir.Instr, c callee, result *Value) *Value {
	var by *Event
	for _, row := range m.engine.Table.Lookup(c.name) {
		if slices.Contains(protecting, row.Role) || limitsTypes(row) {
			types := &Value{Kind: List, Elems: s.listArgument(row, withoutReceiver(row.Symbol, c.args), "types")}
			by = &Event{Kind: Configured, Site: s.site(instr.Pos), Named: s.site(instr.Pos), Row: row, Value: types}
		}
	}
	if c.value != nil && (c.value.Made.Protects() || c.value.Made != nil && limitsTypes(c.value.Made.Row)) {
		by = c.value.Made
	}
	if by == nil {
		return result
	}
	m.armed(s.way)
	step := Step{Closure: Closure{key: by.Row.Symbol}, Configured: by, way: s.way}
	m.routersIn(s, c.args, false, func(_ string, at *router) { at.guards = append(at.guards, step) })
	if result.Kind != Unknown {
		return result
	}
	made := *result
	made.Made = by
	return &made
}

// protecting are the roles of functions whose results protect.
var protecting = []string{"csrf.wrap", "csrf.make", "csrf.step"}

func limitsTypes(row *model.Row) bool { return row.Role == "types.step" || row.Role == "types.wrap" }

// TakesType reports whether a step hands on bodies of that Content-Type, and whether it
// asks for it at all: a library's middleware that was given a list of them.
func (step *Step) TakesType(contentType string) (takes, asks bool) {
	if step.Configured == nil || !limitsTypes(step.Configured.Row) {
		return true, false
	}
	essence, _, _ := strings.Cut(contentType, ";")
	return slices.ContainsFunc(step.Configured.Value.Elems, func(allowed *Value) bool {
		return allowed.Kind != Str || strings.EqualFold(strings.TrimSpace(allowed.Text), strings.TrimSpace(essence))
	}), true
}

// Protects reports whether a step is of modelled protection against cross-site
// requests.
func (e *Engine) Protects(step *Step) bool {
	return step.Configured.Protects() || slices.ContainsFunc(e.Table.Lookup(step.Name), func(row *model.Row) bool {
		return slices.Contains(protecting, row.Role)
	})
}

// ProtectsGETs reports whether a step is of protection that asks for proof whatever
// the method.
func (e *Engine) ProtectsGETs(step *Step) bool {
	name := step.Name
	if step.Configured != nil {
		name = step.Configured.Row.Symbol
	}
	return slices.ContainsFunc(e.Table.Lookup(name), func(row *model.Row) bool { return row.Arg("gets") == "true" })
}

// Protects reports whether a configuration is of protection against cross-site
// requests.
func (e *Event) Protects() bool {
	return e != nil && e.Kind == Configured && strings.HasPrefix(e.Row.Role, "csrf.")
}
