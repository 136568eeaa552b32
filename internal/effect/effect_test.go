package effect_test

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/effect"
	"github.com/soplint/soplint/internal/fixture"
)

// show reports, at the name of each function and interface method, its effects.
var show = &analysis.Analyzer{
	Name:     "showeffects",
	Doc:      "showeffects: report what functions change",
	Requires: []*analysis.Analyzer{effect.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		result := pass.ResultOf[effect.Analyzer].(*effect.Result)
		report := func(name *ast.Ident) {
			fn, ok := pass.TypesInfo.Defs[name].(*types.Func)
			if !ok {
				return
			}
			var texts []string
			for _, e := range result.Of(fn.FullName()) {
				texts = append(texts, describe(e))
			}
			if len(texts) > 0 {
				pass.Reportf(name.Pos(), "%s", strings.Join(texts, "; "))
			}
		}
		for _, file := range pass.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				if name, ok := n.(*ast.Ident); ok {
					report(name)
				}
				return true
			})
		}
		return nil, nil
	},
}

func describe(e effect.Effect) string {
	text := e.Kind.String() + " " + e.Call
	if len(e.Path) > 0 {
		text = e.Kind.String() + " " + strings.Join(e.Path, " > ") + " > " + e.Call
	}
	if e.Strong {
		text += ", strong"
	}
	if e.Minor != "" {
		text += ", " + e.Minor
	}
	if len(e.Params) > 0 {
		text += fmt.Sprintf(", from %v", e.Params)
	}
	return text
}

func TestEffects(t *testing.T) {
	fixture.Run(t, show, "effect/sql", "effect/memory", "effect/system", "effect/calls", "effect/libraries", "effect/ent")
}
