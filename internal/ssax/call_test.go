package ssax_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/soplint/soplint/internal/ssax"
)

const named = `package named

import ("io"; "net/http"; "sync/atomic")

type plain struct{}
func (plain) Value() {}
func (*plain) Pointer() {}

type generic[T any] struct{}
func (*generic[T]) Pointer() {}

type asker interface{ Ask() error }

func function[T any](T) {
	type local struct{ plain }
	local{}.Value()
}

func calls(a asker, e error, r io.Reader, s *http.Server, n interface{ Nameless() }, p atomic.Pointer[int]) {
	function(1)
	plain{}.Value()
	(&plain{}).Pointer()
	(&generic[int]{}).Pointer()
	a.Ask()
	e.Error()
	r.Read(nil)
	s.ListenAndServe()
	http.Get("")
	n.Nameless()
	p.Load()
}
`

// FullName must be what go/types says, whatever the receiver.
func TestFullName(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "named.go", named, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	if _, err := config.Check("example.com/named", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, objects := range []map[*ast.Ident]types.Object{info.Uses, info.Defs} {
		for _, object := range objects {
			fn, ok := object.(*types.Func)
			if !ok {
				continue
			}
			compared++
			for _, fn := range []*types.Func{fn, fn.Origin()} {
				if got, want := ssax.FullName(fn), fn.FullName(); got != want {
					t.Errorf("FullName is %s, want %s", got, want)
				}
			}
		}
	}
	if compared < 15 {
		t.Errorf("compared %d functions, want all that are used and declared", compared)
	}
}
