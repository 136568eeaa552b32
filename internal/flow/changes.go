package flow

import (
	"strings"

	"github.com/soplint/soplint/internal/ir"
)

// changed records a call of a function that the engine watches.
func (m *machine) changed(s *state, instr *ir.Instr, name string, args []*Value) {
	given := make([]bool, len(args))
	for i := range args {
		given[i] = s.deepTaint(args[i:i+1])&(Sent|Chosen|Input|Secret) != 0
	}
	m.event(s, &Event{Kind: Changed, Site: s.site(instr.Pos), Named: s.site(instr.Pos), Key: name, Args: args, Given: given})
}

// wrote records a write to memory that was there before the request.
func (m *machine) wrote(s *state, instr *ir.Instr, addr *Value) {
	if m.engine.Watch == nil || addr.Kind != Pointer && addr.Kind != Unknown {
		return
	}
	for _, prefix := range []string{globalPrefix, "p:", "f:"} {
		if strings.HasPrefix(addr.Text, prefix) {
			m.changed(s, instr, "", nil)
			return
		}
	}
}
