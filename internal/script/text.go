package script

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

// A write is a call that writes a part of an answer.
type write struct {
	call *ssa.Call
	row  *model.Row
	to   ssa.Value
}

// written returns what a call writes to: two writes to the same value are to the
// same answer.
func written(call *ssa.CallCommon, row *model.Row) ssa.Value {
	v := ssax.Argument(call, row.Arg("to"))
	for {
		switch at := v.(type) {
		case *ssa.MakeInterface:
			v = at.X
		case *ssa.ChangeInterface:
			v = at.X
		case *ssa.Call: // qw.N() of quicktemplate is qw, with another escaping
			receiver := ssax.Argument(&at.Call, "recv")
			if receiver == nil {
				return v
			}
			v = receiver
		default:
			return v
		}
	}
}

// following returns the first of the writes that goes to the same place as w, and
// that w always comes before; nil if there is none.
func following(writes []*write, w *write) *write {
	i := slices.IndexFunc(writes, func(next *write) bool { return next.to == w.to && w.call.Block().Dominates(next.call.Block()) })
	if i < 0 {
		return nil
	}
	return writes[i]
}

// A part of a text is a constant, or a value.
type part struct {
	text  string
	value ssa.Value // nil for a constant
}

// texts returns what a call may write.
func (s *search) texts(w *write) [][]part {
	position := w.row.Arg("text")
	if position == "" {
		return [][]part{s.one(w)}
	}
	v := ssax.Argument(&w.call.Call, position)
	if v == nil {
		return nil
	}
	if text := s.parts(v, 0); len(text) != 1 || text[0].value == nil {
		return [][]part{text}
	}
	var texts [][]part
	for _, source := range s.source.Tracer().Of(v).Sources {
		texts = append(texts, s.parts(source, 0))
	}
	return texts
}

// one returns what a call writes, as far as the call itself says it.
func (s *search) one(w *write) []part {
	call := &w.call.Call
	switch {
	case w.row.Arg("format") != "":
		return s.formatted(call, w.row)
	case w.row.Arg("values") != "":
		var all []part
		for _, v := range ssax.Variadic(ssax.Argument(call, w.row.Arg("values"))) {
			all = append(all, s.parts(v, 0)...)
		}
		return all
	}
	if v := ssax.Argument(call, w.row.Arg("text")); v != nil {
		return s.parts(v, 0)
	}
	return nil
}

// maxParts bounds how deep a text is taken apart; what is deeper is one value.
const maxParts = 12

// parts takes a text apart.
func (s *search) parts(v ssa.Value, depth int) []part {
	if text, ok := ssax.Text(v); ok {
		return []part{{text: text}}
	}
	if depth < maxParts {
		switch v := v.(type) {
		case *ssa.Convert:
			return s.parts(v.X, depth+1)
		case *ssa.ChangeType:
			return s.parts(v.X, depth+1)
		case *ssa.MakeInterface:
			return s.parts(v.X, depth+1)
		case *ssa.BinOp:
			if v.Op == token.ADD {
				return append(s.parts(v.X, depth+1), s.parts(v.Y, depth+1)...)
			}
		case *ssa.Slice:
			if text, ok := bytesOf(v); ok {
				return []part{{text: text}}
			}
		case *ssa.Call:
			return s.made(v, depth)
		}
	}
	return []part{{value: v}}
}

// made takes the result of a call apart.
func (s *search) made(call *ssa.Call, depth int) []part {
	if row := s.table.Find("text.format", ssax.CalleeName(&call.Call)); row != nil {
		return s.formatted(&call.Call, row)
	}
	if b, ok := call.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" && len(call.Call.Args) == 2 {
		return append(s.parts(call.Call.Args[0], depth+1), s.parts(call.Call.Args[1], depth+1)...)
	}
	return []part{{value: call}}
}

// bytesOf returns the text of a slice of constant bytes, such as []byte{'('}.
func bytesOf(v *ssa.Slice) (string, bool) {
	values := ssax.Variadic(v)
	var text []byte
	for _, value := range values {
		c, ok := value.(*ssa.Const)
		if !ok || c.Value == nil || !isByte(c.Type()) {
			return "", false
		}
		text = append(text, byte(c.Int64()))
	}
	return string(text), len(text) > 0
}

func isByte(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Kind() == types.Uint8
}

// formatted takes a format with its values apart.
func (s *search) formatted(call *ssa.CallCommon, row *model.Row) []part {
	format, ok := ssax.Text(ssax.Argument(call, row.Arg("format")))
	if !ok {
		return nil
	}
	values := ssax.Variadic(ssax.Argument(call, row.Arg("values")))
	var all []part
	for len(format) > 0 {
		text, rest, found := strings.Cut(format, "%")
		all = append(all, part{text: text})
		if !found {
			break
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '%' })
		if end < 0 {
			break
		}
		format = rest[end+1:]
		switch {
		case rest[end] == '%':
			all = append(all, part{text: "%"})
		case len(values) > 0 && values[0] != nil:
			all = append(all, s.parts(values[0], 0)...)
			values = values[1:]
		default:
			return all
		}
	}
	return slices.DeleteFunc(all, func(p part) bool { return p.value == nil && p.text == "" })
}

// padded returns where the request's name of a function is read with which a
// text calls that function, nil if it does not. In an answer of another type than
// that of scripts the parameter has to be one that is known to be for that.
func (s *search) padded(parts []part, typed bool) ssa.Instruction {
	before := ""
	for i, p := range parts {
		if strings.Contains(before, "<") {
			return nil // a page with a script in it
		}
		if p.value != nil && i+1 < len(parts) && strings.HasPrefix(parts[i+1].text, "(") {
			if read := s.readOf(p.value, typed); read != nil {
				return read
			}
		}
		before += p.text
	}
	return nil
}

// assigns reports whether a text gives a variable of the page a value that is no
// constant.
func assigns(parts []part) bool {
	if len(parts) < 2 || parts[0].value != nil || parts[1].value == nil {
		return false
	}
	name := strings.TrimLeft(parts[0].text, " \t\r\n;")
	declares := slices.ContainsFunc([]string{"var ", "let ", "const ", "window.", "window[", "self.", "globalThis."}, func(word string) bool {
		return strings.HasPrefix(name, word)
	})
	return declares && strings.HasSuffix(strings.TrimRight(name, " \t\r\n\"'"), "=")
}

// maxTraced bounds how many values are looked at for where a name comes from.
const maxTraced = 60

// readOf returns the read of the query that a value comes from, nil if it is none
// of a parameter that names a function.
func (s *search) readOf(v ssa.Value, anyName bool) ssa.Instruction {
	seen := map[ssa.Value]bool{}
	for work := []ssa.Value{v}; len(work) > 0 && len(seen) < maxTraced; work = work[1:] {
		for _, source := range s.source.Tracer().Of(work[0]).Sources {
			if seen[source] {
				continue
			}
			seen[source] = true
			if key, read := s.query(source); read != nil && (anyName || web.NamesFunction(key)) {
				return read
			}
			work = append(work, s.behind(source)...)
		}
	}
	return nil
}

// query returns the parameter of the query that a value is, and where it is read.
func (s *search) query(v ssa.Value) (key string, read ssa.Instruction) {
	switch v := v.(type) {
	case *ssa.Extract:
		return s.query(v.Tuple)
	case *ssa.Call:
		name := ssax.CalleeName(&v.Call)
		row := s.table.Find("request.get", name)
		if row != nil && row.Arg("is") == "input" || name == "(net/url.Values).Get" {
			key, _ = ssax.Text(ssax.Argument(&v.Call, "0"))
			return key, v
		}
	case *ssa.UnOp: // r.Form["callback"][0]
		if index, ok := v.X.(*ssa.IndexAddr); ok {
			return s.query(index.X)
		}
	case *ssa.Lookup:
		if named, ok := types.Unalias(v.X.Type()).(*types.Named); ok && named.Obj().Name() == "Values" {
			key, _ = ssax.Text(v.Index)
			return key, v
		}
	}
	return "", nil
}

// behind returns what a value is computed from where the tracer ends: by a
// function of a library for texts, or in a field of a struct.
func (s *search) behind(v ssa.Value) []ssa.Value {
	switch v := v.(type) {
	case *ssa.Extract:
		return s.behind(v.Tuple)
	case *ssa.BinOp:
		return []ssa.Value{v.X, v.Y}
	case *ssa.Call:
		if callee := v.Call.StaticCallee(); callee != nil && callee.Pkg != s.source.SSA {
			return v.Call.Args
		}
	case *ssa.UnOp:
		if field, ok := v.X.(*ssa.FieldAddr); ok {
			return s.stored(ssax.FieldOf(field))
		}
	case *ssa.Field:
		return s.stored(v.X.Type().Underlying().(*types.Struct).Field(v.Field))
	}
	return nil
}

// stored returns what the package stores in a field.
func (s *search) stored(field *types.Var) []ssa.Value {
	if s.fields == nil {
		s.fields = map[*types.Var][]ssa.Value{}
		for _, fn := range s.source.Funcs {
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					s.noteStore(instr)
				}
			}
		}
	}
	return s.fields[field]
}

func (s *search) noteStore(instr ssa.Instruction) {
	if store, ok := instr.(*ssa.Store); ok {
		if address, ok := store.Addr.(*ssa.FieldAddr); ok {
			field := ssax.FieldOf(address)
			s.fields[field] = append(s.fields[field], store.Val)
		}
	}
}
