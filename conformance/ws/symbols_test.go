package ws

import (
	"cmp"
	"errors"
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/soplint/soplint/internal/model"
)

// TestSymbols resolves every ws.* row but those that say why they are not verified. A name that
// FullName prints in another way is one that soplint never finds.
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

// pinnedRows leaves out what the pinned versions no longer have.
func pinnedRows(t *testing.T) []*model.Row {
	modules := requirements(t)
	var rows []*model.Row
	for _, row := range model.Builtin().Rows() {
		if !strings.HasPrefix(row.Role, "ws.") || outdated(row) || row.Arg("unverified") != "" {
			continue
		}
		known := false
		for module := range modules {
			if contains(module, packageOf(row.Symbol)) {
				rows, known = append(rows, row), true
			}
		}
		if !known {
			t.Errorf("%s:%d: no module of %s is pinned; is the row unverified?", row.File, row.Line, row.Symbol)
		}
	}
	return rows
}

// outdated reports whether the row is of another era than this build.
func outdated(row *model.Row) bool {
	if modFile == "old.mod" {
		return row.Arg("since") != ""
	}
	return row.Arg("until") != ""
}

// contains reports whether the package belongs to that module and not to another
// major version of it.
func contains(module, path string) bool {
	rest, inside := strings.CutPrefix(path+"/", module+"/")
	major, _, _ := strings.Cut(rest, "/")
	isMajor := len(major) > 1 && major[0] == 'v' && strings.Trim(major[1:], "0123456789") == ""
	return inside && !isMajor
}

// packageOf returns the import path of a symbol. The names here have dots in
// their last element only where a module has a suffix like .io or .v1.
func packageOf(symbol string) string {
	symbol = strings.TrimLeft(symbol, "(*")
	slash := strings.LastIndex(symbol, "/") + 1
	names := strings.Split(symbol[slash:], ".")
	if len(names) > 2 && (names[1] == "io" || names[1] == "v1") {
		return symbol[:slash] + names[0] + "." + names[1]
	}
	return symbol[:slash] + names[0]
}

func load(t *testing.T, rows []*model.Row) map[string]*types.Package {
	wanted := map[string]bool{}
	for _, row := range rows {
		wanted[packageOf(row.Symbol)] = true
	}
	config := &packages.Config{Mode: packages.NeedName | packages.NeedTypes, BuildFlags: []string{"-modfile=" + modFile}}
	pkgs, err := packages.Load(config, slices.Sorted(maps.Keys(wanted))...)
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

func resolve(row *model.Row, loaded map[string]*types.Package) error {
	pkg := loaded[packageOf(row.Symbol)]
	if pkg == nil {
		return errors.New("no such package")
	}
	return lookUp(pkg, row)
}

// lookUp understands path.Name, path.Type.Field, (path.Type).Method and
// (*path.Type).Method.
func lookUp(pkg *types.Package, row *model.Row) error {
	names := strings.TrimPrefix(strings.TrimLeft(row.Symbol, "(*"), pkg.Path()+".")
	name, member, hasMember := strings.Cut(strings.Replace(names, ")", "", 1), ".")
	object := pkg.Scope().Lookup(name)
	if object == nil || !object.Exported() {
		return fmt.Errorf("no exported %s", name)
	}
	if !hasMember {
		return cmp.Or(named(object, row.Symbol), shaped(object, row))
	}
	found, index, _ := types.LookupFieldOrMethod(object.Type(), true, pkg, member)
	if found == nil || found.Pkg() != pkg || len(index) != 1 {
		return fmt.Errorf("%s has no %s of its own", name, member)
	}
	return cmp.Or(named(found, row.Symbol), shaped(found, row))
}

// shaped compares an object's type with what the row says of it.
func shaped(object types.Object, row *model.Row) error {
	text := strings.ReplaceAll(types.TypeString(withoutNames(object.Type()), nil), object.Pkg().Path()+".", ".")
	text = strings.ReplaceAll(text, " ", "")
	if want := row.Arg("type"); want != "" && text != want {
		return fmt.Errorf("its type is %s", text)
	}
	if want := row.Arg("params"); want != "" && !strings.HasPrefix(text, "func("+want+")") {
		return fmt.Errorf("its type is %s", text)
	}
	return nil
}

// withoutNames drops the names of the parameters and results of a function.
func withoutNames(t types.Type) types.Type {
	signature, isFunc := t.(*types.Signature)
	if !isFunc {
		return t
	}
	return types.NewSignatureType(nil, nil, nil, unnamed(signature.Params()), unnamed(signature.Results()), signature.Variadic())
}

func unnamed(tuple *types.Tuple) *types.Tuple {
	var vars []*types.Var
	for v := range tuple.Variables() {
		vars = append(vars, types.NewParam(v.Pos(), v.Pkg(), "", v.Type()))
	}
	return types.NewTuple(vars...)
}

// named compares an object with what FullName prints; a field is path.Type.Field.
func named(object types.Object, symbol string) error {
	f, isFunc := object.(*types.Func)
	if isFunc && f.Origin().FullName() != symbol {
		return fmt.Errorf("its full name is %s", f.Origin().FullName())
	}
	if !isFunc && strings.HasPrefix(symbol, "(") {
		return errors.New("it is a field, not a method")
	}
	return nil
}
