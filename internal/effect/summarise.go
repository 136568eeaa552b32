package effect

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

const (
	maxEffects = 4 // kept of a function
	maxOpen    = 4 // calls of interface methods kept of a function
	maxPath    = 6
	maxRuns    = 8 // of one function: recursion that goes on changing is cut off there
)

// summarise computes the summaries of all functions: each after those that it
// calls where that is possible, and again when one of those changed.
func (r *Result) summarise(nodes []*node) {
	queued := map[*node]bool{}
	work := make([]*node, 0, len(nodes))
	for _, n := range nodes {
		if len(n.sites) > 0 || len(n.calls) > 0 || n.Invokes != 0 {
			work = append(work, n)
			queued[n] = true
		}
	}
	for len(work) > 0 {
		n := work[0]
		work = work[1:]
		queued[n] = false
		if n.runs++; n.runs > maxRuns || !r.update(n) {
			continue
		}
		for _, caller := range n.callers {
			if !queued[caller] {
				queued[caller] = true
				work = append(work, caller)
			}
		}
	}
}

// update summarises one function, and reports whether its summary changed.
func (r *Result) update(n *node) bool {
	does := Function{Changes: r.gathered[:0], Invokes: n.Invokes}
	for _, s := range n.sites {
		does.Changes = append(does.Changes, s.change)
	}
	for i := range n.calls {
		r.lift(n, &n.calls[i], &does)
	}
	r.gathered = does.Changes
	n.Passing = markPassing(does.Changes)
	changes := r.strongest(does.Changes)
	if does.Invokes == n.Invokes && slices.EqualFunc(changes, n.Changes, sameChange) {
		return false
	}
	n.Changes, n.Invokes = slices.Clone(changes), does.Invokes
	return true
}

// lift adds to f what a call does, as seen from the function that makes it.
func (r *Result) lift(n *node, c *call, f *Function) {
	for _, change := range c.callee.Changes {
		if lifted, ok := r.liftChange(n, c, change); ok {
			f.Changes = append(f.Changes, lifted)
		}
	}
	r.liftInvoked(n, c, f, 0)
}

// maxInvoked bounds how deep functions that are handed over hand on others.
const maxInvoked = 3

// liftInvoked adds what the functions do that a call hands to its callee, and
// that the callee calls.
func (r *Result) liftInvoked(n *node, c *call, f *Function, depth int) {
	for i := 0; i < firstHeld && c.callee.Invokes>>i != 0; i++ {
		if c.callee.Invokes&source(i) != 0 {
			r.liftGiven(n, c, i, f, depth)
		}
	}
}

func (r *Result) liftGiven(n *node, c *call, i int, f *Function, depth int) {
	v := c.value(i)
	if v == nil {
		return
	}
	if alloc, ok := v.(*ssa.Alloc); ok && i >= firstFree {
		v = onlyStore(alloc)
	}
	if v == nil {
		return
	}
	given, bound := r.functionOf(n, v)
	if given == nil {
		f.Invokes |= n.given(single(v))
		return
	}
	inner := call{instr: c.instr, callee: given, args: bound.args, free: bound.free, background: c.background, deferred: c.deferred, minor: c.minor}
	for _, change := range given.Changes {
		if lifted, ok := r.liftChange(n, &inner, change); ok {
			lifted.Path = prefix(c.name, lifted.Path)
			f.Changes = append(f.Changes, lifted)
		}
	}
	if depth < maxInvoked {
		r.liftInvoked(n, &inner, f, depth+1)
	}
}

// value returns what a call gives the callee as source i, nil if that is not
// known.
func (c *call) value(i int) ssa.Value {
	if i < firstFree {
		if i < len(c.args) {
			return c.args[i]
		}
		return nil
	}
	if i -= firstFree; i < len(c.free) {
		return c.free[i]
	}
	return nil
}

// logs reports whether the callee writes lines of a log.
func (c *call) logs() bool {
	instr, ok := c.instr.(ssa.CallInstruction)
	return ok && writesLines(instr.Common().Signature())
}

// liftChange turns a change of the callee into one of the caller, if it is one.
func (r *Result) liftChange(n *node, c *call, change Change) (Change, bool) {
	change.From = r.liftSources(n, c, change.From)
	if change.Fed && change.From == 0 && c.callee.Changes != nil && change.Text == NoText {
		change.Fed = false
	}
	change.Path = prefix(c.name, change.Path)
	if change.Open != "" && !r.liftHolder(n, c, &change) {
		return change, false
	}
	if change.Root != rootGlobal && !r.liftRoot(n, c, &change) {
		return change, false
	}
	if change.Text != NoText {
		v := c.value(change.TextParam)
		kind := change.Text
		change.Text, change.TextParam = NoText, 0
		if !r.decideText(n, kind, v, &change) {
			return change, false
		}
		change.Call = short(change.Call, maxCall)
	}
	if c.background {
		change = inBackground(change)
	}
	if c.deferred {
		change = whenLeaving(change)
	}
	if change.Minor == "" {
		change.Minor = c.minor
	}
	if change.Minor == "" && change.Open == "" {
		if change.Kind == Process && (isFailure(c.name) || c.logs()) {
			change.Minor = "failure"
		}
		if change.Minor == "" && !change.Strong && c.name != "" {
			change.Minor = r.deedOf(c.name)
		}
	}
	return change, true
}

// liftRoot finds what the place that a callee changes belongs to in the caller,
// and reports whether others see it.
func (r *Result) liftRoot(n *node, c *call, change *Change) bool {
	i := int(change.Root) - 1
	held := i >= firstHeld
	if held {
		i -= firstHeld - firstFree
	}
	v := c.value(i)
	if v == nil {
		return false
	}
	w := rootWalk{home: r.home, node: n}
	switch alloc, isAlloc := v.(*ssa.Alloc); {
	case isAlloc && held:
		change.Root = w.held(alloc)
	case isAlloc:
		return false
	case held:
		w.loads = 1
		change.Root = w.walk(v)
	default:
		change.Root = w.walk(v)
	}
	return change.Root != rootLocal
}

// liftSources turns sources of the callee into those of the caller.
func (r *Result) liftSources(n *node, c *call, from Sources) Sources {
	if from == 0 {
		return 0
	}
	if c.sources == nil {
		c.sources = make([]Sources, len(c.args)+len(c.free))
		for i, arg := range c.args {
			c.sources[i] = r.trace(n, arg).from
		}
		for i, free := range c.free {
			c.sources[len(c.args)+i] = r.trace(n, free).from
		}
	}
	var lifted Sources
	for i := 0; i < firstHeld && from>>i != 0; i++ {
		if from&source(i) == 0 {
			continue
		}
		at := i
		if i >= firstFree {
			at = len(c.args) + i - firstFree
		} else if i >= len(c.args) {
			continue
		}
		if at < len(c.sources) {
			lifted |= c.sources[at]
		}
	}
	return lifted
}

func prefix(name string, path []string) []string {
	if name == "" {
		return path
	}
	path = path[:min(len(path), maxPath-1)]
	return append(append(make([]string, 0, len(path)+1), name), path...)
}

// strongest merges changes that are the same and returns those that are kept:
// what is strong, then what is no bookkeeping, then what is fed from outside;
// and the calls that are open. The next call writes over what it returns.
func (r *Result) strongest(changes []Change) []Change {
	if len(changes) < 2 {
		return changes // as it is: what came as a fact is read by others at the same time
	}
	changes = r.merge(changes)
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Kind, b.Kind), cmp.Compare(fed(a), fed(b)),
			cmp.Compare(len(a.Path), len(b.Path)), strings.Compare(a.Call, b.Call), slices.Compare(a.Path, b.Path),
			strings.Compare(a.Open, b.Open), strings.Compare(a.Field, b.Field), cmp.Compare(a.Holder, b.Holder))
	})
	kept, open := changes[:0], 0
	for _, c := range changes {
		if c.Open != "" {
			if open++; open <= maxOpen {
				kept = append(kept, c)
			}
		} else if len(kept) < maxEffects {
			kept = append(kept, c)
		}
	}
	return kept
}

func rank(c Change) int {
	switch strong := c.Strong || c.Fed && c.From != 0; {
	case c.Open != "":
		return 4
	case strong && c.Minor == "":
		return 0
	case c.Minor == "":
		return 1
	case strong:
		return 2
	}
	return 3
}

func fed(c Change) int {
	if c.From != 0 {
		return 0
	}
	return 1
}

// A look is what of a change is to be seen in reports, but for its path.
type look struct {
	call, minor, open string
	field             string
	kind              Kind
	root, holder      uint8
	text              Text
	param             int
}

// maxLooks is how many looks there may be for the room for them to be used again.
const maxLooks = 200

// merge makes one of the changes that look the same in reports, with the
// shortest path.
func (r *Result) merge(changes []Change) []Change {
	first, merged := r.looks, r.merged[:0]
	if len(first) > maxLooks {
		first = map[look]int{}
	}
	clear(first)
	r.looks = first
	for _, c := range changes {
		key := look{c.Call, c.Minor, c.Open, c.Field, c.Kind, c.Root, c.Holder, c.Text, c.TextParam}
		i, twice := first[key]
		if !twice {
			first[key] = len(merged)
			merged = append(merged, c)
			continue
		}
		old := &merged[i]
		old.From |= c.From
		old.Strong = old.Strong || c.Strong
		old.Fed = old.Fed || c.Fed
		old.Removes = old.Removes && c.Removes
		if len(c.Path) < len(old.Path) || len(c.Path) == len(old.Path) && slices.Compare(c.Path, old.Path) < 0 {
			old.Path = c.Path
		}
	}
	r.merged = merged
	return merged
}

func sameChange(a, b Change) bool {
	return a.Kind == b.Kind && a.Call == b.Call && a.Strong == b.Strong && a.Minor == b.Minor && a.From == b.From &&
		a.Root == b.Root && a.Text == b.Text && a.TextParam == b.TextParam && a.Fed == b.Fed && a.Removes == b.Removes && a.Sends == b.Sends && a.Open == b.Open &&
		a.Field == b.Field && a.Holder == b.Holder &&
		slices.Equal(a.Path, b.Path)
}

// visible turns changes into the effects that others are shown: without those
// that are the affair of callers, and those whose text nobody knows.
func (r *Result) visible(function string, changes []Change) []Effect {
	var effects []Effect
	for _, c := range r.strongest(changes) {
		if !isVisible(function, c) {
			continue
		}
		e := Effect{Kind: c.Kind, Call: c.Call, Path: c.Path, Strong: c.Strong || c.Fed && c.From != 0, Minor: c.Minor, In: -1}
		if c.Root != rootGlobal && c.Root <= firstFree {
			e.In = int(c.Root) - 1
		}
		for i := range firstFree {
			if c.From&source(i) != 0 {
				e.Params = append(e.Params, i)
			}
		}
		effects = append(effects, e)
	}
	return effects
}

func isVisible(function string, c Change) bool {
	return c.Open == "" && c.Text != Query && c.Text != Method && isShared(function, c.Root)
}

// anyVisible reports whether visible returns anything for changes, once they are
// resolved.
func (r *Result) anyVisible(function string, changes []Change) bool {
	visibles, hidden := 0, 0
	for _, c := range changes {
		if isVisible(function, c) {
			visibles++
		} else if c.Open == "" {
			hidden++
		}
	}
	if visibles == 0 && !slices.ContainsFunc(changes, func(c Change) bool { return c.Open != "" && r.leads(c.Open) }) {
		return false
	}
	// strongest may drop the visible ones
	return hidden < maxEffects || len(r.visible(function, r.resolve(changes, 0))) > 0
}

// isShared reports whether others see what a function changes there: through a
// package variable, its receiver or a captured variable.
func isShared(function string, root uint8) bool {
	switch i := int(root) - 1; {
	case root == rootGlobal, i >= firstFree:
		return true
	case i == 0:
		return strings.HasPrefix(function, "(") && !strings.Contains(function, "$")
	}
	return false
}
