package flow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/web"
)

// requestBody is the name of what reads the body of the request.
const requestBody = "request.body"

// missing is an error that says that there is no body.
var missing = &Value{Kind: Pointer, Text: madeHere + "no body"}

// readBody runs a call that reads the body (libraries/bodies.model). The browser
// gives a GET none, so decoding it fails; where the method is another, what the
// body holds is the attacker's choice.
func (m *machine) readBody(s *state, instr *ir.Instr, row *model.Row, args []*Value) (*Value, bool) {
	of := s.filledWith(sourceOf(row, args))
	switch {
	case row.Role == "body.copy":
		return m.copyBody(s, instr, row, of, args)
	case row.Role == "body.reader" && row.Arg("request") != "":
		return m.reader(s, instr, of)
	case row.Role == "body.reader":
		return of, isBody(of) || isNoBody(of)
	}
	if m.request.Method != "GET" && m.request.Method != "HEAD" {
		return m.readPosted(s, instr, row, of)
	}
	switch row.Role {
	case "body.value":
		return &Value{Kind: Str, Taint: Sent}, true
	case "body.bind":
		if row.Arg("query") == "" {
			return m.failed(s, instr), true
		}
	case "body.read":
		if m.isRead(of) {
			return tuple(&Value{Kind: Str, Taint: Sent}, nilValue), true
		}
	case "body.decode":
		if isBody(of) || isNoBody(of) {
			return m.failed(s, instr), true
		}
	}
	return nil, false
}

// reader is the result of a call that returns what reads the body of a request.
func (m *machine) reader(s *state, instr *ir.Instr, request *Value) (*Value, bool) {
	if request == nil || !m.holdsRequest([]*Value{request}) || len(instr.Results) != 1 {
		return nil, false
	}
	return unknown(requestBody, s.top.fn.TypeOf(instr.Results[0]), Input), true
}

// bufferedBody is the part of a buffer that says what it was filled from.
const bufferedBody = ".body"

// copyBody runs a call that fills a buffer from the body.
func (m *machine) copyBody(s *state, instr *ir.Instr, row *model.Row, body *Value, args []*Value) (*Value, bool) {
	into := at(withoutReceiver(row.Symbol, args), row, "into")
	if row.Arg("into") == "recv" {
		into = args[0]
	}
	if !isBody(body) || into == nil || into.Kind != Pointer {
		return nil, false
	}
	s.heap.store(into.Text, into.Path+bufferedBody, body)
	results := make([]*Value, len(instr.Results))
	for i, t := range instr.Results {
		results[i] = unknown(s.objectName(instr)+"#"+strconv.Itoa(i), s.top.fn.TypeOf(t), 0)
	}
	return pack(results), true
}

// filledWith is the body that a buffer was filled from, or else the value itself.
func (s *state) filledWith(v *Value) *Value {
	if v != nil && v.Kind == Pointer {
		if body := s.heap.load(v.Text, v.Path+bufferedBody); body != nil && isBody(body) {
			return body
		}
	}
	return v
}

// typesOfFiles are the types of bodies by the extensions of files that have them; not
// those that the machine knows, which differ from one to the next.
var typesOfFiles = map[string]string{"json": "application/json", "html": "text/html", "txt": "text/plain", "xml": "application/xml"}

// isType runs a call that asks whether the body is of the type of files with an extension.
func (m *machine) isType(instr *ir.Instr, extension *Value) (*Value, bool) {
	m.run.Typed = true
	sent, given := m.request.Headers["content-type"]
	if !given || extension == nil || extension.Kind != Str || len(instr.Results) != 1 {
		return nil, false
	}
	asked := typesOfFiles[strings.TrimPrefix(extension.Text, ".")]
	if asked == "" {
		return nil, false
	}
	essence, _, _ := strings.Cut(sent, ";")
	essence = strings.TrimSpace(essence)
	return withTaint(boolValue(strings.EqualFold(essence, asked)), Sent, nil), true
}

// readPosted runs a call that reads a body that there is.
func (m *machine) readPosted(s *state, instr *ir.Instr, row *model.Row, of *Value) (*Value, bool) {
	switch row.Role {
	case "body.value":
		if row.Arg("raw") != "" && len(instr.Results) == 1 {
			return unknown(requestBody, s.top.fn.TypeOf(instr.Results[0]), Input), true
		}
	case "body.read":
		if m.isRead(of) && len(instr.Results) == 2 {
			err := unknown(s.objectName(instr)+"#1", s.top.fn.TypeOf(instr.Results[1]), 0)
			return tuple(unknown(requestBody, s.top.fn.TypeOf(instr.Results[0]), Input), err), true
		}
	case "body.decode":
		if isBody(of) {
			return m.bind(s, instr, row)
		}
	case "body.bind":
		return m.bind(s, instr, row)
	}
	return nil, false
}

// bindsJSON reports whether a call of a function that decodes JSON does so.
func (m *machine) bindsJSON(s *state, instr *ir.Instr, row *model.Row) bool {
	position, variable, given := strings.Cut(row.Arg("by"), ":")
	if !given {
		return decodesJSON(row)
	}
	i, err := strconv.Atoi(position)
	args := withoutReceiver(row.Symbol, m.args(s, instr.Args))
	return err == nil && i < len(args) && args[i].Kind == Unknown && args[i].Text == globalPrefix+variable+"*"
}

// bind runs a call that takes the body for what the row says of its Content-Type.
func (m *machine) bind(s *state, instr *ir.Instr, row *model.Row) (*Value, bool) {
	switch {
	case !m.bindsJSON(s, instr, row):
		return m.fill(s, instr)
	case row.Arg("json") == "any":
		m.decoded(s, instr, row, "json")
		return m.fill(s, instr)
	}
	m.run.Typed = true
	sent, isKnown := m.request.Headers["content-type"]
	if !isKnown {
		return nil, false
	}
	switch kind := web.BodyKind(sent); {
	case slices.Contains(row.List("json"), kind):
		m.decoded(s, instr, row, "json")
	case slices.Contains(row.List("form"), kind):
		m.decoded(s, instr, row, "form")
	case !slices.Contains(row.List("empty"), kind):
		return m.failed(s, instr), true
	}
	return m.fill(s, instr)
}

// fill is the result of a call that fills what it is given an address of with
// what the sender chooses.
func (m *machine) fill(s *state, instr *ir.Instr) (*Value, bool) {
	for _, v := range m.args(s, instr.Args) {
		if v.Kind == Pointer && strings.HasPrefix(v.Text, madeHere) {
			s.heap.store(v.Text, v.Path, &Value{Kind: Unknown, Taint: Input})
		}
	}
	results := make([]*Value, len(instr.Results))
	for i, t := range instr.Results {
		results[i] = unknown(s.objectName(instr)+"#"+strconv.Itoa(i), s.top.fn.TypeOf(t), 0)
	}
	return pack(results), true
}

// decoded records that the body is decoded.
func (m *machine) decoded(s *state, instr *ir.Instr, row *model.Row, as string) {
	m.event(s, &Event{Kind: Decoded, Site: s.site(instr.Pos), Named: s.site(instr.Pos), Key: as, Row: row})
}

// decodesJSON reports whether a row is of a function that can decode JSON.
func decodesJSON(row *model.Row) bool {
	return (row.Role == "body.decode" || row.Role == "body.bind") && row.Arg("json") != ""
}

// isRead reports whether what a call reads is the body, or the request that has it.
func (m *machine) isRead(of *Value) bool {
	return isBody(of) || of != nil && m.holdsRequest([]*Value{of})
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

// isNoBody reports whether a value is what reading the body of a GET gives.
func isNoBody(v *Value) bool { return v != nil && v.Kind == Str && v.Text == "" }

func isBody(v *Value) bool { return v != nil && v.Kind == Unknown && v.Text == requestBody }
