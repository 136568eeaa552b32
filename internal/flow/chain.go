package flow

import (
	"slices"

	"github.com/soplint/soplint/internal/ir"
)

// A Passage says whether a request gets past a step, to the handler behind it.
type Passage struct {
	Passes   bool
	Lacks    []Decider // the settings on which that depends, where they decide whether it is checked
	Literals []string  // constants that the step compared the request with
	Hosts    []string  // the same of its Host
	Typed    bool      // the step asked for the request's Content-Type
	Origin   *Value    // what the step put in place of the request's Origin, as for Event
	Unpaid   bool      // a replay was cut short since nothing is left of the budget: whether the request passes is not known
}

// Pass sends a request to a step. Where the step's code is not known, or a replay
// of it reaches a bound, the request is taken to pass.
//
// A step is a function that makes a handler of the one behind it, or one that
// runs before it: then what comes next runs when the step says so, or, with some
// routers, when it returns and has not aborted.
func (e *Engine) Pass(step *Step, request *Request) Passage {
	fn := e.Code.Func(step.Name)
	if fn == nil || len(fn.Blocks) == 0 {
		return Passage{Passes: true}
	}
	root := step.Root(fn)
	implicit := e.giveNext(fn, &root)
	run := e.Replay(root, request)
	p := Passage{Passes: run.getsPast(implicit) || run.Exhausted && !e.heldRefuse(step, request), Lacks: run.Loopholes(getsPast(implicit), Strength{Regardless: true}), Literals: run.Literals, Hosts: run.Hosts, Typed: run.Typed, Origin: run.passesOn(), Unpaid: run.Unpaid}
	if !p.Passes && slices.ContainsFunc(fn.Results, func(t int32) bool { return isHandler(fn.TypeOf(t)) }) {
		e.passMade(run, request, &p)
	}
	return p
}

// heldRefuse reports whether one of the wrappers that a step holds refuses the request
// by itself: for those that are too much to look at together.
func (e *Engine) heldRefuse(step *Step, request *Request) bool {
	return slices.ContainsFunc(step.Held, func(held Closure) bool {
		return e.steers(e.Code.Func(held.Name)) && !e.Pass(&Step{Closure: held}, request).Passes
	})
}

// giveNext gives a step the handler that comes next, and reports whether it
// comes next without being called.
func (e *Engine) giveNext(fn *ir.Func, root *Root) (implicit bool) {
	root.Args = slices.Clone(root.Args)
	for i, p := range fn.Params {
		t := fn.TypeOf(p.Type)
		implicit = implicit || e.Table.Find("route.implicit", t.Name) != nil
		if i >= len(root.Args) {
			root.Args = append(root.Args, nil)
		}
		if root.Args[i] == nil && isHandler(t) {
			root.Args[i] = &Value{Kind: Function, Text: nextHandler, Dynamic: handlerFunc}
		}
	}
	return implicit
}

// passMade sends the request to the handlers that a step has made.
func (e *Engine) passMade(run *Run, request *Request, p *Passage) {
	p.Passes = len(run.Closures) == 0 // what it made is not known
	for i := range run.Closures {
		made := &run.Closures[i]
		inner := e.Replay(made.Root(e.Code.Func(made.Name)), request)
		p.Passes = p.Passes || inner.Exhausted || inner.getsPast(false)
		p.Lacks = append(p.Lacks, inner.Loopholes(getsPast(false), Strength{Regardless: true})...)
		p.Literals = append(p.Literals, inner.Literals...)
		p.Hosts = append(p.Hosts, inner.Hosts...)
		p.Typed = p.Typed || inner.Typed
		if len(run.Closures) == 1 { // else each handler has its own
			p.Origin = inner.passesOn()
		}
		p.Unpaid = p.Unpaid || inner.Unpaid
	}
}

// isHandler reports whether a type is one that handlers have.
func isHandler(t ir.Type) bool { return t.Kind == ir.Function || t.Name == "net/http.Handler" }

// getsPast reports whether the attacker gets to the handler behind a step.
func (r *Run) getsPast(implicit bool) bool {
	return r.Reaches(getsPast(implicit), Strength{Regardless: true})
}

// getsPast is the goal of getting to the handler behind a step.
func getsPast(implicit bool) func(*Event) bool {
	return func(e *Event) bool {
		switch e.Kind {
		case Next:
			return true
		case Returned:
			handsBack := slices.ContainsFunc(e.Args, func(v *Value) bool { return v.Text == nextHandler })
			return handsBack || implicit && !e.Aborted
		}
		return false
	}
}

// passesOn returns what the handler behind a step finds in place of the request's
// Origin, nil if on some way that is still there.
func (r *Run) passesOn() *Value {
	var first *Event
	for _, e := range r.Events {
		if e.Kind != Next {
			continue
		}
		if first != nil && !e.SameOrigin(first) {
			return nil
		}
		first = e
	}
	if first == nil {
		return nil
	}
	return first.Origin
}
