package flow

import "github.com/soplint/soplint/internal/ir"

// A budget bounds replays: the nodes that they make and the instructions that they
// run.
type budget struct{ nodes, steps int }

func (b budget) plus(c budget) budget  { return budget{b.nodes + c.nodes, b.steps + c.steps} }
func (b budget) minus(c budget) budget { return budget{b.nodes - c.nodes, b.steps - c.steps} }
func (b budget) over(n int) budget     { return budget{b.nodes / n, b.steps / n} }
func (b budget) atMost(c budget) budget {
	return budget{max(0, min(b.nodes, c.nodes)), max(0, min(b.steps, c.steps))}
}

// left is what may still be spent, in the part of the budget that is open now.
func (e *Engine) left() budget {
	if e.limit == nil {
		return whole.minus(e.spent)
	}
	return e.limit.minus(e.spent)
}

var whole = budget{maxSpent, maxRun}

// Share does n things, each with a part of what is left of the budget, so that none
// uses up what the others need. One half is divided; out of the other one takes who
// comes first, and into that goes what others leave.
func (e *Engine) Share(n int, each func(i int)) {
	if n == 0 {
		return
	}
	outer := e.limit
	half := e.left().over(2)
	part, pool := half.over(n), e.left().minus(half)
	for i := range n {
		before := e.spent
		limit := before.plus(part).plus(pool)
		e.limit = &limit
		each(i)
		pool = limit.minus(e.spent).atMost(limit)
	}
	e.limit = outer
}

// undivided does something for which nobody's part of the budget is used up in
// particular: what it finds out serves all.
func (e *Engine) undivided(do func()) {
	outer := e.limit
	e.limit = nil
	do()
	e.limit = outer
}

// allow says what one replay may spend. One that follows everything leaves as much
// for one that does not; if it has failed at that before, it tries less.
func (e *Engine) allow(root Root, coarse bool) budget {
	most, left := budget{maxCost, maxSteps}, e.left()
	if !coarse {
		left = left.over(2)
		if e.costly[root.Func] {
			most = most.over(costlyPart)
		}
	}
	return most.atMost(left)
}

func (e *Engine) noteCostly(root Root) {
	if e.costly == nil {
		e.costly = map[*ir.Func]bool{}
	}
	e.costly[root.Func] = true
}

// costlyPart is the part of the bounds that is tried on a root for which the whole
// was not enough.
const costlyPart = 10
