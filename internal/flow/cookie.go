package flow

import (
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// cookiePrefix is what the names of what a request's cookies hold begin with. A page
// does not choose it, and browsers send it along: whether there is a cookie tells
// nothing of who made the browser send the request.
const cookiePrefix = "request.cookie."

// readCookie names what a call returns that reads a cookie, "" for another one.
func (m *machine) readCookie(c callee, result ir.Type) string {
	row := m.engine.Table.Find("cookie.get", c.name)
	if row == nil || row.Arg("name") == "" {
		return ""
	}
	name := cookiePrefix
	if v := at(withoutReceiver(row.Symbol, c.args), row, "name"); v != nil && v.Kind == Str {
		name += v.Text
	}
	if result.Kind == ir.Error {
		name += "#error"
	}
	return name
}

// cookieIn returns the name of the cookie that a value is about, "" where that is
// not known.
func cookieIn(v *Value) (name string, ok bool) {
	if v == nil {
		return "", false
	}
	if v.Text == "header cookie" {
		return "", true
	}
	if rest, ok := strings.CutPrefix(v.Text, cookiePrefix); ok {
		name, _, _ = strings.Cut(rest, "#")
		return strings.TrimSuffix(name, ".Value"), true
	}
	for _, e := range v.Elems {
		if name, ok = cookieIn(e); ok {
			return name, true
		}
	}
	return "", false
}

// NeedsCookie reports whether the attacker gets to the goal only with a cookie that
// the program asks for, and returns its name, "" where that is not known.
func (r *Run) NeedsCookie(goal func(*Event) bool) (name string, needs bool) {
	won := r.solve(r.Met(goal), Possible)
	for i := range r.nodes {
		n := &r.nodes[i]
		if name, ok := cookieIn(n.about); ok && decides(n, won) {
			return name, true
		}
	}
	return "", false
}
