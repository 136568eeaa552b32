package flow

import (
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
)

// A Question is what a replay is about. Calls of functions that can come to it
// are followed whatever their arguments.
type Question uint8

// The questions.
const (
	Opens     Question = iota // what lets other sites in: headers, configurations, upgrades
	Registers                 // which handlers are served, and under what
	Changes                   // what a request changes
	Decodes                   // the same, and what is decoded of its body
	questions
)

// About returns the package as a replay for that question sees it.
func (p *Package) About(q Question) *Package {
	if q == Opens {
		return p
	}
	view := *p
	view.question, view.acting = q, nil
	view.Engine = &Engine{Code: &view, Table: p.Engine.Table, Home: p.Engine.Home, Fills: p.fills, steps: p.Engine.steps}
	view.Engine.EveryRoute = q == Registers
	if q == Changes || q == Decodes {
		view.Engine.Watch = view.changes
	}
	return &view
}

// matters returns the questions that an instruction is about by itself, but for what
// it changes: that is known of functions.
func (p *Package) matters(in *interest, instr ssa.Instruction) (about [questions]bool) {
	about[Opens] = in.in(instr)
	if call, ok := instr.(ssa.CallInstruction); ok {
		about[Registers] = call.Common().StaticCallee() == nil && in.handsRouter(call.Common())
	}
	if field, ok := instr.(*ssa.FieldAddr); ok {
		about[Registers] = in.servesField(field)
	}
	if fn := calledObject(instr); fn != nil {
		about[Registers] = about[Registers] || in.registers(fn)
		about[Opens] = about[Opens] || in.mounts(fn)
		about[Decodes] = in.decodes(fn)
	}
	return about
}

// spread marks the callers of the functions in direct, and theirs.
func (p *Package) spread(q Question, direct map[string]bool) {
	reached := p.touching[q]
	work := slices.Sorted(maps.Keys(direct))
	for len(work) > 0 {
		name := work[len(work)-1]
		work = work[:len(work)-1]
		if reached[name] || p.secluded[name] {
			continue
		}
		reached[name] = true
		work = append(work, p.callers[name]...)
	}
}

// changes reports whether a call of that function changes something.
func (p *Package) changes(name string) bool { return len(p.effects.Of(name)) > 0 }

// registersHandlers reports whether a row is of a function that registers.
func registersHandlers(row *model.Row) bool {
	return row.Role == "route" || row.Role == "route.group" || row.Role == "route.use" || row.Role == "server.handler" && row.Arg("handler") != ""
}
