package page

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// A Recipient is the window that a message goes to.
type Recipient uint8

// The recipients.
const (
	Elsewhere Recipient = iota // one that the script has from elsewhere
	Self                       // the window itself
	Parent                     // the window that frames the page
	Opener                     // the window that opened it
	Frame                      // a frame in it, or a window that it opened
	Sender                     // the window that sent the message that is answered
)

// A Content says what a message carries.
type Content uint8

// The contents, by how much they tell.
const (
	Fixed    Content = iota // the same for everybody
	Computed                // values of the script
	Written                 // values that the server writes into the page
)

// A Message is a call of postMessage that names every origin as its target.
type Message struct {
	Span
	To   Recipient
	What Content
}

// message records a call of postMessage with the target "*".
func (s *script) message(call *js.CallExpr) {
	if len(call.Args.List) < 2 || !s.everyOrigin(call.Args.List[1].Value) {
		return
	}
	m := Message{What: s.content(call.Args.List[0].Value, 0)}
	switch x := call.X.(type) {
	case *js.DotExpr:
		if property(x) != "postMessage" {
			return
		}
		m.Span, m.To = s.span(propertyName(x)), s.recipient(x.X)
	case *js.Var:
		if string(x.Data) != "postMessage" {
			return
		}
		m.Span, m.To = Span{s.offset, s.offset}, Self
	default:
		return
	}
	s.page.Messages = append(s.page.Messages, m)
}

// everyOrigin reports whether a second argument of postMessage lets windows of
// every origin have the message.
func (s *script) everyOrigin(n js.INode) bool {
	n = s.value(n)
	if target, ok := text(n); ok {
		return target == "*"
	}
	options, ok := n.(*js.ObjectExpr)
	if !ok {
		return false
	}
	for _, p := range options.List {
		if p.Name != nil && string(p.Name.Literal.Data) == "targetOrigin" {
			target, isText := text(p.Value)
			return isText && target == "*"
		}
	}
	return false
}

func (s *script) recipient(n js.INode) Recipient {
	switch n := s.value(n).(type) {
	case *js.Var:
		return windowNamed(string(n.Data))
	case *js.DotExpr:
		switch name := property(n); {
		case name == "contentWindow":
			return Frame
		case name == "source":
			return Sender
		case isName(n.X, "window", "self", "globalThis"):
			return windowNamed(name)
		}
	case *js.IndexExpr:
		if isName(n.X, "frames") {
			return Frame
		}
	case *js.CallExpr:
		if dot, ok := n.X.(*js.DotExpr); ok && property(dot) == "open" && isName(dot.X, "window") {
			return Frame
		}
	case *js.BinaryExpr:
		return s.recipient(n.X) // window.opener || window.parent
	case *js.CondExpr:
		return s.recipient(n.X)
	}
	return Elsewhere
}

func windowNamed(name string) Recipient {
	switch name {
	case "parent", "top":
		return Parent
	case "opener":
		return Opener
	case "window", "self", "globalThis":
		return Self
	}
	return Elsewhere
}

// content says what an expression tells whoever gets it. What is asked of the
// layout, for frames that are as high as their pages, tells nothing.
func (s *script) content(n js.INode, depth int) Content {
	if depth > 8 {
		return Computed
	}
	depth++
	switch n := n.(type) {
	case nil:
		return Fixed
	case *js.LiteralExpr:
		return written(n.Data, Fixed)
	case *js.Var:
		if value := s.values[variable(n)]; value != nil {
			return s.content(value, depth)
		}
		if isLayout(string(n.Data)) {
			return Fixed
		}
		return written(n.Data, Computed)
	case *js.GroupExpr:
		return s.content(n.X, depth)
	case *js.UnaryExpr:
		return s.content(n.X, depth)
	case *js.BinaryExpr:
		return max(s.content(n.X, depth), s.content(n.Y, depth))
	case *js.TemplateExpr:
		return s.templateContent(n, depth)
	case *js.ArrayExpr:
		most := Fixed
		for _, e := range n.List {
			most = max(most, s.content(e.Value, depth))
		}
		return most
	case *js.ObjectExpr:
		most := Fixed
		for _, p := range n.List {
			most = max(most, s.content(p.Value, depth))
		}
		return most
	case *js.CallExpr:
		return s.callContent(n, depth)
	case *js.DotExpr:
		if isLayout(property(n)) {
			return Fixed
		}
	}
	return Computed
}

func (s *script) templateContent(n *js.TemplateExpr, depth int) Content {
	most := written(n.Tail, Fixed)
	for _, part := range n.List {
		most = max(most, written(part.Value, Fixed), s.content(part.Expr, depth))
	}
	return most
}

// callContent follows what a call is given: JSON.stringify({…}), Math.max(…).
func (s *script) callContent(n *js.CallExpr, depth int) Content {
	dot, ok := n.X.(*js.DotExpr)
	if !ok || !isName(dot.X, "JSON", "Math", "String", "Number") {
		return Computed
	}
	most := Fixed
	for _, arg := range n.Args.List {
		most = max(most, s.content(arg.Value, depth))
	}
	return most
}

func written(data []byte, otherwise Content) Content {
	if FromServer(string(data)) {
		return Written
	}
	return otherwise
}

func isLayout(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, "height") || strings.HasSuffix(name, "width")
}
