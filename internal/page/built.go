package page

import (
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// properties are those of elements by which scripts say what is loaded, with the
// attributes that they stand for (HTML standard, "reflect").
var properties = map[string]string{
	"src": "src", "href": "href", "rel": "rel", "type": "type", "integrity": "integrity", "crossOrigin": "crossorigin",
}

// make notes a variable that holds an element which the script makes.
func (s *script) make(v *js.Var, value js.INode) {
	call, ok := value.(*js.CallExpr)
	if !ok || len(call.Args.List) == 0 {
		return
	}
	dot, ok := call.X.(*js.DotExpr)
	if !ok || property(dot) != "createElement" || !isName(dot.X, "document") {
		return
	}
	if name, ok := text(call.Args.List[0].Value); ok && (name == "script" || name == "link") {
		e := &Element{Name: name, attrs: map[string]string{}}
		s.built[variable(v)] = e
		s.made = append(s.made, e)
	}
}

// set notes an assignment to a property of an element that the script makes.
func (s *script) set(dot *js.DotExpr, value js.INode) {
	if attr := properties[property(dot)]; attr != "" {
		s.attr(dot.X, attr, value, s.span(propertyName(dot)))
	}
}

// attribute notes a call of setAttribute on such an element.
func (s *script) attribute(call *js.CallExpr) {
	dot, ok := call.X.(*js.DotExpr)
	if !ok || len(call.Args.List) < 2 || property(dot) != "setAttribute" {
		return
	}
	if attr, ok := text(call.Args.List[0].Value); ok {
		s.attr(dot.X, strings.ToLower(attr), call.Args.List[1].Value, s.span(propertyName(dot)))
	}
}

func (s *script) attr(of js.INode, attr string, value js.INode, at Span) {
	v, ok := of.(*js.Var)
	if !ok {
		return
	}
	e := s.built[variable(v)]
	if e == nil {
		return
	}
	parts := s.parts(value)
	e.attrs[attr] = parts.text()
	if attr == "src" || attr == "href" {
		e.Span = at
		e.Handed = e.Name == "script" && s.isHanded(parts)
	}
}

// library notes a call by which jQuery loads data as a script: $.ajax with the
// type jsonp, $.getJSON with a ? in the place of the function's name.
func (s *script) library(call *js.CallExpr) {
	dot, ok := call.X.(*js.DotExpr)
	if !ok || len(call.Args.List) == 0 || !isName(dot.X, "$", "jQuery") {
		return
	}
	address, first := js.INode(nil), s.value(call.Args.List[0].Value)
	switch property(dot) {
	case "getJSON":
		if _, name := callbackOf(s.parts(first).text()); name == "?" {
			address = first
		}
	case "ajax":
		options, ok := first.(*js.ObjectExpr)
		if !ok && len(call.Args.List) > 1 {
			options, ok = s.value(call.Args.List[1].Value).(*js.ObjectExpr)
			address = first
		}
		if kind, isText := text(option(options, "dataType")); !isText || kind != "jsonp" {
			return
		}
		if address == nil {
			address = option(options, "url")
		}
	}
	if address != nil {
		attrs := map[string]string{"src": s.parts(address).text()}
		s.made = append(s.made, &Element{Span: s.span(propertyName(dot)), Name: "script", Handed: true, attrs: attrs})
	}
}

// option returns the value of an object's property.
func option(options *js.ObjectExpr, name string) js.INode {
	if options == nil {
		return nil
	}
	for _, p := range options.List {
		if p.Name != nil && strings.Trim(string(p.Name.Literal.Data), `"'`) == name {
			return p.Value
		}
	}
	return nil
}

// emit adds to the page what the script makes and loads.
func (s *script) emit() {
	for _, e := range s.made {
		if e.Span != (Span{}) {
			s.page.Elements = append(s.page.Elements, *e)
		}
	}
}

// A part of a text is one that is known, or a value that is not.
type part struct {
	known string
	value js.INode
}

type parts []part

// maxJoined bounds how many expressions are looked at of a text that a script puts
// together. What is behind them is not known.
const maxJoined = 100

// parts takes a text apart that a script puts together.
func (s *script) parts(n js.INode) parts {
	var found parts
	todo := []js.INode{n}
	for range maxJoined {
		if len(todo) == 0 {
			break
		}
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if known, ok := text(n); ok {
			found = append(found, part{known: known})
			continue
		}
		more := s.joined(n)
		if more == nil {
			found = append(found, part{value: n})
		}
		slices.Reverse(more)
		todo = append(todo, more...)
	}
	if len(todo) > 0 {
		found = append(found, part{value: todo[len(todo)-1]})
	}
	return found
}

// joined returns the expressions that a text is joined of, nil where it is not
// known to be joined.
func (s *script) joined(n js.INode) []js.INode {
	switch n := n.(type) {
	case *js.GroupExpr:
		return []js.INode{n.X}
	case *js.BinaryExpr:
		if n.Op == js.AddToken {
			return []js.INode{n.X, n.Y}
		}
	case *js.TemplateExpr:
		if n.Tag != nil || len(n.List) > maxJoined {
			return nil
		}
		var found []js.INode
		for _, p := range n.List {
			found = append(found, piece(p.Value), p.Expr)
		}
		return append(found, piece(n.Tail))
	case *js.Var:
		switch declared := s.values[variable(n)].(type) {
		case *js.LiteralExpr, *js.GroupExpr, *js.BinaryExpr, *js.TemplateExpr, *js.Var:
			if !s.takers.held[variable(n)] { // else the name is what counts
				return []js.INode{declared}
			}
		}
	}
	return nil
}

// piece is a part of a template literal as a string of its own. The parser leaves
// what stands around expressions with it.
func piece(data []byte) js.INode {
	known := strings.TrimSuffix(strings.TrimPrefix(string(data), "}"), "${")
	return &js.LiteralExpr{TokenType: js.StringToken, Data: []byte(`"` + strings.Trim(known, "`") + `"`)}
}

// text is the text with what stands for the value of a template action in the
// place of every value that is not known.
func (p parts) text() string {
	var b strings.Builder
	for _, part := range p {
		if part.value == nil {
			b.WriteString(part.known)
		} else {
			b.WriteString(filled)
		}
	}
	return b.String()
}
