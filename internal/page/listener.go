package page

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// A Listener is a function that gets the messages that other windows send.
type Listener struct {
	Span
	Uses   bool // it looks at what they carry
	Only   bool // but only to compare it
	Checks []Check
	Looks  bool // at who sent them, in another way than by Checks
	reads  int  // of the origin, those of Checks included
}

// A Check is a test of the sender's origin that asks for a part of it.
type Check struct {
	Span
	Text     string // as it stands in the source
	Literals []string
	Passes   func(origin string) bool
}

// listener records addEventListener("message", f) on the window.
func (s *script) listener(call *js.CallExpr) {
	if len(call.Args.List) < 2 {
		return
	}
	name, ok := text(call.Args.List[0].Value)
	if !ok || name != "message" {
		return
	}
	literal, ok := call.Args.List[0].Value.(*js.LiteralExpr)
	if !ok || !s.onWindow(call.X) {
		return
	}
	s.listen(call.Args.List[1].Value, s.span(literal.Data))
}

// onWindow reports whether addEventListener is called on the page's window. Of a
// worker's it could be only where the name is bare.
func (s *script) onWindow(n js.INode) bool {
	switch n := n.(type) {
	case *js.Var:
		return string(n.Data) == "addEventListener" && s.isPage
	case *js.DotExpr:
		return property(n) == "addEventListener" &&
			(isName(n.X, "window") || isName(n.X, "self", "globalThis") && s.isPage)
	}
	return false
}

// listen records a listener whose function is known.
func (s *script) listen(fn js.INode, at Span) {
	params, body := function(s.value(fn))
	if body == nil || len(params.List) == 0 {
		return
	}
	l := &Listener{Span: at, Only: true}
	known := s.follow(l, params.List[0].Binding, body, 0)
	l.Looks = l.Looks || l.reads > len(l.Checks)
	if known {
		s.page.Listeners = append(s.page.Listeners, *l)
	}
}

// function returns the parameters and the body of a function.
func function(n js.INode) (js.Params, *js.BlockStmt) {
	switch n := n.(type) {
	case *js.FuncDecl:
		return n.Params, &n.Body
	case *js.ArrowFunc:
		return n.Params, &n.Body
	}
	return js.Params{}, nil
}

// follow notes what a function does with the event that it is given. It reports
// false where the event goes to code that is not known.
func (s *script) follow(l *Listener, event js.IBinding, body *js.BlockStmt, depth int) bool {
	if pattern, ok := event.(*js.BindingObject); ok {
		l.takes(pattern)
		return true
	}
	param, ok := event.(*js.Var)
	if !ok || depth > 3 {
		return false
	}
	param = variable(param)
	isEvent := func(n js.INode) bool {
		v, ok := n.(*js.Var)
		return ok && variable(v) == param
	}
	known := true
	walk(body, func(n js.INode) {
		switch n := n.(type) {
		case *js.DotExpr:
			if isEvent(n.X) {
				l.property(property(n))
			}
		case *js.VarDecl:
			for _, e := range n.List {
				if pattern, ok := e.Binding.(*js.BindingObject); ok && isEvent(e.Default) {
					l.takes(pattern)
				}
			}
		case *js.BinaryExpr:
			l.compares(n, isEvent)
		case *js.CallExpr:
			s.check(l, n, isEvent)
			known = s.handOn(l, n, isEvent, depth) && known
		}
	})
	l.Only = l.Only && onlyCompared(body, isEvent)
	return known
}

// handOn follows the event into a function that it is passed to.
func (s *script) handOn(l *Listener, call *js.CallExpr, isEvent func(js.INode) bool, depth int) bool {
	for i, arg := range call.Args.List {
		if !isEvent(arg.Value) {
			continue
		}
		if dot, ok := call.X.(*js.DotExpr); ok && isName(dot.X, "console") {
			continue
		}
		params, body := function(s.value(call.X))
		if body == nil || i >= len(params.List) || !s.follow(l, params.List[i].Binding, body, depth+1) {
			return false
		}
	}
	return true
}

// property notes a property of the event that is read.
func (l *Listener) property(name string) {
	switch name {
	case "data":
		l.Uses = true
	case "origin":
		l.reads++
	}
}

// takes notes what a pattern takes out of the event.
func (l *Listener) takes(pattern *js.BindingObject) {
	for _, item := range pattern.List {
		name := ""
		if item.Key != nil {
			name = string(item.Key.Literal.Data)
		} else if v, ok := item.Value.Binding.(*js.Var); ok {
			name = string(v.Data)
		}
		l.property(name)
		if name == "source" {
			l.Looks = true
		}
	}
	l.Only = false
}

// compares notes a comparison of the window that sent the message.
func (l *Listener) compares(n *js.BinaryExpr, isEvent func(js.INode) bool) {
	if !isEquality(n.Op) {
		return
	}
	for _, side := range []js.INode{n.X, n.Y} {
		if dot, ok := side.(*js.DotExpr); ok && isEvent(dot.X) && property(dot) == "source" {
			l.Looks = true
		}
	}
}

func isEquality(op js.TokenType) bool {
	return op == js.EqEqToken || op == js.EqEqEqToken || op == js.NotEqToken || op == js.NotEqEqToken
}

// onlyCompared reports whether what the event carries is only compared.
func onlyCompared(body *js.BlockStmt, isEvent func(js.INode) bool) bool {
	isData := func(n js.INode) bool {
		dot, ok := n.(*js.DotExpr)
		return ok && isEvent(dot.X) && property(dot) == "data"
	}
	reads, compared := 0, 0
	walk(body, func(n js.INode) {
		switch n := n.(type) {
		case *js.DotExpr:
			if isData(n) {
				reads++
			}
		case *js.BinaryExpr:
			if isEquality(n.Op) && (isData(n.X) || isData(n.Y)) {
				compared++
			}
		case *js.SwitchStmt:
			if isData(n.Init) {
				compared++
			}
		}
	})
	return reads == compared
}

// check notes a test of a part of the event's origin.
func (s *script) check(l *Listener, call *js.CallExpr, isEvent func(js.INode) bool) {
	dot, ok := call.X.(*js.DotExpr)
	if !ok || len(call.Args.List) == 0 {
		return
	}
	isOrigin := func(n js.INode) bool {
		d, ok := n.(*js.DotExpr)
		return ok && isEvent(d.X) && property(d) == "origin"
	}
	name, arg := property(dot), call.Args.List[0].Value
	var passes func(string) bool
	var literals []string
	switch part, isText := text(arg); {
	case isOrigin(dot.X) && isText && part != "" && !FromServer(part):
		passes, literals = textTest(name, part), []string{part}
	case isOrigin(dot.X) && (name == "match" || name == "search"):
		passes, literals = patternTest(arg)
	case isOrigin(arg) && name == "test":
		passes, literals = patternTest(s.value(dot.X))
	}
	if passes == nil {
		return
	}
	at := s.span(propertyName(dot))
	l.Checks = append(l.Checks, Check{Span: at, Text: s.expression(at), Literals: literals, Passes: passes})
}

// textTest returns the test that a method of strings makes of an origin.
func textTest(method, part string) func(string) bool {
	switch method {
	case "indexOf", "includes", "search":
		// What begins with the part passes whether the place is asked for or not.
		if strings.Contains(part, "://") {
			return func(origin string) bool { return strings.HasPrefix(origin, part) }
		}
		return func(origin string) bool { return strings.Contains(origin, part) }
	case "endsWith":
		return func(origin string) bool { return strings.HasSuffix(origin, part) }
	case "startsWith":
		return func(origin string) bool { return strings.HasPrefix(origin, part) }
	}
	return nil
}

// patternTest returns the test that a regular expression makes, nil where Go's
// dialect does not have it.
func patternTest(n js.INode) (passes func(string) bool, literals []string) {
	literal, ok := n.(*js.LiteralExpr)
	if !ok || literal.TokenType != js.RegExpToken {
		return nil, nil
	}
	end := bytes.LastIndexByte(literal.Data, '/')
	if end < 1 {
		return nil, nil
	}
	pattern := strings.ReplaceAll(string(literal.Data[1:end]), `\/`, "/")
	compiled, err := regexp.Compile(pattern)
	if err != nil {
		return nil, nil
	}
	prefix := strings.NewReplacer("^", "", "$", "", `\`, "", "https?", "https").Replace(pattern)
	return compiled.MatchString, []string{prefix}
}

// expression returns the line of the source around a span, from the first name of
// the expression that it is in to its closing parenthesis.
func (s *script) expression(at Span) string {
	start, end := at.Start-s.offset, at.End-s.offset
	for start > 0 && (isWordByte(s.source[start-1]) || strings.IndexByte(".]/\\^$?+*[", s.source[start-1]) >= 0) {
		start--
	}
	if closing := bytes.IndexByte(s.source[end:], ')'); closing >= 0 {
		end += closing + 1
	}
	return string(s.source[start:end])
}

func isWordByte(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
