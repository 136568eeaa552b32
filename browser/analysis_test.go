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
	"github.com/soplint/soplint/internal/ignore"
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

// functionAt returns the name of the function that a line belongs to. A line
// outside of functions, with an import, belongs to the only one that its file has.
func functionAt(file string, line int) (string, error) {
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	var all []string
	for _, decl := range parsed.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if fset.Position(f.Pos()).Line <= line && line <= fset.Position(f.End()).Line {
			return f.Name.Name, nil
		}
		all = append(all, f.Name.Name)
	}
	if len(all) == 1 {
		return all[0], nil
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
			if f.Severity == finding.Error && (r.attack == nil || r.meant != nil) {
				t.Error("an error needs an attack that succeeds")
			}
			if f.Severity == finding.Note && r.attack == nil && r.conceded == nil && r.meant == nil {
				t.Error("a note needs an attack that fails, its limit, or what does not work")
			}
			if f.Severity == finding.Warning && (r.condition == "") == (r.meant == nil) {
				t.Error("a warning needs either the condition of its attack, or what it was meant for")
			}
			if f.Severity != finding.Warning && r.condition != "" {
				t.Errorf("a report of severity %s has no condition to name", f.Severity)
			}
		})
	}
}

// What a severity promises is what is held against browsers.
func TestSeverities(t *testing.T) {
	attacked, unusable := row{attack: &try{}}, row{attack: &try{}, meant: &try{}}
	for _, c := range []struct {
		row      row
		severity finding.Severity
		want     []part
	}{
		{attacked, finding.Error, []part{{"attack", try{}, true, false}}},
		{attacked, finding.Warning, []part{{"attack", try{}, true, false}}},
		{attacked, finding.Note, []part{{"attack", try{}, false, false}}},
		{unusable, finding.Warning, []part{{"attack", try{}, false, false}, {"meant use", try{}, false, true}}},
		{row{conceded: &try{}}, finding.Note, []part{{"named limit", try{}, true, false}}},
	} {
		if got := c.row.parts(finding.Finding{Severity: c.severity}); !slices.Equal(got, c.want) {
			t.Errorf("of severity %s %v is expected, want %v", c.severity, got, c.want)
		}
	}
}

// unproven are the rules in which no browser is involved, with the reason.
var unproven = map[string]string{
	ignore.Check + "/" + ignore.Rule: "it is about comments in the source",
}

// Every rule has a row or a reason, and every victim is in a row.
func TestNothingIsLeftOut(t *testing.T) {
	proven, played := make(map[string]bool), make(map[string]bool)
	for _, r := range rows {
		proven[r.rule], played[nameOf(r.reported)], played[nameOf(r.safe)] = true, true, true
	}
	ids := []string{ignore.Check + "/" + ignore.Rule}
	for _, c := range analyzers.All() {
		for _, rule := range c.Rules {
			ids = append(ids, c.Analyzer.Name+"/"+rule.Name)
		}
	}
	for _, id := range ids {
		if proven[id] == (unproven[id] != "") {
			t.Errorf("%s needs either a row or a reason to have none", id)
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
