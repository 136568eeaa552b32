package driver_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/txtar"

	"github.com/soplint/soplint/internal/driver"
	"github.com/soplint/soplint/internal/driver/drivertest"
	"github.com/soplint/soplint/internal/rule"
)

// unpack writes an archive of testdata into a new directory.
func unpack(t *testing.T, name string) string {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range archive.Files {
		write(t, filepath.Join(dir, filepath.FromSlash(f.Name)), string(f.Data))
	}
	return dir
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// options are for an analysis of dir without a network.
func options(dir string, checks ...rule.Check) driver.Options {
	if checks == nil {
		checks = drivertest.Checks()
	}
	return driver.Options{Dir: dir, Checks: checks, WebPackage: drivertest.WebPackage,
		Env: append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "GOENV=off")}
}

func run(t *testing.T, o driver.Options) *driver.Outcome {
	t.Helper()
	outcome, err := driver.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

// lines shows findings and problems so that they can be compared.
func lines(o *driver.Outcome) []string {
	var out []string
	for _, f := range o.Findings {
		out = append(out, fmt.Sprintf("%s:%d:%d %s %s", f.File, f.Line, f.Column, f.ID(), f.Message))
	}
	for _, p := range o.Problems {
		out = append(out, fmt.Sprintf("%s:%d %s %s", p.File, p.Line, p.Package, p.Message))
	}
	return out
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got:\n\t%s\nwant:\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// The program of this test has a dependency that imports the main module, so
// that types of the driver's own reach it.
func TestDependencyOnMainModule(t *testing.T) {
	dir := unpack(t, "dependency")
	outcome := run(t, options(filepath.Join(dir, "app")))
	expect(t, lines(outcome),
		"top/top.go:9:2 badcall/indirect calls Calls, which calls Bad",
		"top/top.go:10:2 badcall/indirect calls Through, which calls Bad",
		"web/web.go:5:6 badcall/defined defines Bad",
		"web/web.go:7:16 badcall/direct calls Bad")
	if outcome.Stats.Exported != 0 {
		t.Errorf("read %d packages from export data, want none: all serve the web", outcome.Stats.Exported)
	}
}

// A package that reaches no web package must not matter: neither what is
// found nor what cannot be analysed depends on the prefilter.
func TestPrefilter(t *testing.T) {
	dir := filepath.Join(unpack(t, "dependency"), "app")
	o := options(dir)
	filtered := run(t, o)
	o.NoPrefilter = true
	full := run(t, o)
	var reached []string
	for _, line := range lines(full) {
		if !strings.HasPrefix(line, "plain/") {
			reached = append(reached, line)
		}
	}
	expect(t, lines(filtered), reached...)
	if filtered.Stats.Skipped != 1 || full.Stats.Skipped != 0 {
		t.Errorf("skipped %d and %d packages, want 1 and 0", filtered.Stats.Skipped, full.Stats.Skipped)
	}
	if !reflect.DeepEqual(filtered.Comments, full.Comments) {
		t.Errorf("comments differ: %v and %v", filtered.Comments, full.Comments)
	}
}

// What a web package uses of its module matters, whether or not that reaches the
// web itself.
func TestBelowTheWeb(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/app\n\ngo 1.24\n")
	write(t, filepath.Join(dir, "web", "web.go"), "package web\n\nfunc Serve() {}\n")
	write(t, filepath.Join(dir, "store", "store.go"), "package store\n\nfunc bad() {}\n\nfunc Drop() { bad() }\n")
	write(t, filepath.Join(dir, "unused", "unused.go"), "package unused\n\nfunc bad() {}\n\nfunc Drop() { bad() }\n")
	write(t, filepath.Join(dir, "app.go"), "package app\n\nimport (\n\t\"example.com/app/store\"\n\t\"example.com/app/web\"\n)\n\nfunc F() {\n\tstore.Drop()\n\tweb.Serve()\n}\n")
	outcome := run(t, options(dir))
	expect(t, lines(outcome), "app.go:9:2 badcall/indirect calls Drop, which calls bad")
	if outcome.Stats.Skipped != 1 {
		t.Errorf("skipped %d packages, want the one that nothing imports", outcome.Stats.Skipped)
	}
}

// chain is a module of packages that import each other in layers, so that many
// are in work at the same time.
func chain(t *testing.T, layers, width int) string {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/app\n\ngo 1.24\n")
	write(t, filepath.Join(dir, "web", "web.go"), "package web\n\nfunc Bad() {}\n")
	for layer := range layers {
		for column := range width {
			name := fmt.Sprintf("p%d_%d", layer, column)
			source := "package " + name + "\n\nimport \"example.com/app/web\"\n\nfunc F() { web.Bad() }\n"
			if layer > 0 {
				first, second := fmt.Sprintf("p%d_%d", layer-1, column), fmt.Sprintf("p%d_%d", layer-1, (column+1)%width)
				source = fmt.Sprintf("package %s\n\nimport (\n\t%q\n\t%q\n)\n\nfunc F() { %s.F(); %s.F() }\n",
					name, "example.com/app/"+first, "example.com/app/"+second, first, second)
			}
			write(t, filepath.Join(dir, name, name+".go"), source)
		}
	}
	return dir
}

func TestSameOnEveryRun(t *testing.T) {
	dir := chain(t, 6, 5)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	first := run(t, options(dir))
	if len(first.Findings) != 1+5+5*5*2 {
		t.Errorf("got %d findings:\n%s", len(first.Findings), strings.Join(lines(first), "\n"))
	}
	for range 3 {
		if again := run(t, options(dir)); !reflect.DeepEqual(first, again) {
			t.Fatal("two runs differ")
		}
	}
}

func TestProgress(t *testing.T) {
	var last, total int
	o := options(chain(t, 3, 3))
	o.Progress = func(done, all int) {
		if done != last+1 {
			t.Errorf("%d follows %d", done, last)
		}
		last, total = done, all
	}
	outcome := run(t, o)
	if last != total || total != outcome.Stats.Analysed || total != 10 {
		t.Errorf("%d of %d packages, %d in the statistics", last, total, outcome.Stats.Analysed)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	o := options(chain(t, 3, 3))
	o.Progress = func(int, int) { cancel() }
	if _, err := driver.Run(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v", err)
	}
	if _, err := driver.Run(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v", err)
	}
}

// A fingerprint outlives changes elsewhere in the file, a move of the module,
// and another working directory; and it tells equal lines apart.
func TestFingerprint(t *testing.T) {
	prints := func(dir, before string) []string {
		write(t, filepath.Join(dir, "go.mod"), "module example.com/app\n")
		write(t, filepath.Join(dir, "web", "web.go"), "package web\n"+before+"\nfunc bad() {}\n\nfunc f() {\n\tbad()\n\tbad()\n\t bad()\n}\n")
		var out []string
		for _, f := range run(t, options(dir)).Findings {
			out = append(out, f.Fingerprint)
		}
		var inside []string
		for _, f := range run(t, options(filepath.Join(dir, "web"))).Findings {
			inside = append(inside, f.Fingerprint)
		}
		expect(t, inside, out...)
		return out
	}
	first := prints(t.TempDir(), "")
	if len(first) != 4 {
		t.Fatalf("got %d findings, want 4", len(first))
	}
	expect(t, prints(t.TempDir(), "\nvar x = 1\n\nfunc other() {}\n"), first...)
	slices.Sort(first)
	if len(slices.Compact(first)) != 4 {
		t.Error("two findings have the same fingerprint")
	}
}

func TestComments(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/web\n")
	write(t, filepath.Join(dir, "web.go"), `package web

// keep: above
// another line
var x = 1 // keep: behind

// drop this

	/* keep: not */ var y = 2

// keep: at the end
`)
	write(t, filepath.Join(dir, "generated.go"), "// Code generated by hand. DO NOT EDIT.\n\npackage web\n\n// keep: not this\n")
	write(t, filepath.Join(dir, "web_test.go"), "package web\n\n// keep: in a test\n")
	o := options(dir)
	o.Tests = true
	o.KeepComment = func(text string) bool { return strings.HasPrefix(text, "// keep") }
	var got []string
	for _, c := range run(t, o).Comments {
		got = append(got, fmt.Sprintf("%s:%d:%d-%d %s %d", c.File, c.Line, c.Column, c.EndColumn, c.Text, c.Target))
	}
	expect(t, got,
		"web.go:3:1-15 // keep: above 5",
		"web.go:5:11-26 // keep: behind 5",
		"web.go:11:1-20 // keep: at the end 12",
		"web_test.go:3:1-19 // keep: in a test 4")
}

func TestUnreadableDirectory(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/app\n")
	write(t, filepath.Join(dir, "web", "web.go"), "package web\n\nfunc bad() {}\n")
	write(t, filepath.Join(dir, "locked", "locked.go"), "package locked\n")
	locked := filepath.Join(dir, "locked")
	if err := os.Chmod(locked, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(locked, 0o777) })
	if _, err := os.ReadDir(locked); err == nil {
		t.Skip("this user may read everything")
	}
	expect(t, lines(run(t, options(dir))),
		"web/web.go:3:6 badcall/defined defines bad",
		":0  cannot read directory locked, so nothing in it is analysed; make it readable, or name other packages")
}

func TestNoGoCommand(t *testing.T) {
	o := options(t.TempDir())
	t.Setenv("PATH", t.TempDir())
	expect(t, lines(run(t, o)), ":0  cannot run the go command; install Go and add it to PATH")
}

func TestInvalidAnalyzer(t *testing.T) {
	if _, err := driver.Run(t.Context(), options(t.TempDir(), rule.Check{Analyzer: &analysis.Analyzer{Name: "no doc"}})); err == nil {
		t.Error("an analyzer without documentation is accepted")
	}
}

// A buffer of an editor counts instead of the file, and may be new.
func TestOverlay(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/app\n\ngo 1.24\n")
	write(t, filepath.Join(dir, "web", "web.go"), "package web\n\nfunc f() { bad() }\n\nfunc bad() {}\n")
	o := options(dir)
	o.Overlay = map[string][]byte{
		filepath.Join(dir, "web", "web.go"): []byte("package web\n\nimport _ \"example.com/app/other\"\n\nfunc bad() {}\n"),
		filepath.Join(dir, "other", "o.go"): []byte("package other\n\nimport _ \"os\"\n"),
	}
	expect(t, lines(run(t, o)), "web/web.go:5:6 badcall/defined defines bad")
}
