package protection

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
)

// beginning returns the text with which paths begin that a predicate exempts, if it
// is about nothing else; "" otherwise.
func beginning(fn *ssa.Function) string {
	values := verdicts(fn)
	if len(values) != 1 || len(fn.Blocks) != 1 {
		return ""
	}
	return prefix(values[0])
}

// prefixBefore returns the text with which paths begin for which alone a block is
// run; "" where there is another condition.
func prefixBefore(b *ssa.BasicBlock) string {
	if len(b.Preds) != 1 || b.Preds[0] != b.Parent().Blocks[0] {
		return ""
	}
	instrs := b.Preds[0].Instrs
	branch, ok := instrs[len(instrs)-1].(*ssa.If)
	if !ok || b.Preds[0].Succs[0] != b {
		return ""
	}
	return prefix(branch.Cond)
}

// prefix returns the text that a value asks the path of a request to begin with.
func prefix(v ssa.Value) string {
	call, ok := v.(*ssa.Call)
	if !ok || ssax.CalleeName(&call.Call) != "strings.HasPrefix" || !isPath(call.Call.Args[0]) {
		return ""
	}
	text, _ := ssax.Text(call.Call.Args[1])
	return text
}

// isPath reports whether a value is the path of a request.
func isPath(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.UnOp:
		field, ok := v.X.(*ssa.FieldAddr)
		return ok && ssax.FieldName(field) == "net/url.URL.Path"
	case *ssa.Call:
		// Of what the models know as a part of the request: echo's Context.Path, say,
		// is the pattern of the route.
		name := ssax.CalleeName(&v.Call)
		return strings.HasSuffix(name, ").Path") && model.Builtin().Find("request.get", name) != nil
	}
	return false
}
