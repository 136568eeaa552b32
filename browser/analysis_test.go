package browser

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/soplint/soplint/analyzers"
	"github.com/soplint/soplint/internal/driver"
	"github.com/soplint/soplint/internal/finding"
)

// analysed holds what soplint says of the victims, by the function that it says
// it of.
var analysed = sync.OnceValues(func() (map[string][]finding.Finding, error) {
	outcome, err := driver.Run(context.Background(), driver.Options{Patterns: []string{"./victims/..."}, Checks: analyzers.All()})
	if err != nil {
		return nil, err
	}
	if len(outcome.Problems) > 0 {
		return nil, errors.New(outcome.Problems[0].Message)
	}
	reports := make(map[string][]finding.Finding)
	for _, f := range outcome.Findings {
		name, err := functionAt(f.File, f.Line)
		if err != nil {
			return nil, err
		}
		reports[name] = append(reports[name], f)
	}
	return reports, nil
})

// functionAt returns the name of the function that a line belongs to.
func functionAt(file string, line int) (string, error) {
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	for _, decl := range parsed.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if ok && fset.Position(f.Pos()).Line <= line && line <= fset.Position(f.End()).Line {
			return f.Name.Name, nil
		}
	}
	return "", fmt.Errorf("%s:%d is in no function", file, line)
}

// nameOf returns the name of a victim, as its source has it.
func nameOf(victim func() http.Handler) string {
	full := runtime.FuncForPC(reflect.ValueOf(victim).Pointer()).Name()
	return full[strings.LastIndex(full, ".")+1:]
}

// report returns what soplint says of the row's reported handler. It must be one
// finding, of the row's rule, and nothing may be said of the safe twin.
func (r row) report(t *testing.T) finding.Finding {
	t.Helper()
	reports, err := analysed()
	if err != nil {
		t.Fatal(err)
	}
	found := reports[nameOf(r.reported)]
	if len(found) != 1 || found[0].ID() != r.rule {
		t.Fatalf("of %s soplint should say %s and nothing else, and says %s", nameOf(r.reported), r.rule, list(found))
	}
	if twin := reports[nameOf(r.safe)]; len(twin) > 0 {
		t.Fatalf("of %s soplint should say nothing, and says %s", nameOf(r.safe), list(twin))
	}
	return found[0]
}

func list(findings []finding.Finding) string {
	var words []string
	for _, f := range findings {
		words = append(words, f.ID()+": "+f.Message)
	}
	return "[" + strings.Join(words, "; ") + "]"
}

// Every row is about what soplint says.
func TestReports(t *testing.T) {
	for _, r := range rows {
		t.Run(r.rule+"/"+nameOf(r.reported), func(t *testing.T) {
			f := r.report(t)
			if f.Severity == finding.Warning && (r.condition == "") == (r.meant == nil) {
				t.Error("a warning needs either the condition of its attack, or what it was meant for")
			}
			if f.Severity != finding.Warning && r.condition != "" {
				t.Errorf("a report of severity %s has no condition to name", f.Severity)
			}
		})
	}
}

// unproven are the rules that are not watched, with the reason.
var unproven = map[string]string{
	"csrfprotection/extractor": "echo 4.16 refuses by Sec-Fetch-Site before it looks at the token; no other library was run",
	"csrfprotection/missing":   "it is about a whole program, and the victims are one; the attack is that of csrfprotection/unused",
	"csrfprotection/version":   "this module would have to require a library with a known hole",
	"hostcheck/rebinding":      "the stage is the browsers' proxy and resolves names itself, so no name comes to point elsewhere",
}

// Every rule has a row or a reason, and every victim is in a row.
func TestNothingIsLeftOut(t *testing.T) {
	proven, played := make(map[string]bool), make(map[string]bool)
	for _, r := range rows {
		proven[r.rule], played[nameOf(r.reported)], played[nameOf(r.safe)] = true, true, true
	}
	for _, c := range analyzers.All() {
		for _, rule := range c.Rules {
			id := c.Analyzer.Name + "/" + rule.Name
			if proven[id] == (unproven[id] != "") {
				t.Errorf("%s needs either a row or a reason to have none", id)
			}
		}
	}
	for _, name := range victimNames(t) {
		if !played[name] {
			t.Errorf("%s is a victim without a row", name)
		}
	}
}

// victimNames lists the exported functions of the package victims.
func victimNames(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("victims", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	twins, err := filepath.Glob(filepath.Join("victims", "*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range append(files, twins...) {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Name.IsExported() && f.Recv == nil {
				names = append(names, f.Name.Name)
			}
		}
	}
	return names
}

func TestRowsAreSorted(t *testing.T) {
	if !slices.IsSortedFunc(rows, func(a, b row) int { return cmp.Compare(a.rule, b.rule) }) {
		t.Error("the rows are not sorted by rule")
	}
}
