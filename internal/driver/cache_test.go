package driver_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/cache"
	"github.com/soplint/soplint/internal/driver"
	"github.com/soplint/soplint/internal/rule"
)

func openCache(t *testing.T, dir string) *cache.Store {
	t.Helper()
	store, err := cache.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// cached returns options that use a new cache.
func cached(t *testing.T, o driver.Options) driver.Options {
	o.Cache = openCache(t, filepath.Join(t.TempDir(), "cache"))
	o.Identity = "test"
	o.KeepComment = func(text string) bool { return strings.HasPrefix(text, "// keep") }
	return o
}

// same fails the test if the outcome with the cache is not the one without, and
// returns how many packages were analysed for it.
func same(t *testing.T, o driver.Options) int {
	t.Helper()
	with := run(t, o)
	analysed := with.Stats.Analysed
	o.Cache = nil
	without := run(t, o)
	with.Stats, without.Stats = driver.Stats{}, driver.Stats{}
	with.Stacks, without.Stacks = nil, nil // they name goroutines
	if !reflect.DeepEqual(with, without) {
		t.Errorf("with the cache:\n\t%s\nwithout:\n\t%s", strings.Join(lines(with), "\n\t"), strings.Join(lines(without), "\n\t"))
	}
	return analysed
}

func analyses(t *testing.T, o driver.Options, want int) {
	t.Helper()
	if got := same(t, o); got != want {
		t.Errorf("analysed %d packages, want %d", got, want)
	}
}

// calling is a program in which c sees what a does only through b between them.
func calling(t *testing.T) string {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/app\n\ngo 1.24\n")
	write(t, filepath.Join(dir, "web", "web.go"), "package web\n\n// keep: a comment\nfunc Bad() {}\n\nfunc Good() {}\n")
	write(t, filepath.Join(dir, "plain", "plain.go"), "package plain\n\nfunc F() int { return 1 }\n")
	write(t, filepath.Join(dir, "a", "a.go"), "package a\n\nimport \"example.com/app/web\"\n\ntype T struct{}\n\nfunc F() T { web.Good(); return T{} }\n")
	write(t, filepath.Join(dir, "b", "b.go"), "package b\n\nimport (\n\t\"example.com/app/a\"\n\t\"example.com/app/plain\"\n)\n\nfunc F() a.T { plain.F(); return a.F() }\n")
	write(t, filepath.Join(dir, "c", "c.go"), "package c\n\nimport \"example.com/app/b\"\n\nfunc F() { b.F() }\n")
	return dir
}

func TestCacheAfterChanges(t *testing.T) {
	dir := calling(t)
	o := cached(t, options(dir))
	analyses(t, o, 5)
	analyses(t, o, 0)

	source := "package a\n\nimport \"example.com/app/web\"\n\n// Moved.\ntype T struct{}\n\nfunc F() T { web.Good(); return T{} }\n"
	write(t, filepath.Join(dir, "a", "a.go"), source)
	analyses(t, o, 1) // nobody can see that
	analyses(t, o, 0)

	source = strings.Replace(source, "Good", "Bad", 1)
	write(t, filepath.Join(dir, "a", "a.go"), source)
	analyses(t, o, 3) // a new fact: b calls a function that calls Bad, and so does c

	source = strings.Replace(source, "T struct{}", "T struct{ X int }", 1)
	write(t, filepath.Join(dir, "a", "a.go"), source)
	analyses(t, o, 3) // b mentions the type, so c sees it, too

	write(t, filepath.Join(dir, "c", "more.go"), "package c\n\nfunc bad() {}\n")
	analyses(t, o, 1)

	write(t, filepath.Join(dir, "plain", "plain.go"), "package plain\n\nfunc F() int { return 2 }\n")
	analyses(t, o, 1) // nobody can see that
	write(t, filepath.Join(dir, "plain", "plain.go"), "package plain\n\nfunc F() string { return \"\" }\n")
	analyses(t, o, 3) // c reaches it through b

	write(t, filepath.Join(dir, "b", "b_test.go"), "package b\n\nfunc bad() {}\n")
	analyses(t, o, 0)
	o.Tests = true
	analyses(t, o, 1) // the variant of b with its test
	analyses(t, o, 0)
}

// What cannot be analysed is not kept, nor what depends on it.
func TestCacheKeepsNoProblems(t *testing.T) {
	dir := calling(t)
	o := cached(t, options(dir))
	good := "package plain\n\nfunc F() int { return 1 }\n"
	for range 2 {
		write(t, filepath.Join(dir, "plain", "plain.go"), "package plain\n\nfunc F() int { return missing }\n")
		same(t, o)
		same(t, o)
		write(t, filepath.Join(dir, "plain", "plain.go"), good)
		same(t, o)
	}
	analyses(t, o, 0)
	write(t, filepath.Join(dir, "a", "broken.go"), "package a\n\nvar x = missing\n")
	analyses(t, o, 3)
	analyses(t, o, 3)
	write(t, filepath.Join(dir, "a", "broken.go"), "package a\n\nfunc crash() {}\n")
	analyses(t, o, 3)
}

// Patterns of go:embed that match nothing are errors of every run: in packages
// that are analysed, in those that are left out, and once the files are gone.
func TestCacheKeepsErrorsOfEmbedding(t *testing.T) {
	for _, name := range []string{"c", "plain", "front"} {
		t.Run(name, func(t *testing.T) {
			dir := calling(t)
			page := filepath.Join(dir, name, "build", "index.html")
			write(t, filepath.Join(dir, name, "embed.go"), "package "+name+"\n\nimport \"embed\"\n\n//go:embed build/*\nvar Files embed.FS\n")
			write(t, page, "")
			o := cached(t, options(dir))
			for _, missing := range []bool{true, false, true, true} {
				if missing {
					if err := os.RemoveAll(filepath.Dir(page)); err != nil {
						t.Fatal(err)
					}
				} else {
					write(t, page, "")
				}
				same(t, o)
				problems := run(t, o).Problems
				found := len(problems) == 1 && strings.Contains(problems[0].Message, "pattern build/*: no matching files found")
				if found != missing || !missing && len(problems) > 0 {
					t.Errorf("files missing: %t, problems: %v", missing, problems)
				}
			}
		})
	}
}

// Other settings have other results.
func TestCacheKey(t *testing.T) {
	dir := calling(t)
	write(t, filepath.Join(dir, "a", "tagged.go"), "//go:build tagged\n\npackage a\n\nfunc bad() {}\n")
	o := cached(t, options(dir))
	analyses(t, o, 5)
	tagged := o
	tagged.Tags = "tagged"
	analyses(t, tagged, 5)
	other := o
	other.Identity = "another build"
	analyses(t, other, 5)
	other = o
	other.Env = append(o.Env, "GOARCH=386")
	analyses(t, other, 5)
	analyses(t, o, 0)
}

// The content of an overlay counts instead of that of the file.
func TestCacheWithOverlay(t *testing.T) {
	dir := calling(t)
	o := cached(t, options(dir))
	analyses(t, o, 5)
	edited := o
	source := "package a\n\nimport \"example.com/app/web\"\n\ntype T struct{}\n\nfunc F() T { web.Bad(); return T{} }\n"
	edited.Overlay = map[string][]byte{filepath.Join(dir, "a", "a.go"): []byte(source)}
	analyses(t, edited, 3)
	analyses(t, edited, 0)
	analyses(t, o, 0)
	edited.Overlay[filepath.Join(dir, "a", "a.go")] = []byte(strings.Replace(source, "T struct{}", "T struct{ X int }", 1))
	analyses(t, edited, 3)
	analyses(t, o, 0)
}

// Passes look for implementations in all packages below, whether or not an
// exported name mentions them.
func TestCacheKnowsUnmentionedTypes(t *testing.T) {
	dir := calling(t)
	o := cached(t, options(dir))
	analyses(t, o, 5)
	write(t, filepath.Join(dir, "web", "type.go"), "package web\n\ntype unmentioned struct{}\n")
	analyses(t, o, 4)
	write(t, filepath.Join(dir, "web", "type.go"), "package web\n\ntype unmentioned struct{}\n\nfunc (unmentioned) M() {}\n")
	analyses(t, o, 4)
	analyses(t, o, 0)
}

// Whatever is in the files of the cache, the outcome is the same.
func TestDamagedCache(t *testing.T) {
	dir := calling(t)
	o := cached(t, options(dir))
	analyses(t, o, 5)
	count := 0
	err := filepath.WalkDir(o.Cache.Dir(), func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		count++
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if count%2 == 0 {
			data = data[:len(data)/2]
		} else {
			data[len(data)-1] ^= 1
		}
		return os.WriteFile(name, data, 0o600)
	})
	if err != nil || count < 5 {
		t.Fatalf("%d entries: %v", count, err)
	}
	analyses(t, o, 5)
	analyses(t, o, 0)
}

// A cache that cannot be written, here as a file is in its place, costs time only.
func TestUnwritableCache(t *testing.T) {
	dir := calling(t)
	o := cached(t, options(dir))
	if err := os.Remove(o.Cache.Dir()); err != nil {
		t.Fatal(err)
	}
	write(t, o.Cache.Dir(), "no folder")
	analyses(t, o, 5)
	analyses(t, o, 5)
}

// Runs at the same time share a cache.
func TestRunsAtTheSameTime(t *testing.T) {
	dir := calling(t)
	o := cached(t, options(dir))
	for i := range 3 {
		write(t, filepath.Join(dir, "a", "more.go"), fmt.Sprintf("package a\n\nfunc More%d() {}\n", i))
		var group sync.WaitGroup
		outcomes := make([]*driver.Outcome, 4)
		for i := range outcomes {
			o := o
			o.Cache = openCache(t, o.Cache.Dir())
			group.Go(func() {
				if outcome, err := driver.Run(t.Context(), o); err == nil {
					outcome.Stats = driver.Stats{}
					outcomes[i] = outcome
				}
			})
		}
		group.Wait()
		for _, outcome := range outcomes {
			if outcome == nil || !reflect.DeepEqual(outcome, outcomes[0]) {
				t.Fatal("runs at the same time have different outcomes")
			}
		}
		analyses(t, o, 0)
	}
}

type place struct{ Line int }

func (*place) AFact() {}

func (*place) OnDemand() {}

type code struct{ Text string }

func (*code) AFact() {}

// A fact that is imported on demand concerns those who have imported it.
func TestOnDemandFacts(t *testing.T) {
	check := rule.Check{Analyzer: &analysis.Analyzer{
		Name: "places", Doc: "places: look at places", URL: "https://example.com/places",
		FactTypes: []analysis.Fact{new(place), new(code)}, ResultType: rule.ResultType,
		Run: func(pass *analysis.Pass) (any, error) {
			file := pass.Files[0]
			pass.ExportPackageFact(&place{pass.Fset.Position(file.Decls[len(file.Decls)-1].Pos()).Line})
			pass.ExportPackageFact(&code{pass.Pkg.Path()})
			result := &rule.Result{}
			for _, f := range pass.AllPackageFacts() {
				var at place
				if _, ok := f.Fact.(*place); ok {
					t.Error("an on-demand fact is among all facts")
				}
				if pass.Pkg.Name() == "c" && strings.HasSuffix(f.Package.Path(), "/a") && pass.ImportPackageFact(f.Package, &at) {
					result.Reports = append(result.Reports, rule.Report{Rule: "place", Pos: file.Name.Pos(), Message: fmt.Sprint("a ends at ", at.Line)})
				}
			}
			return result, nil
		},
	}, Rules: []rule.Rule{{Name: "place"}}}
	dir := calling(t)
	o := cached(t, options(dir, check))
	analyses(t, o, 5)
	analyses(t, o, 0)
	write(t, filepath.Join(dir, "a", "a.go"), "package a\n\nimport \"example.com/app/web\"\n\ntype T struct{}\n\n\n\nfunc F() T { web.Good(); return T{} }\n")
	analyses(t, o, 2) // a itself, and c, but not b between them
}
