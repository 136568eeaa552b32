package effect

import (
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// unknownMark stands in texts for parts that are not known.
const unknownMark = '?'

// maxTextDepth bounds how far a text is followed.
const maxTextDepth = 8

// text returns the text that a value is, with marks for what is not known, or
// the parameter that brings it, else -1.
func (r *Result) text(n *node, v ssa.Value, depth int) (string, int) {
	if depth > maxTextDepth {
		return "", -1
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.String {
			return constant.StringVal(v.Value), -1
		}
	case *ssa.Parameter:
		return "", n.index(v)
	case *ssa.BinOp:
		if v.Op == token.ADD {
			left, param := r.text(n, v.X, depth+1)
			right, _ := r.text(n, v.Y, depth+1)
			if left == "" {
				return "", param
			}
			return left + orUnknown(right), -1
		}
	case *ssa.Phi:
		for _, edge := range v.Edges {
			if text, param := r.text(n, edge, depth+1); text != "" || param >= 0 {
				return text, param
			}
		}
	case *ssa.UnOp:
		return r.loadedText(n, v, depth)
	case *ssa.MakeInterface:
		return r.text(n, v.X, depth+1)
	case *ssa.Convert:
		return r.text(n, v.X, depth+1)
	case *ssa.ChangeType:
		return r.text(n, v.X, depth+1)
	case *ssa.Extract:
		return r.text(n, v.Tuple, depth+1)
	case *ssa.Slice:
		if first := elements([]ssa.Value{v}); len(first) > 0 { // of a variadic argument
			return r.text(n, first[0], depth+1)
		}
		return r.text(n, v.X, depth+1)
	case *ssa.Call:
		return r.builtText(n, v, depth)
	}
	return "", -1
}

func orUnknown(text string) string {
	if text == "" {
		return string(unknownMark)
	}
	return text
}

// loadedText reads a variable: a local one that is set once, or one of the
// package that the initializer sets.
func (r *Result) loadedText(n *node, load *ssa.UnOp, depth int) (string, int) {
	if stored := storedOnce(load); stored != nil {
		return r.text(n, stored, depth+1)
	}
	if g, ok := load.X.(*ssa.Global); ok {
		if init := r.inits[g]; init != nil {
			return r.text(n, init, depth+1)
		}
	}
	return "", -1
}

// builtText reads what a call makes of a text: the functions of rows, and those
// that take one text and return one.
func (r *Result) builtText(n *node, call *ssa.Call, depth int) (string, int) {
	args := arguments(&call.Call)
	if target := r.calleeOf(n, &call.Call); target != nil && target.text >= 0 && target.text < len(args) {
		return r.text(n, args[target.text], depth+1)
	}
	var only ssa.Value
	for _, arg := range args {
		if basic, ok := arg.Type().Underlying().(*types.Basic); ok && basic.Kind() == types.String {
			if only != nil {
				return "", -1
			}
			only = arg
		}
	}
	if only == nil {
		return "", -1
	}
	return r.text(n, only, depth+1)
}

// decideText decides by a text that is known, or that a parameter brings.
func (r *Result) decideText(n *node, kind Text, v ssa.Value, c *Change) bool {
	if v == nil {
		return kind == SQL || kind == Command
	}
	text, param := r.text(n, v, 0)
	if param >= 0 {
		c.Text, c.TextParam = kind, param
		return true
	}
	return r.read(kind, text, c)
}

// read completes a change by its text, "" if that is not known, and reports
// whether it is one.
func (r *Result) read(kind Text, text string, c *Change) bool {
	if text == "" || text[0] == unknownMark {
		return kind == SQL || kind == Command
	}
	switch kind {
	case SQL, Query:
		s := parseSQL(text)
		if !s.changes {
			return false
		}
		c.Call = c.Call + " " + s.phrase
		c.Strong = c.Strong || s.strong
		if c.Minor == "" {
			c.Minor = s.minor
		}
	case Command:
		name := strings.ToUpper(text)
		is := r.library.commands[name]
		if is == "reads" {
			return false
		}
		c.Call = c.Call + " " + name
		c.Strong = c.Strong || is == "strong"
		if c.Minor == "" && is != "strong" {
			c.Minor = strings.ReplaceAll(is, "-", " ")
		}
	case Method:
		name := strings.ToUpper(text)
		switch name {
		case "GET", "HEAD", "OPTIONS", "TRACE":
			return false
		}
		c.Call = c.Call + " " + name
		c.Strong = c.Strong || name == "DELETE"
	}
	return true
}
