package effect_test

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/effect"
	"github.com/soplint/soplint/internal/fixture"
	"github.com/soplint/soplint/internal/ssax"
)

// show reports, at the name of each function and interface method, its effects,
// and where those of its instructions differ.
var show = &analysis.Analyzer{
	Name:     "showeffects",
	Doc:      "showeffects: report what functions change",
	Requires: []*analysis.Analyzer{effect.Analyzer, ssax.Analyzer},
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
		for _, fn := range pass.ResultOf[ssax.Analyzer].(*ssax.Package).Funcs {
			compare(pass, result, fn)
		}
		return nil, nil
	},
}

// compare reports functions with an effect that none of their instructions has,
// and the other way round.
func compare(pass *analysis.Pass, result *effect.Result, fn *ssa.Function) {
	found := map[string]bool{}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			for _, e := range result.At(instr) {
				found[e.Kind.String()+e.Call] = true
			}
		}
	}
	whole := result.Of(ssax.FuncName(fn))
	for _, e := range whole {
		if !found[e.Kind.String()+e.Call] {
			pass.Reportf(fn.Pos(), "no instruction of %s has %s", fn, describe(e))
		}
	}
	if len(found) > 0 && len(whole) == 0 {
		pass.Reportf(fn.Pos(), "%s has no effect, its instructions have", fn)
	}
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
	fixture.Run(t, show, "effect/sql", "effect/memory", "effect/system", "effect/calls", "effect/libraries", "effect/stores", "effect/ent", "effect/holders")
}

func TestOfLibraries(t *testing.T) {
	fixture.Run(t, &analysis.Analyzer{
		Name:     "oflibraries",
		Doc:      "oflibraries: report what functions of libraries change",
		Requires: []*analysis.Analyzer{effect.Analyzer},
		Run: func(pass *analysis.Pass) (any, error) {
			result := pass.ResultOf[effect.Analyzer].(*effect.Result)
			for name, want := range map[string]string{
				"os.Remove":                 "files os.Remove, strong, from [0]",
				"(*database/sql.DB).Exec":   "database (*sql.DB).Exec, from [1 2]",
				"(*database/sql.DB).Query":  "",
				"os.ReadFile":               "",
				"(*net/http.Client).Do":     "",
				"no/such.Function":          "",
				"(no/such.Interface).Write": "",
			} {
				var texts []string
				for _, e := range result.Of(name) {
					texts = append(texts, describe(e))
				}
				if got := strings.Join(texts, "; "); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
			return nil, nil
		},
	}, "effect/plain")
}
