package headers

import (
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

const (
	maxTexts = 8  // that a value may be before it counts as unknown
	maxDepth = 12 // of expressions
)

// fold returns the texts that a value can be, with unknownText for the parts
// that are not known. A list of one text is that text.
func (c *code) fold(v ssa.Value) []string {
	texts := c.foldAt(v, 0)
	slices.Sort(texts)
	texts = slices.Compact(texts)
	if len(texts) > maxTexts {
		return []string{unknownText}
	}
	return texts
}

func (c *code) foldAt(v ssa.Value, depth int) []string {
	if depth > maxDepth {
		return []string{unknownText}
	}
	depth++
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.String {
			return []string{constant.StringVal(v.Value)}
		}
	case *ssa.Convert:
		return c.foldAt(v.X, depth)
	case *ssa.ChangeType:
		return c.foldAt(v.X, depth)
	case *ssa.MakeInterface:
		return c.foldAt(v.X, depth)
	case *ssa.BinOp:
		if v.Op == token.ADD {
			return joined(c.foldAt(v.X, depth), c.foldAt(v.Y, depth))
		}
	case *ssa.Phi:
		var texts []string
		for _, edge := range v.Edges {
			if len(texts) > maxTexts {
				return []string{unknownText}
			}
			texts = append(texts, c.foldAt(edge, depth)...)
		}
		return texts
	case *ssa.Call:
		return c.foldCall(v, depth)
	case *ssa.Slice:
		if elements := c.elements(v); len(elements) == 1 {
			return c.foldAt(elements[0], depth)
		}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			if stored := c.stored(v.X); stored != nil {
				return c.foldAt(stored, depth)
			}
		}
	case *ssa.FreeVar:
		if bound := c.bound(v); bound != nil {
			return c.foldAt(bound, depth)
		}
	}
	return []string{unknownText}
}

// joined returns every text of the one list before every text of the other.
func joined(before, after []string) []string {
	var texts []string
	for _, a := range before {
		for _, b := range after {
			texts = append(texts, a+b)
		}
	}
	if len(texts) > maxTexts {
		return []string{unknownText}
	}
	return texts
}

// foldCall folds the functions by which programs put headers together.
func (c *code) foldCall(call *ssa.Call, depth int) []string {
	callee := call.Call.StaticCallee()
	if callee == nil {
		return []string{unknownText}
	}
	args := call.Call.Args
	switch callee.String() {
	case "fmt.Sprintf":
		return c.foldSprintf(args, depth)
	case "strings.Join":
		return c.foldJoin(args, depth)
	case "strings.TrimSpace", "strings.Clone":
		return c.foldAt(args[0], depth)
	case "strings.Replace", "strings.ReplaceAll":
		return c.foldReplace(args, depth)
	}
	return []string{unknownText}
}

func (c *code) foldSprintf(args []ssa.Value, depth int) []string {
	formats := c.foldAt(args[0], depth)
	if len(formats) != 1 {
		return []string{unknownText}
	}
	operands := c.elements(args[1])
	texts := []string{""}
	rest := formats[0]
	for {
		before, after, found := strings.Cut(rest, "%")
		texts = joined(texts, []string{before})
		if !found || after == "" {
			return texts
		}
		rest = after[1:]
		switch verb := after[0]; {
		case verb == '%':
			texts = joined(texts, []string{"%"})
		case (verb == 's' || verb == 'v') && len(operands) > 0:
			texts = joined(texts, c.foldAt(operands[0], depth))
			operands = operands[1:]
		default: // with flags or of a kind that headers are not made of
			return joined(texts, []string{unknownText})
		}
	}
}

func (c *code) foldJoin(args []ssa.Value, depth int) []string {
	separators := c.foldAt(args[1], depth)
	elements := c.elements(args[0])
	if len(separators) != 1 || elements == nil {
		return []string{unknownText}
	}
	texts := []string{""}
	for i, element := range elements {
		if i > 0 {
			texts = joined(texts, separators)
		}
		texts = joined(texts, c.foldAt(element, depth))
	}
	return texts
}

// foldReplace puts a value where a template has a mark for it.
func (c *code) foldReplace(args []ssa.Value, depth int) []string {
	templates, marks, values := c.foldAt(args[0], depth), c.foldAt(args[1], depth), c.foldAt(args[2], depth)
	if len(marks) != 1 || len(values) != 1 || marks[0] == "" {
		return []string{unknownText}
	}
	texts := make([]string, len(templates))
	for i, template := range templates {
		texts[i] = strings.ReplaceAll(template, marks[0], values[0])
	}
	return texts
}

// elements returns the elements of a slice that is written out where it is made,
// nil for others.
func (c *code) elements(v ssa.Value) []ssa.Value {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		if v = c.stored(load.X); v == nil {
			return nil
		}
	}
	if change, ok := v.(*ssa.ChangeType); ok {
		v = change.X
	}
	slice, ok := v.(*ssa.Slice)
	if !ok || slice.Low != nil || slice.High != nil {
		return nil
	}
	array, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	byIndex := map[int64]ssa.Value{}
	for _, use := range *array.Referrers() {
		at, ok := use.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		index, ok := at.Index.(*ssa.Const)
		if !ok {
			return nil
		}
		if stored := onlyStore(at); stored != nil {
			byIndex[index.Int64()] = stored
		}
	}
	elements := make([]ssa.Value, len(byIndex))
	for i := range elements {
		if elements[i] = byIndex[int64(i)]; elements[i] == nil {
			return nil
		}
	}
	return elements
}

// stored returns the only value that is ever stored at an address: a local
// variable, a captured one, or a package variable. It is nil if there are
// several, or none is known.
func (c *code) stored(address ssa.Value) ssa.Value {
	switch address := address.(type) {
	case *ssa.Global:
		return c.globals()[address]
	case *ssa.FreeVar:
		if bound := c.bound(address); bound != nil {
			return c.stored(bound)
		}
	case *ssa.Alloc:
		return onlyStore(address)
	}
	return nil
}

// onlyStore returns the value of the only store to a variable that is otherwise
// read, or captured by closures that do not store to it.
func onlyStore(address ssa.Value) ssa.Value {
	var value ssa.Value
	for _, use := range *address.Referrers() {
		switch use := use.(type) {
		case *ssa.Store:
			if use.Addr != address || value != nil {
				return nil
			}
			value = use.Val
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.MakeClosure:
			if storesTo(use, address) {
				return nil
			}
		default:
			return nil
		}
	}
	return value
}

// storesTo reports whether a closure stores to a variable that it captures.
func storesTo(closure *ssa.MakeClosure, variable ssa.Value) bool {
	fn := closure.Fn.(*ssa.Function)
	for i, binding := range closure.Bindings {
		if binding != variable {
			continue
		}
		for _, use := range *fn.FreeVars[i].Referrers() {
			switch use := use.(type) {
			case *ssa.UnOp, *ssa.DebugRef:
			case *ssa.MakeClosure:
				if storesTo(use, fn.FreeVars[i]) {
					return true
				}
			default:
				return true
			}
		}
	}
	return false
}

// bound returns what a closure, made in one place, captures as a variable.
func (c *code) bound(v *ssa.FreeVar) ssa.Value {
	fn := v.Parent()
	i := slices.Index(fn.FreeVars, v)
	closures := c.closures()[fn]
	if i < 0 || len(closures) != 1 || i >= len(closures[0].Bindings) {
		return nil
	}
	return closures[0].Bindings[i]
}

// parameterOf returns the parameter, of the function itself or of one around it,
// that a value is; nil if it is none.
func (c *code) parameterOf(v ssa.Value) *ssa.Parameter {
	for range maxDepth {
		switch at := v.(type) {
		case *ssa.Parameter:
			return at
		case *ssa.Convert:
			v = at.X
		case *ssa.ChangeType:
			v = at.X
		case *ssa.FreeVar:
			v = c.bound(at)
		case *ssa.UnOp:
			if at.Op != token.MUL {
				return nil
			}
			v = c.stored(at.X)
		case *ssa.Slice:
			elements := c.elements(at)
			if len(elements) != 1 {
				return nil
			}
			v = elements[0]
		default:
			return nil
		}
	}
	return nil
}

// A pair is an entry of a table of headers.
type pair struct {
	name, value string
	pos         token.Pos
}

// ranged returns the entries of the map, written out where it is made, whose
// keys and values a loop hands to an assignment:
//
//	for name, value := range headers { w.Header().Set(name, value) }
func (c *code) ranged(name, value ssa.Value) []pair {
	key, ok := name.(*ssa.Extract)
	if !ok || key.Index != 1 {
		return nil
	}
	next, ok := key.Tuple.(*ssa.Next)
	if entry, isEntry := value.(*ssa.Extract); !ok || isEntry && (entry.Tuple != key.Tuple || entry.Index != 2) {
		return nil
	}
	loop, ok := next.Iter.(*ssa.Range)
	if !ok {
		return nil
	}
	table := loop.X
	if load, ok := table.(*ssa.UnOp); ok && load.Op == token.MUL {
		table = c.stored(load.X)
	}
	made, ok := table.(*ssa.MakeMap)
	if !ok {
		return nil
	}
	var pairs []pair
	for _, use := range *made.Referrers() {
		update, ok := use.(*ssa.MapUpdate)
		if !ok {
			continue
		}
		for _, name := range c.fold(update.Key) {
			for _, value := range c.fold(update.Value) {
				pairs = append(pairs, pair{name, value, update.Pos()})
			}
		}
	}
	return pairs
}
