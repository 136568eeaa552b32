package page

import (
	"bytes"
	"slices"
	"strings"
	"unsafe"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

// A script is JavaScript that is being read.
type script struct {
	page   *Page
	source []byte
	offset int // of source in the file
	ast    *js.AST

	values map[*js.Var]js.INode // what variables and functions are declared as
	takers takers               // the functions that pages can call by a name
	built  map[*js.Var]*Element // the elements that it makes, by the variables that hold them
	made   []*Element           // all that it makes
	isPage bool                 // it is no worker: it stands in HTML or uses the document
}

// words are what scripts say that are worth parsing: postMessage, onmessage and
// "message"; document.domain; what the addresses of data and what is made of them
// have in common.
var words = []string{"essage", "domain", "jsonp", "callback=", "cb=", "integrity"}

func concerns(text []byte) bool {
	return slices.ContainsFunc(words, func(word string) bool { return bytes.Contains(text, []byte(word)) })
}

// script reads the JavaScript at that offset of the file.
func (p *Page) script(text []byte, offset int) {
	if !concerns(text) {
		return
	}
	s := p.parse(text, offset)
	if s == nil {
		p.Unread++
		return
	}
	walk(s.ast, s.note)
	s.emit()
}

// parse parses JavaScript and notes what its names stand for; it returns nil for
// what is none.
func (p *Page) parse(text []byte, offset int) *script {
	// The parser puts a zero behind its input, in place where there is room, so
	// that what it hands out are parts of source.
	source := append(make([]byte, 0, len(text)+1), text...)
	ast, err := js.Parse(parse.NewInputBytes(source), js.Options{})
	if err != nil {
		return nil
	}
	s := &script{
		page: p, source: source, offset: offset, ast: ast, values: map[*js.Var]js.INode{},
		takers: newTakers(), built: map[*js.Var]*Element{}, isPage: p.isHTML,
	}
	walk(ast, s.declare)
	return s
}

// A visitor calls a function for every node.
type visitor func(js.INode)

// Enter implements [js.IVisitor].
func (v visitor) Enter(n js.INode) js.IVisitor {
	v(n)
	return v
}

// Exit implements [js.IVisitor].
func (visitor) Exit(js.INode) {}

func walk(n js.INode, f func(js.INode)) { js.Walk(visitor(f), n) }

// span returns where a part of the source stands in the file; it is of no length
// for what is none.
func (s *script) span(part []byte) Span {
	if len(part) == 0 || len(s.source) == 0 {
		return Span{s.offset, s.offset}
	}
	start := int(uintptr(unsafe.Pointer(unsafe.SliceData(part))) - uintptr(unsafe.Pointer(unsafe.SliceData(s.source))))
	if start < 0 || start+len(part) > len(s.source) {
		return Span{s.offset, s.offset}
	}
	return Span{s.offset + start, s.offset + start + len(part)}
}

// declare notes what names stand for, and which of a page's are used.
func (s *script) declare(n js.INode) {
	switch n := n.(type) {
	case *js.Var:
		s.isPage = s.isPage || isName(n, "document", "window")
	case *js.FuncDecl:
		if n.Name != nil {
			s.values[variable(n.Name)] = n
			s.takers.named(string(n.Name.Data), n)
		}
	case *js.VarDecl:
		for _, e := range n.List {
			if v, ok := e.Binding.(*js.Var); ok && e.Default != nil {
				s.values[variable(v)] = e.Default
				s.takers.named(string(v.Data), e.Default)
			}
		}
	case *js.BinaryExpr:
		if n.Op == js.EqToken {
			s.takers.assigned(n.X, n.Y)
		}
	}
}

// variable follows the links that the parser leaves between uses of a name.
func variable(v *js.Var) *js.Var {
	for v.Link != nil {
		v = v.Link
	}
	return v
}

// value returns what a name is declared as, and anything else as it is.
func (s *script) value(n js.INode) js.INode {
	for range 4 {
		switch at := n.(type) {
		case *js.GroupExpr:
			n = at.X
			continue
		case *js.Var:
			if declared := s.values[variable(at)]; declared != nil {
				n = declared
				continue
			}
		}
		return n
	}
	return n
}

// note records what a node says about other windows.
func (s *script) note(n js.INode) {
	switch n := n.(type) {
	case *js.CallExpr:
		s.message(n)
		s.listener(n)
		s.attribute(n)
		s.library(n)
	case *js.VarDecl:
		for _, e := range n.List {
			if v, ok := e.Binding.(*js.Var); ok {
				s.make(v, e.Default)
			}
		}
	case *js.BinaryExpr:
		if n.Op == js.EqToken {
			s.assigned(n)
		}
	}
}

// assigned records assignments to document.domain and to window.onmessage, and of
// what elements that the script makes are.
func (s *script) assigned(n *js.BinaryExpr) {
	if v, ok := n.X.(*js.Var); ok {
		s.make(v, n.Y)
	}
	dot, ok := n.X.(*js.DotExpr)
	if !ok {
		return
	}
	s.set(dot, n.Y)
	switch name := property(dot); {
	case name == "domain" && isName(dot.X, "document"):
		s.page.Domains = append(s.page.Domains, s.span(propertyName(dot)))
	case name == "onmessage" && isName(dot.X, "window"):
		s.listen(n.Y, s.span(propertyName(dot)))
	}
}

// propertyName returns the name behind the dot, as it stands in the source.
func propertyName(dot *js.DotExpr) []byte {
	switch y := dot.Y.(type) {
	case js.LiteralExpr:
		return y.Data
	case *js.LiteralExpr:
		return y.Data
	}
	return nil
}

func property(dot *js.DotExpr) string { return string(propertyName(dot)) }

// isName reports whether an expression is one of these names.
func isName(n js.INode, names ...string) bool {
	v, ok := n.(*js.Var)
	if !ok {
		return false
	}
	for _, name := range names {
		if string(v.Data) == name {
			return true
		}
	}
	return false
}

// text returns the value of a string literal; escapes stay as they are.
func text(n js.INode) (string, bool) {
	literal, ok := n.(*js.LiteralExpr)
	if ok && literal.TokenType == js.StringToken && len(literal.Data) >= 2 {
		return string(literal.Data[1 : len(literal.Data)-1]), true
	}
	if t, ok := n.(*js.TemplateExpr); ok && len(t.List) == 0 && t.Tag == nil {
		return strings.Trim(string(t.Tail), "`"), true
	}
	return "", false
}
