package effect

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// arguments returns the arguments of a call, the receiver of a method first.
func arguments(common *ssa.CallCommon) []ssa.Value {
	if common.IsInvoke() {
		return append([]ssa.Value{common.Value}, common.Args...)
	}
	return common.Args
}

// byItself returns the effect of a library function whatever it is called with.
// The function may be nil.
func (r *Result) byItself(s *spec, name string, fn *types.Func) []Change {
	if s.reads || s.request >= 0 {
		return nil
	}
	c := Change{Kind: s.kind, Call: short(shortName(name), maxCall), Strong: s.strong, Minor: s.minor}
	if fn == nil {
		return []Change{c}
	}
	shift := 0
	if fn.Signature().Recv() != nil {
		shift = 1
	}
	for i := range fn.Signature().Params().Len() {
		if s.takes(i+shift) && !isContext(fn.Signature().Params().At(i).Type()) {
			c.From |= source(i + shift)
		}
	}
	return []Change{c}
}

// classify returns what a call of a function with an effect changes.
func (r *Result) classify(n *node, instr ssa.CallInstruction, common *ssa.CallCommon, target *callee) (Change, bool) {
	s := target.effect
	args := arguments(common)
	c := Change{Kind: s.kind, Call: shortName(target.name), Strong: s.strong, Minor: s.minor}
	t := r.trace(n, s.valuesOf(args)...)
	if s.chain && len(args) > 0 {
		t.from |= r.traceChain(n, args[0])
	}
	c.From = t.from
	if c.Minor == "" && t.origin == "temporary file" {
		c.Minor = t.origin
	}
	if c.Minor == "" && c.Kind == Files && t.cached {
		c.Minor = "cache"
	}
	if !r.decide(n, instr.Block(), s, args, &c) {
		return c, false
	}
	if c.Minor == "" {
		c.Minor = r.minorArguments(n, s, args, c.Strong)
	}
	if c.Minor == "" && !c.Strong && c.From == 0 && discardsError(instr, common) {
		c.Minor = "result ignored"
	}
	return c, true
}

// takes reports whether the value of an argument counts.
func (s *spec) takes(i int) bool {
	return slices.Contains(s.values, i) || s.valueFrom >= 0 && i >= s.valueFrom
}

// valuesOf returns the arguments whose values count.
func (s *spec) valuesOf(args []ssa.Value) []ssa.Value {
	var values []ssa.Value
	for i, arg := range args {
		if _, isFunc := arg.Type().Underlying().(*types.Signature); isFunc {
			continue
		}
		if s.takes(i) {
			values = append(values, arg)
		}
	}
	return values
}

// traceChain traces the arguments of the calls that built a receiver:
// db.Where("id = ?", id).Delete(&User{}).
func (r *Result) traceChain(n *node, receiver ssa.Value) Sources {
	var from Sources
	for range 12 {
		built, ok := single(receiver).(*ssa.Call)
		if !ok {
			return from
		}
		args := arguments(&built.Call)
		if len(args) == 0 {
			return from
		}
		from |= r.trace(n, args[1:]...).from
		receiver = args[0]
	}
	return from
}

// decide looks at the argument that says what the call does, and reports
// whether it changes anything.
func (r *Result) decide(n *node, block *ssa.BasicBlock, s *spec, args []ssa.Value, c *Change) bool {
	pick := func(i int) ssa.Value {
		if i >= 0 && i < len(args) {
			return args[i]
		}
		return nil
	}
	switch {
	case s.kind == Memory && s.target >= 0:
		root, name, ok := r.root(n, pick(s.target))
		if !ok || root == rootLocal {
			return false
		}
		c.Root, c.Call = root, name
		if c.Minor == "" {
			c.Minor = keptThing(name)
		}
	case s.flags >= 0:
		return writes(pick(s.flags))
	case s.code >= 0:
		if code, ok := pick(s.code).(*ssa.Const); ok && code.Int64() != 0 && c.Minor == "" && afterError(block) {
			c.Minor = "failure"
		}
	case s.signal >= 0:
		return !isZero(pick(s.signal))
	case s.process >= 0:
		r.decideProcess(n, pick(s.process), c)
	case s.sql >= 0 && s.reads:
		return r.decideText(n, Query, pick(s.sql), c)
	case s.sql >= 0:
		return r.decideText(n, SQL, pick(s.sql), c)
	case s.command >= 0:
		return r.decideText(n, Command, pick(s.command), c)
	case s.request >= 0:
		return r.decideText(n, Method, pick(s.request), c)
	}
	if expiry := pick(s.expiry); expiry != nil && c.Minor == "" && !isZero(expiry) {
		c.Minor = "expiry"
	}
	return true
}

// afterError reports whether a block runs only where an error was found.
func afterError(b *ssa.BasicBlock) bool {
	for range maxDominators {
		up := b.Idom()
		if up == nil {
			return false
		}
		if branch, ok := up.Instrs[len(up.Instrs)-1].(*ssa.If); ok && len(up.Succs[0].Preds) == 1 && up.Succs[0].Dominates(b) {
			cond, ok := branch.Cond.(*ssa.BinOp)
			if ok && cond.Op == token.NEQ && isZero(cond.Y) && isError(cond.X.Type()) {
				return true
			}
		}
		b = up
	}
	return false
}

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// decideText decides by a text that is known, or that a parameter brings.
func (r *Result) decideText(n *node, kind Text, v ssa.Value, c *Change) bool {
	if v == nil {
		return kind == SQL || kind == Command
	}
	text, param := r.text(n, v, 0)
	if param >= 0 {
		c.Text, c.TextParam = kind, param
		return true
	}
	return r.read(kind, text, c)
}

// read completes a change by its text, "" if that is not known, and reports
// whether it is one.
func (r *Result) read(kind Text, text string, c *Change) bool {
	if text == "" || text[0] == unknownMark {
		return kind == SQL || kind == Command
	}
	switch kind {
	case SQL, Query:
		s := parseSQL(text)
		if !s.changes {
			return false
		}
		c.Call = c.Call + " " + s.phrase
		c.Strong = c.Strong || s.strong
		if c.Minor == "" {
			c.Minor = s.minor
		}
	case Command:
		name := strings.ToUpper(text)
		is := r.library.commands[name]
		if is == "reads" {
			return false
		}
		c.Call = c.Call + " " + name
		c.Strong = c.Strong || is == "strong"
		if c.Minor == "" && is != "strong" {
			c.Minor = strings.ReplaceAll(is, "-", " ")
		}
	case Method:
		name := strings.ToUpper(text)
		switch name {
		case "GET", "HEAD", "OPTIONS", "TRACE":
			return false
		}
		c.Call = c.Call + " " + name
		c.Strong = c.Strong || name == "DELETE"
	}
	return true
}

// unknownMark stands in texts for parts that are not known.
const unknownMark = '?'

// maxTextDepth bounds how far a text is followed.
const maxTextDepth = 8

// text returns the text that a value is, with marks for what is not known, or
// the parameter that brings it, else -1.
func (r *Result) text(n *node, v ssa.Value, depth int) (string, int) {
	if depth > maxTextDepth {
		return "", -1
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.String {
			return constant.StringVal(v.Value), -1
		}
	case *ssa.Parameter:
		return "", n.index(v)
	case *ssa.BinOp:
		if v.Op == token.ADD {
			left, param := r.text(n, v.X, depth+1)
			right, _ := r.text(n, v.Y, depth+1)
			if left == "" {
				return "", param
			}
			return left + orUnknown(right), -1
		}
	case *ssa.Phi:
		for _, edge := range v.Edges {
			if text, param := r.text(n, edge, depth+1); text != "" || param >= 0 {
				return text, param
			}
		}
	case *ssa.UnOp:
		return r.loadedText(n, v, depth)
	case *ssa.MakeInterface:
		return r.text(n, v.X, depth+1)
	case *ssa.Convert:
		return r.text(n, v.X, depth+1)
	case *ssa.ChangeType:
		return r.text(n, v.X, depth+1)
	case *ssa.Extract:
		return r.text(n, v.Tuple, depth+1)
	case *ssa.Slice:
		if first := elements([]ssa.Value{v}); len(first) > 0 { // of a variadic argument
			return r.text(n, first[0], depth+1)
		}
		return r.text(n, v.X, depth+1)
	case *ssa.Call:
		return r.builtText(n, v, depth)
	}
	return "", -1
}

func orUnknown(text string) string {
	if text == "" {
		return string(unknownMark)
	}
	return text
}

// loadedText reads a variable: a local one that is set once, or one of the
// package that the initializer sets.
func (r *Result) loadedText(n *node, load *ssa.UnOp, depth int) (string, int) {
	if stored := storedOnce(load); stored != nil {
		return r.text(n, stored, depth+1)
	}
	if g, ok := load.X.(*ssa.Global); ok {
		if init := r.inits[g]; init != nil {
			return r.text(n, init, depth+1)
		}
	}
	return "", -1
}

// builtText reads what a call makes of a text: the functions of rows, and those
// that take one text and return one.
func (r *Result) builtText(n *node, call *ssa.Call, depth int) (string, int) {
	args := arguments(&call.Call)
	if target := r.calleeOf(n, &call.Call); target != nil && target.text >= 0 && target.text < len(args) {
		return r.text(n, args[target.text], depth+1)
	}
	var only ssa.Value
	for _, arg := range args {
		if basic, ok := arg.Type().Underlying().(*types.Basic); ok && basic.Kind() == types.String {
			if only != nil {
				return "", -1
			}
			only = arg
		}
	}
	if only == nil {
		return "", -1
	}
	return r.text(n, only, depth+1)
}

// writes reports whether flags of os.OpenFile, if they are known, open a file
// for writing: O_WRONLY is 1 and O_RDWR 2 on every system that Go runs on
// (syscall/zerrors_*.go, syscall/types_windows.go, syscall/const_plan9.go).
func writes(flags ssa.Value) bool {
	c, ok := flags.(*ssa.Const)
	return ok && c.Value != nil && c.Int64()&3 != 0
}

// isZero reports whether v is the constant 0 or nil, behind conversions.
func isZero(v ssa.Value) bool {
	c, ok := single(v).(*ssa.Const)
	if !ok {
		return false
	}
	if c.Value == nil {
		return true
	}
	i, exact := constant.Int64Val(constant.ToInt(c.Value))
	return exact && i == 0 && c.Value.Kind() == constant.Int
}

// discardsError reports whether a call returns an error that nobody looks at.
func discardsError(instr ssa.CallInstruction, common *ssa.CallCommon) bool {
	call, ok := instr.(*ssa.Call)
	if !ok || len(*call.Referrers()) > 0 {
		return false
	}
	results := common.Signature().Results()
	return results.Len() > 0 && isError(results.At(results.Len()-1).Type())
}

// minorArguments says why what a call stores is bookkeeping: by the names of
// the columns and types, and what is written there.
func (r *Result) minorArguments(n *node, s *spec, args []ssa.Value, strong bool) string {
	if s.column >= 0 && s.column < len(args) {
		if text, _ := r.text(n, args[s.column], 0); text != "" {
			if minor := writtenColumn(text); minor != "" {
				return minor
			}
		}
	}
	if s.written >= 0 && s.written < len(args) {
		if minor := r.minorWritten(n, args[s.written]); minor != "" {
			return minor
		}
	}
	if s.kind != Database && s.kind != Store {
		return ""
	}
	for _, arg := range args {
		if minor := storedType(arg, strong); minor != "" {
			return minor
		}
	}
	if s.kind == Store && len(args) > 0 {
		return r.minorKey(n, s.valuesOf(args), strong)
	}
	if len(args) > 0 {
		return r.minorChain(n, args[0], strong)
	}
	return ""
}

// minorKey says why what is stored under a key is bookkeeping, by the words of
// the key's constant part.
func (r *Result) minorKey(n *node, values []ssa.Value, strong bool) string {
	for _, v := range values {
		text, _ := r.text(n, v, 0)
		if text == "" {
			continue
		}
		for _, word := range words(text) {
			if minor := storedThing(word, strong); minor != "" {
				return minor
			}
		}
		return ""
	}
	return ""
}

// minorChain looks at the models and tables that the calls of a chain name.
func (r *Result) minorChain(n *node, receiver ssa.Value, strong bool) string {
	for range 12 {
		built, ok := single(receiver).(*ssa.Call)
		if !ok {
			return ""
		}
		args := arguments(&built.Call)
		if len(args) == 0 {
			return ""
		}
		for _, arg := range args[1:] {
			if minor := storedType(arg, strong); minor != "" {
				return minor
			}
		}
		if target := r.calleeOf(n, &built.Call); target != nil && target.table >= 0 && target.table < len(args) {
			text, _ := r.text(n, args[target.table], 0)
			return storedThing(text, strong)
		}
		receiver = args[0]
	}
	return ""
}

// storedType says why a record is bookkeeping, by the name of its type.
func storedType(v ssa.Value, strong bool) string {
	made, ok := v.(*ssa.MakeInterface)
	if !ok {
		return ""
	}
	name := typeName(made.X.Type())
	return storedThing(name[strings.LastIndexByte(name, '.')+1:], strong)
}

// minorWritten says why a written value is bookkeeping: the time that it is, an
// increment, or a map all of whose keys are.
func (r *Result) minorWritten(n *node, v ssa.Value) string {
	value := single(v)
	if made, ok := value.(*ssa.MakeMap); ok {
		return r.minorMap(n, made)
	}
	if call, ok := value.(*ssa.Call); ok {
		if text, _ := r.builtText(n, call, 0); isIncrement(text) && r.trace(n, call.Call.Args...).from == 0 {
			return "counter"
		}
	}
	if t := r.trace(n, v); t.from == 0 && t.origin == "time" {
		return "last seen"
	}
	return ""
}

// isIncrement understands expressions such as "views + ?".
func isIncrement(text string) bool {
	list := sqlWords(text)
	return len(list) == 3 && (list[1] == "+" || list[1] == "-") && isWord(list[0])
}

func (r *Result) minorMap(n *node, made *ssa.MakeMap) string {
	minor := ""
	for _, ref := range *made.Referrers() {
		update, ok := ref.(*ssa.MapUpdate)
		if !ok || update.Map != made {
			continue
		}
		key, _ := r.text(n, update.Key, 0)
		one := writtenColumn(key)
		switch key {
		case "$inc":
			one = "counter"
		case "$set", "$setOnInsert", "$currentDate":
			one = r.minorWritten(n, update.Value)
		}
		if one == "" {
			one = r.minorWritten(n, update.Value)
		}
		if one == "" {
			return ""
		}
		minor = one
	}
	return minor
}

// pairTemporaryFiles marks what a function writes and removes again when it is
// left.
func (n *node) pairTemporaryFiles() {
	for _, s := range n.sites {
		removal, ok := s.instr.(*ssa.Defer)
		if !ok || s.change.Kind != Files || len(removal.Call.Args) == 0 {
			continue
		}
		for i := range n.sites {
			other := &n.sites[i].change
			call, ok := n.sites[i].instr.(ssa.CallInstruction)
			if ok && other.Kind == Files && len(call.Common().Args) > 0 && samePlace(call.Common().Args[0], removal.Call.Args[0]) {
				other.Minor = "temporary file"
			}
		}
	}
}
