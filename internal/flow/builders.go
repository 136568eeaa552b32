package flow

import (
	"go/token"
	"strings"
	"unicode/utf8"

	"github.com/soplint/soplint/internal/ir"
)

// Texts that are written piece by piece, in a strings.Builder or bytes.Buffer:
// what was written so far stands in the object, in a cell of its own.

const writtenText = ".#text"

// builders are the methods and functions that work on such an object, which is
// their first argument. They return their result, nil where it is not known.
var builders = map[string]func(*machine, *state, *ir.Instr, []*Value) *Value{
	"(*strings.Builder).WriteString": writePiece,
	"(*strings.Builder).WriteByte":   writePiece,
	"(*strings.Builder).WriteRune":   writePiece,
	"(*strings.Builder).Write":       writePiece,
	"(*strings.Builder).String":      readPieces,
	"(*strings.Builder).Len":         lengthOfPieces,
	"(*strings.Builder).Reset":       dropPieces,
	"(*strings.Builder).Grow":        leavePieces,
	"(*bytes.Buffer).WriteString":    writePiece,
	"(*bytes.Buffer).WriteByte":      writePiece,
	"(*bytes.Buffer).WriteRune":      writePiece,
	"(*bytes.Buffer).Write":          writePiece,
	"(*bytes.Buffer).String":         readPieces,
	"(*bytes.Buffer).Bytes":          readPieces,
	"(*bytes.Buffer).Len":            lengthOfPieces,
	"(*bytes.Buffer).Reset":          dropPieces,
	"(*bytes.Buffer).Grow":           leavePieces,
	"bytes.NewBufferString":          newBuffer,
	"bytes.NewBuffer":                newBuffer,
	"io.WriteString":                 writePiece,
	"fmt.Fprintf":                    writeFormatted,
	"fmt.Fprint":                     writePrinted,
}

// build runs a call of one of the builders; done is false where the object was
// not made by the code that is replayed.
func (m *machine) build(s *state, instr *ir.Instr, c callee) (result *Value, done bool) {
	run := builders[c.name]
	if run == nil || len(c.args) == 0 {
		return nil, false
	}
	if !strings.HasPrefix(c.name, "bytes.New") && !isBuilder(c.args[0]) {
		return nil, false
	}
	v := run(m, s, instr, c.args)
	if v == nil {
		return m.opaqueResult(s, instr, c), true
	}
	return v, true
}

// opaqueResult is what a call returns whose effect is known and whose result is
// of no interest.
func (m *machine) opaqueResult(s *state, instr *ir.Instr, c callee) *Value {
	return m.fresh(s, instr, s.top.fn.TypeOf(instr.Type), combine(c.args...))
}

// isBuilder reports whether v points to an object that was made here and that
// keeps a text.
func isBuilder(v *Value) bool {
	return v.Kind == Pointer && strings.HasPrefix(v.Text, madeHere) &&
		(v.Dynamic == "" || v.Dynamic == "*strings.Builder" || v.Dynamic == "*bytes.Buffer")
}

func (s *state) pieces(builder *Value) *Value {
	if v := s.heap.load(builder.Text, builder.Path+writtenText); v != nil {
		return v
	}
	return String("")
}

func writePiece(m *machine, s *state, _ *ir.Instr, args []*Value) *Value {
	piece := args[1]
	if piece.Kind == Int && piece.Int < utf8.RuneSelf {
		piece = &Value{Kind: Str, Text: string(rune(piece.Int)), Taint: piece.Taint, Read: piece.Read}
	}
	m.append(s, args[0], piece)
	return nil
}

func (m *machine) append(s *state, builder, piece *Value) {
	old := s.pieces(builder)
	sum := operate(token.ADD, old, piece)
	if sum == nil || len(sum.Text) > maxBuilt {
		sum = &Value{Kind: Unknown, Type: ir.Type{Kind: ir.String}, Taint: combine(old, piece), Read: firstRead(old, piece)}
	}
	s.heap.store(builder.Text, builder.Path+writtenText, sum)
}

// maxBuilt bounds the bytes of a text that is followed while a loop adds to it.
const maxBuilt = 1000

func writeFormatted(m *machine, s *state, _ *ir.Instr, args []*Value) *Value {
	m.appendPrinted(s, args[0], nativeSprintf(args[1:]), args)
	return nil
}

func writePrinted(m *machine, s *state, _ *ir.Instr, args []*Value) *Value {
	m.appendPrinted(s, args[0], nativeSprint(args[1:]), args)
	return nil
}

func (m *machine) appendPrinted(s *state, builder, text *Value, args []*Value) {
	if text == nil {
		text = &Value{Kind: Unknown, Type: ir.Type{Kind: ir.String}, Taint: combine(args[1:]...), Read: firstRead(args[1:]...)}
	}
	m.append(s, builder, withTaint(text, taintOf(args[1:])&Sent, firstRead(args[1:]...)))
}

func readPieces(_ *machine, s *state, _ *ir.Instr, args []*Value) *Value { return s.pieces(args[0]) }

func lengthOfPieces(m *machine, s *state, instr *ir.Instr, args []*Value) *Value {
	return m.length(s, s.pieces(args[0]), s.top.fn.TypeOf(instr.Type))
}

func dropPieces(_ *machine, s *state, _ *ir.Instr, args []*Value) *Value {
	s.heap.store(args[0].Text, args[0].Path+writtenText, String(""))
	return nil
}

func leavePieces(*machine, *state, *ir.Instr, []*Value) *Value { return nil }

func newBuffer(m *machine, s *state, instr *ir.Instr, args []*Value) *Value {
	name := madeHere + s.objectName(instr)
	s.heap.reset(name)
	buffer := &Value{Kind: Pointer, Text: name}
	if args[0].Kind != Nil {
		m.append(s, buffer, args[0])
	}
	return buffer
}
