package flow

import (
	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
)

// putBeside keeps a value that goes along with the request, from what runs before
// a handler to the handler. There is one request, and so one such store.
func (m *machine) putBeside(s *state, row *model.Row, args []*Value) {
	key, value := at(args, row, "key"), at(args, row, "value")
	if key != nil && value != nil {
		s.heap.store(contextObject, contextCell(key), value)
	}
}

// takenBeside returns what was put beside the request under a key, and whether
// there is anything. What nobody was seen to put there is not known.
func (m *machine) takenBeside(s *state, instr *ir.Instr, row *model.Row, args []*Value) (*Value, bool) {
	key := at(args, row, "key")
	if key == nil {
		return nil, false
	}
	value := s.heap.load(contextObject, contextCell(key))
	if value == nil {
		return nil, false
	}
	if row.Arg("found") != "" {
		value = tuple(value, trueValue)
	}
	return value, true
}

// contextCell is the name under which a value is kept: keys of different types
// are different (https://pkg.go.dev/context#WithValue).
func contextCell(key *Value) string { return key.Dynamic + " " + key.Key() }
