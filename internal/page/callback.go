package page

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/js"

	"github.com/soplint/soplint/internal/web"
)

// takers are the functions that others can call by a name and that take something:
// those with the name in the source, and those whose name a variable holds.
type takers struct {
	names map[string]bool
	held  map[*js.Var]bool
}

func newTakers() takers {
	return takers{names: map[string]bool{}, held: map[*js.Var]bool{}}
}

func (t *takers) named(name string, value js.INode) {
	if params, body := function(value); body != nil && len(params.List) > 0 {
		t.names[name] = true
	}
}

// assigned notes window.name = f, window["name"] = f, window[variable] = f and
// name = f.
func (t *takers) assigned(target, value js.INode) {
	params, body := function(value)
	if body == nil || len(params.List) == 0 {
		return
	}
	switch target := target.(type) {
	case *js.Var:
		t.names[string(target.Data)] = true
	case *js.DotExpr:
		if isName(target.X, "window", "self", "globalThis") {
			t.names[property(target)] = true
		}
	case *js.IndexExpr:
		if !isName(target.X, "window", "self", "globalThis") {
			return
		}
		if name, ok := text(target.Y); ok {
			t.names[name] = true
		} else if v, ok := target.Y.(*js.Var); ok {
			t.held[variable(v)] = true
		}
	}
}

// callbackOf returns the parameter of an address that names a function, and the
// name, both "" where there is none.
func callbackOf(address string) (parameter, name string) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return "", ""
	}
	query := u.Query()
	for _, parameter := range slices.Sorted(maps.Keys(query)) {
		if name := query.Get(parameter); name != "" && web.NamesFunction(parameter) {
			return parameter, name
		}
	}
	return "", ""
}

// isHanded reports whether the address that a script puts together is one of data:
// by the parameter, or by the function that it names.
func (s *script) isHanded(address parts) bool {
	parameter, name := callbackOf(address.text())
	if parameter == "" || web.NamesPadding(parameter) || s.takers.names[name] {
		return parameter != ""
	}
	known := ""
	for _, p := range address {
		known += p.known
		if v, ok := p.value.(*js.Var); ok && strings.HasSuffix(known, parameter+"=") && s.takers.held[variable(v)] {
			return true
		}
	}
	return false
}

// hand marks the script elements of a page that are loaded for data. The function
// that takes it can stand in any script of the page.
func (p *Page) hand(page []byte, scripts []Span) {
	var names map[string]bool // of functions that take something, once they are asked for
	for i := range p.Elements {
		e := &p.Elements[i]
		if e.Name != "script" || e.Handed {
			continue
		}
		parameter, name := callbackOf(e.attrs["src"])
		if parameter != "" && names == nil {
			names = p.takersOf(page, scripts)
		}
		e.Handed = parameter != "" && (web.NamesPadding(parameter) || names[name])
	}
}

// takersOf returns the names of the functions of a page's scripts that take
// something.
func (p *Page) takersOf(page []byte, scripts []Span) map[string]bool {
	names := map[string]bool{}
	for _, at := range scripts {
		if s := p.parse(page[at.Start:at.End], at.Start); s != nil {
			maps.Copy(names, s.takers.names)
		}
	}
	return names
}
