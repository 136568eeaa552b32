package flow

import (
	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
)

// requestBody is the name of what reads the body of the request.
const requestBody = "request.body"

// missing is an error that says that there is no body.
var missing = &Value{Kind: Pointer, Text: madeHere + "no body"}

// readBody runs a call that reads the body (libraries/bodies.model). The browser
// gives a GET none, so decoding it fails; where the method is not given, what
// the body holds is the attacker's choice.
func (m *machine) readBody(s *state, instr *ir.Instr, row *model.Row, args []*Value) (*Value, bool) {
	of := sourceOf(row, args)
	if row.Role == "body.reader" {
		return of, isBody(of)
	}
	if m.request.Method != "GET" && m.request.Method != "HEAD" {
		return nil, false
	}
	switch row.Role {
	case "body.value":
		return &Value{Kind: Str}, true
	case "body.bind":
		return m.failed(s, instr), true
	case "body.read":
		if isBody(of) || of != nil && m.holdsRequest([]*Value{of}) {
			return tuple(&Value{Kind: Str}, nilValue), true
		}
	case "body.decode":
		if isBody(of) || of != nil && of.Kind == Str && of.Text == "" {
			return m.failed(s, instr), true
		}
	}
	return nil, false
}

// failed is the result of a call that returns an error as the last result.
func (m *machine) failed(s *state, instr *ir.Instr) *Value {
	results := make([]*Value, len(instr.Results))
	for i, t := range instr.Results {
		results[i] = zeroOf(s.top.fn.TypeOf(t))
	}
	if len(results) > 0 {
		results[len(results)-1] = missing
	}
	return pack(results)
}

// sourceOf returns the argument that the row says is read.
func sourceOf(row *model.Row, args []*Value) *Value {
	if row.Arg("of") == "recv" && len(args) > 0 {
		return args[0]
	}
	return at(withoutReceiver(row.Symbol, args), row, "of")
}

func isBody(v *Value) bool { return v != nil && v.Kind == Unknown && v.Text == requestBody }
