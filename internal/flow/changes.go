package flow

import (
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// changed records a call of a function that the engine watches.
func (m *machine) changed(s *state, instr *ir.Instr, name string, args []*Value) {
	given, own := make([]bool, len(args)), make([]bool, len(args))
	for i := range args {
		given[i] = s.deepTaint(args[i:i+1])&(Sent|Chosen|Input|Secret) != 0
		own[i] = m.madeForRequest(args[i])
	}
	m.event(s, &Event{Kind: Changed, Site: s.site(instr.Pos), Named: s.site(instr.Pos), Key: name, Args: args, Given: given, Own: own})
}

// wrote records a write to memory: the address, and what is written there. Where it
// is not known whether that was there before the request, whoever reads the event has
// to say.
func (m *machine) wrote(s *state, instr *ir.Instr, written ...*Value) {
	if m.engine.Watch == nil || written[0].Kind != Pointer && written[0].Kind != Unknown || m.madeForRequest(written[0]) {
		return
	}
	m.changed(s, instr, "", written)
	for _, v := range written[1:] {
		if v.Kind == Pointer {
			m.lasting[v.Text] = true // others find it there
		}
	}
}

// madeForRequest reports whether memory was made since the request came, and is nowhere
// that others look.
func (m *machine) madeForRequest(addr *Value) bool {
	if addr.Path == newlyMade && addr.Kind == Unknown {
		return true
	}
	if addr.Kind != Pointer || !strings.HasPrefix(addr.Text, madeHere) || m.lasting[addr.Text] {
		return false
	}
	return m.before == nil || m.before.object(addr.Text) == nil
}

// started records a call that goes on beside the request.
func (m *machine) started(s *state, instr *ir.Instr, args []*Value) {
	name := instr.Sym
	if name == "" && len(args) > 0 && args[0].Kind == Function {
		name, args = args[0].Text, args[1:]
	}
	if m.engine.Watch != nil && m.engine.Watch(name) {
		m.changed(s, instr, name, args)
	}
}
