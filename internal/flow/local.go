package flow

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
)

// listening says what a function listens on by itself.
type listening struct {
	local  bool // on a Unix domain socket or a named pipe
	public bool // on something else
	serves bool // and it serves there
}

// note adds what an instruction says of that.
func (l *listening) note(in *interest, instr ssa.Instruction) {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return
	}
	fn := calledObject(instr)
	if fn == nil {
		return
	}
	switch in.listener(fn) {
	case onListener:
		l.serves = true
	case onAddress:
		if namesUnix(call.Common().Args) {
			l.local = true
		} else {
			l.public = true
		}
	case onSocket:
		l.local = true
	}
}

// A listener is what a function has to do with listening.
type listener uint8

const (
	noListener listener = iota
	onListener          // it serves on a listener that it is given
	onAddress           // it listens on an address
	onSocket            // it listens where no browser gets to
)

// listener returns what a function has to do with listening, by what the models say of
// it. Others that are called Listen and something are taken to listen on an address.
func (in *interest) listener(fn *types.Func) listener {
	rows := in.rows(fn)
	switch {
	case model.WithRole(rows, "server.listener") != nil:
		return onListener
	case model.WithRole(rows, "listen.local") != nil:
		return onSocket
	case model.WithRole(rows, "server.handler") != nil || strings.HasPrefix(fn.Name(), "Listen"):
		return onAddress
	}
	return noListener
}

// namesUnix reports whether one of the arguments names a network of Unix domain sockets
// (https://pkg.go.dev/net#Listen).
func namesUnix(args []ssa.Value) bool {
	return slices.ContainsFunc(args, func(arg ssa.Value) bool {
		network, ok := ssax.Text(arg)
		return ok && (network == "unix" || network == "unixpacket")
	})
}

// seclude finds the functions that serve only where no browser gets to, and those
// that nothing else calls or hands on.
func (p *Package) seclude(listens map[string]*listening) {
	public := map[string]bool{}
	var spread func(name string)
	spread = func(name string) {
		if !public[name] {
			public[name] = true
			for _, caller := range p.callers[name] {
				spread(caller)
			}
		}
	}
	for name, l := range listens {
		if l.public {
			spread(name)
		}
	}
	for name, l := range listens {
		if l.local && l.serves && !public[name] {
			p.secluded[name] = true
		}
	}
	for more := len(p.secluded) > 0; more; {
		more = false
		for name := range p.byName {
			if !p.secluded[name] && p.onlySecludedCall(name) {
				p.secluded[name], more = true, true
			}
		}
	}
}

// onlySecludedCall reports whether a function is called, and by secluded ones alone.
func (p *Package) onlySecludedCall(name string) bool {
	callers, all := p.Callers(name)
	if outer := p.byName[name].Parent(); outer != nil {
		return p.secluded[p.source.Names.Of(outer)]
	}
	for _, caller := range callers {
		if !p.secluded[caller] {
			return false
		}
	}
	return all && len(callers) > 0
}
