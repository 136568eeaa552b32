package conformance

import (
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/soplint/soplint/internal/model"
)

// nested are modules inside pinned ones that are not pinned themselves.
var nested = []string{"github.com/rs/cors/wrapper/gin"}

// experimental are packages that are there only with GOEXPERIMENT=jsonv2.
var experimental = []string{"encoding/json/v2", "encoding/json/jsontext"}

// TestSymbols resolves every row of the built-in models whose library is pinned
// here, and those of the standard library. A name that FullName prints in
// another way is one that soplint never finds.
func TestSymbols(t *testing.T) {
	rows := pinnedRows(t)
	loaded := load(t, rows)
	for _, row := range rows {
		if err := resolve(row, loaded); err != nil {
			t.Errorf("%s:%d: %s %s: %v", row.File, row.Line, row.Role, row.Symbol, err)
		}
	}
	t.Logf("%d rows, %d packages", len(rows), len(loaded))
}

// TestUnique wants one row for each role of a symbol.
func TestUnique(t *testing.T) {
	first := map[string]*model.Row{}
	for _, row := range slices.Concat(model.Builtin().Rows(), model.Effects().Rows()) {
		if !strings.HasPrefix(row.Role, "cors.") && !strings.HasPrefix(row.Role, "route") && row.Role != "web" && (!strings.HasPrefix(row.Role, "effect") || row.Role == "effect.method") {
			continue
		}
		key := row.Role + " " + row.Symbol
		if other := first[key]; other != nil {
			t.Errorf("%s:%d: %s stands at %s:%d, too", row.File, row.Line, key, other.File, other.Line)
		}
		first[key] = row
	}
}

// pinnedRows leaves out what the pinned versions no longer have.
func pinnedRows(t *testing.T) []*model.Row {
	modules := requirements(t)
	var rows []*model.Row
	for _, row := range slices.Concat(model.Builtin().Rows(), model.Effects().Rows()) {
		inModule := slices.ContainsFunc(packagesOf(row), func(path string) bool { return isPinned(modules, path) })
		// The module ws resolves the rows about WebSocket libraries.
		if inModule && row.Arg("until") == "" && !slices.ContainsFunc(packagesOf(row), func(path string) bool { return slices.Contains(experimental, path) }) && !strings.HasPrefix(row.Role, "ws.") {
			rows = append(rows, row)
		}
	}
	return rows
}

var majorVersion = regexp.MustCompile(`^v[0-9]+[/.]`)

// isPinned reports whether path belongs to a module of that list or to the
// standard library, and not to another major version.
func isPinned(modules map[string]string, path string) bool {
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return true
	}
	for module := range modules {
		rest, inside := strings.CutPrefix(path+"/", module+"/")
		if inside && !majorVersion.MatchString(rest) && !slices.Contains(nested, path) {
			return true
		}
	}
	return false
}

// packagesOf returns the import paths that the row's symbol may start with: the
// last element of a path may hold dots itself.
func packagesOf(row *model.Row) []string {
	if row.Role == "web" {
		return []string{row.Symbol}
	}
	symbol := strings.TrimLeft(row.Symbol, "(*")
	slash := strings.LastIndex(symbol, "/") + 1
	var paths []string
	for i, r := range symbol[slash:] {
		if r == '.' {
			paths = append(paths, symbol[:slash+i])
		}
	}
	return paths
}

// load returns the packages that exist, by path.
func load(t *testing.T, rows []*model.Row) map[string]*types.Package {
	modules, wanted := requirements(t), map[string]bool{}
	for _, row := range rows {
		for _, path := range packagesOf(row) {
			if isPinned(modules, path) {
				wanted[path] = true
			}
		}
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadTypes}, slices.Sorted(maps.Keys(wanted))...)
	if err != nil {
		t.Fatal(err)
	}
	loaded := map[string]*types.Package{}
	for _, pkg := range pkgs {
		if len(pkg.Errors) == 0 {
			loaded[pkg.PkgPath] = pkg.Types
		}
	}
	return loaded
}

// resolve finds the object that the row speaks of.
func resolve(row *model.Row, loaded map[string]*types.Package) error {
	for _, path := range packagesOf(row) {
		if pkg := loaded[path]; pkg != nil {
			if row.Role == "web" {
				return nil
			}
			return lookUp(pkg, row.Symbol)
		}
	}
	return fmt.Errorf("no such package")
}

// lookUp understands path.Name, path.Type.Field, (path.Type).Method and
// (*path.Type).Method.
func lookUp(pkg *types.Package, symbol string) error {
	rest := strings.TrimPrefix(strings.TrimLeft(symbol, "(*"), pkg.Path()+".")
	name, member, hasMember := strings.Cut(rest, ".")
	typeName := strings.TrimSuffix(name, ")")
	if strings.HasPrefix(symbol, "(") && !token.IsExported(typeName) {
		return promoted(pkg, symbol)
	}
	object := pkg.Scope().Lookup(typeName)
	if object == nil || !object.Exported() {
		return fmt.Errorf("no exported %s", name)
	}
	if !hasMember {
		return sameName(object, symbol)
	}
	found, _, _ := types.LookupFieldOrMethod(object.Type(), true, pkg, member)
	switch found := found.(type) {
	case *types.Func:
		return sameName(found, symbol)
	case *types.Var:
		if strings.HasPrefix(symbol, "(") {
			return fmt.Errorf("is a field, not a method")
		}
		return ownField(object.Type(), found)
	}
	return fmt.Errorf("no field or method %s", member)
}

// promoted looks for a method of an unexported type among those that exported
// types have from embedding it.
func promoted(pkg *types.Package, symbol string) error {
	for _, name := range pkg.Scope().Names() {
		if !token.IsExported(name) {
			continue
		}
		methods := types.NewMethodSet(types.NewPointer(pkg.Scope().Lookup(name).Type()))
		for method := range methods.Methods() {
			if f, isFunc := method.Obj().(*types.Func); isFunc && f.Origin().FullName() == symbol {
				return nil
			}
		}
	}
	return fmt.Errorf("no exported type has it")
}

var typeParameters = regexp.MustCompile(`\[.*\]`)

// sameName compares a function with what FullName prints, but for the type
// parameters of its receiver.
func sameName(object types.Object, symbol string) error {
	f, isFunc := object.(*types.Func)
	if !isFunc {
		return nil
	}
	if name := typeParameters.ReplaceAllString(f.Origin().FullName(), ""); name != symbol {
		return fmt.Errorf("its full name is %s", name)
	}
	return nil
}

// ownField rejects fields that are promoted from an embedded one.
func ownField(t types.Type, field *types.Var) error {
	if s, isStruct := t.Underlying().(*types.Struct); isStruct {
		for f := range s.Fields() {
			if f == field {
				return nil
			}
		}
	}
	return fmt.Errorf("is not a field of the type itself")
}
