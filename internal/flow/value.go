// Package flow replays a request through the code of a program.
//
// The question behind every report of soplint is what the server does with a
// request that an attacker's page can have a browser send. Flow answers it by
// running the code on that request, with everything else left unknown:
//
//   - What the request carries is a concrete value: the attacker's Origin, a
//     method, the headers that a page cannot set as absent. String functions,
//     URL parsing and regular expressions are computed, so a weak check is found
//     by a request that passes it, not by its looks.
//   - What the program is configured with, and what the attacker may choose, is
//     unknown. A branch on it may go either way.
//   - What compares the request with something unknown is a guard. A branch on
//     it is assumed to go against the attacker.
//
// The replay builds the graph of the states that the code can be in. Whether an
// attacker gets to a state is then a game on that graph (game.go): where
// configuration or attacker choose, one way is enough; where a guard chooses,
// both ways must lead there.
//
// States are followed path by path, so that flags (ok := false; for … { ok =
// true }; if ok { … }) mean what they say. States that agree on everything that
// is read later are one state. Where the states of one place grow beyond a
// bound they are joined, and where a replay grows beyond its budget it ends:
// what was not followed by then counts as leading nowhere.
package flow

import (
	"go/token"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// Kind says what is known of a value.
type Kind uint8

// The kinds of values.
const (
	Unknown  Kind = iota
	Str           // Text
	Bool          // Int 0 or 1
	Int           // Int
	Nil           //
	Function      // Text is the name, Elems the captured variables or bound receiver
	Pointer       // Text is the object, Path the part of it
	Struct        // Fields and Elems; other fields are zero, or unknown with Open
	List          // Elems
	Tuple         // Elems
	Cell          // the address of a value that cannot be changed: Elems[0]
	Native        // Native, a value of a Go type that natives know
)

// Taint says how an attacker's request is part of a value.
type Taint uint8

const (
	// Sent marks a known value that was computed from the request.
	Sent Taint = 1 << iota
	// Guarded marks an unknown value that depends on how the request compares
	// with something unknown.
	Guarded
	// Chosen marks an unknown value that the attacker may choose from what is
	// publicly known to work, such as a method.
	Chosen
	// Input marks an unknown value that the attacker may choose freely, such as
	// a query parameter.
	Input
	// Secret marks an unknown value that depends on how Input compares with
	// something unknown, such as a token.
	Secret
	// Proof marks an Input that goes by the name of a proof: a token in the query. Code that is asked about it, or a comparison with something unknown,
	// asks for what a foreign page does not know.
	Proof
	// Asked marks the yes or no of unknown code that was asked about the whole
	// request.
	Asked
	// Address marks an unknown value that depends on the address that the request
	// comes from: that of the browser, whatever page is open in it.
	Address
)

// A Value is what is known of a value of the program. Values do not change.
type Value struct {
	Kind    Kind
	Taint   Taint
	Open    bool
	Int     int64
	Text    string // Unknown: where it comes from, so that two reads of it are known to agree
	Path    string
	Type    ir.Type // of unknown values
	Fields  []string
	Elems   []*Value
	Native  any
	Dynamic string // for what an interface holds: its type, with a * before it for a pointer
	Label   string // of unknown values: what a report calls them
	Read    *Site  // where the request header was read that the value comes from
	Set     *Site  // for the value of a field: where it was given
	Made    *Event // the configuration with which a modelled library made it

	way *way // for functions: under which conditions one is made, or a router is given it
	key string
}

// A Site is a place in the code of a package.
type Site struct {
	Func *ir.Func
	Pos  token.Pos
}

var (
	trueValue  = &Value{Kind: Bool, Int: 1}
	falseValue = &Value{Kind: Bool}
	nilValue   = &Value{Kind: Nil}
	zeroStruct = &Value{Kind: Struct}
	noValue    = &Value{Kind: Unknown}
)

// The values above are shared by all replays, so their keys are computed first.
func init() {
	for _, v := range []*Value{trueValue, falseValue, nilValue, zeroStruct, noValue} {
		v.Key()
	}
}

func boolValue(b bool) *Value {
	if b {
		return trueValue
	}
	return falseValue
}

// String returns a known string.
func String(s string) *Value { return &Value{Kind: Str, Text: s} }

func intValue(n int64) *Value { return &Value{Kind: Int, Int: n} }

// FromRequest returns a known string that the request carries.
func FromRequest(s string) *Value { return &Value{Kind: Str, Text: s, Taint: Sent} }

// FromPage is a text that an attacker's page chooses, under a name.
func FromPage(name string) *Value {
	return &Value{Kind: Unknown, Type: ir.Type{Kind: ir.String}, Text: name, Taint: Input}
}

// withTaint returns v with taint added.
func withTaint(v *Value, taint Taint, read *Site) *Value {
	if v.Taint|taint == v.Taint && (v.Read != nil || read == nil) {
		return v
	}
	c := *v
	c.key = ""
	c.Taint |= taint
	if c.Read == nil {
		c.Read = read
	}
	return &c
}

// Known reports whether the value is a known scalar.
func (v *Value) Known() bool {
	return v.Kind == Str || v.Kind == Bool || v.Kind == Int || v.Kind == Nil
}

// True reports whether the value is known to be true.
func (v *Value) True() bool { return v.Kind == Bool && v.Int == 1 }

// fromRequest returns the taints of what is in v, elements included.
func (v *Value) taints() Taint {
	taint := v.Taint
	for _, e := range v.Elems {
		taint |= e.taints()
	}
	return taint
}

func firstRead(values ...*Value) *Site {
	for _, v := range values {
		if v.Read != nil {
			return v.Read
		}
		if read := firstRead(v.Elems...); read != nil {
			return read
		}
	}
	return nil
}

// Key is a text that two values share if and only if they are the same.
func (v *Value) Key() string {
	if v.key == "" {
		var room [512]byte
		v.key = string(v.appendKey(room[:0]))
	}
	return v.key
}

// appendKey appends Key to b. A text by itself is not worth making for that, as lists
// of handlers are long.
func (v *Value) appendKey(b []byte) []byte {
	if v.key != "" {
		return append(b, v.key...)
	}
	b = append(b, byte('a'+v.Kind), byte('0'+v.Taint))
	switch v.Kind {
	case Bool, Int:
		b = strconv.AppendInt(b, v.Int, 10)
	case Unknown, Str, Function, Pointer, Native:
		b = appendQuoted(b, v.Text)
		b = append(b, v.Path...)
	}
	if v.Open {
		b = append(b, '+')
	}
	if len(v.Elems) > 0 {
		b = append(b, '(')
		for i, e := range v.Elems {
			if v.Fields != nil {
				b = append(b, v.Fields[i]...)
				b = append(b, '=')
			}
			b = e.appendKey(b)
			b = append(b, ',')
		}
		b = append(b, ')')
	}
	return b
}

// same reports whether two values share their Key.
func (v *Value) same(w *Value) bool {
	if v == w {
		return true
	}
	if v.Kind != w.Kind || v.Taint != w.Taint || v.Open != w.Open || len(v.Elems) != len(w.Elems) {
		return false
	}
	switch v.Kind {
	case Bool, Int:
		if v.Int != w.Int {
			return false
		}
	case Unknown, Str, Function, Pointer, Native:
		if v.Text != w.Text || v.Path != w.Path {
			return false
		}
	}
	return len(v.Elems) == 0 || slices.Equal(v.Fields, w.Fields) && slices.EqualFunc(v.Elems, w.Elems, (*Value).same)
}

// appendQuoted is strconv.AppendQuote, without a look at each rune of texts that are
// plain.
func appendQuoted(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return strconv.AppendQuote(b, text)
		}
	}
	b = append(append(b, '"'), text...)
	return append(b, '"')
}

// field returns the value of a struct's field.
func (v *Value) field(name string) *Value {
	for i, f := range v.Fields {
		if f == name {
			return v.Elems[i]
		}
	}
	return nil
}

// structOf builds a struct value with its fields in a fixed order.
func structOf(fields map[string]*Value, open bool) *Value {
	v := &Value{Kind: Struct, Open: open}
	for name := range fields {
		v.Fields = append(v.Fields, name)
	}
	sort.Strings(v.Fields)
	for _, name := range v.Fields {
		v.Elems = append(v.Elems, fields[name])
	}
	return v
}

// shortField is the field's own name in package.Type.Field.
func shortField(sym string) string { return sym[strings.LastIndexByte(sym, '.')+1:] }

// unknown returns an unknown value of that type. The name tells it from others.
func unknown(name string, t ir.Type, taint Taint) *Value {
	return &Value{Kind: Unknown, Text: name, Type: t, Taint: taint}
}

// zeroOf returns the zero value of a type.
func zeroOf(t ir.Type) *Value {
	switch t.Kind {
	case ir.Bool:
		return falseValue
	case ir.String:
		return &Value{Kind: Str}
	case ir.Int:
		return &Value{Kind: Int}
	case ir.Struct:
		return zeroStruct
	case ir.Any:
		return unknown("", t, 0)
	}
	return nilValue
}

// join returns what is known of a value that is either a or b.
func join(a, b *Value) *Value {
	if a.same(b) {
		return a
	}
	taint := (a.taints() | b.taints()) &^ Chosen
	if taint&Sent != 0 {
		taint = taint&^Sent | Guarded
	}
	t := a.Type
	if t == (ir.Type{}) {
		t = b.Type
	}
	return &Value{Kind: Unknown, Taint: taint, Type: t, Read: firstRead(a, b)}
}
