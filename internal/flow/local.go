package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

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
		if isLocal(fn, call.Common().Args) {
			l.local = true
		} else {
			l.public = true
		}
	}
}

// A listener is what a function has to do with listening.
type listener uint8

const (
	noListener listener = iota
	onListener          // it serves on a listener that it is given
	onAddress           // it listens on an address
)

// listener returns what a function has to do with listening. Functions that listen are
// called Listen and something, in all libraries and in what programs put around them;
// some libraries begin to serve by other names.
func (in *interest) listener(fn *types.Func) listener {
	known, seen := in.listeners[fn]
	if seen {
		return known
	}
	row := in.table.Find("server.handler", ssax.FullName(fn.Origin()))
	switch name := fn.Name(); {
	case row != nil && row.Arg("proxied") == "true":
		known = onAddress
	case name == "Serve" || name == "ServeTLS" || name == "RunListener":
		known = onListener
	case row != nil || strings.HasPrefix(name, "Listen"):
		known = onAddress
	}
	in.listeners[fn] = known
	return known
}

// isLocal reports whether a function that listens does so where no browser gets to:
// the network is called unix (https://pkg.go.dev/net#Listen), or the function is for
// nothing else.
func isLocal(fn *types.Func, args []ssa.Value) bool {
	for _, arg := range args {
		if network, ok := ssax.Text(arg); ok && (network == "unix" || network == "unixpacket") {
			return true
		}
	}
	return strings.Contains(fn.Name(), "Unix") || strings.Contains(fn.Name(), "Pipe")
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
		return p.secluded[ssax.FuncName(outer)]
	}
	for _, caller := range callers {
		if !p.secluded[caller] {
			return false
		}
	}
	return all && len(callers) > 0
}
