package driver

import (
	"fmt"
	"os"
	"reflect"
	"runtime/debug"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/surface"
)

// process takes one package from its source to its findings and facts. All
// else that it made is garbage when it returns.
func (r *run) process(n *node) {
	if r.lookUp(n) {
		return
	}
	c := &checked{node: n, contents: make(map[string][]byte), served: make(map[string]bool), sizes: r.sizes, wanted: true}
	r.examine(c)
	r.mu.Lock()
	r.outcome.Stats.Analysed++
	r.outcome.Problems = append(r.outcome.Problems, c.problems...)
	r.outcome.Stacks = append(r.outcome.Stacks, c.stacks...)
	r.mu.Unlock()
	r.add(c.found)
	r.keep(c)
}

// examine type-checks a package and runs its passes.
func (r *run) examine(c *checked) {
	n := c.node
	defer func() {
		if cause := recover(); cause != nil {
			c.panicked("type checker", cause)
		}
	}()
	problem := r.check(c)
	broken := problem != nil
	if !broken && n.importsHoles() {
		problem, broken = r.leaveOutHoles(c)
		n.holes = true
	}
	if problem != nil {
		n.holes = true
		n.uncertain = true
		if !r.reported[n.path()] {
			c.problems = append(c.problems, *problem)
		}
	}
	n.facts = make(map[*analysis.Analyzer]*factTable)
	r.registry.add(n.types, n)
	if n.wanted && n.web {
		r.keepComments(c)
	}
	r.runPasses(c, broken)
}

// add takes what was found in a package into the outcome.
func (r *run) add(f found) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.outcome.Findings = append(r.outcome.Findings, f.Findings...)
	r.outcome.Comments = append(r.outcome.Comments, f.Comments...)
	r.outcome.Open = append(r.outcome.Open, f.Open...)
	r.visits = append(r.visits, f.Visits...)
}

// runPasses runs the analyzers in the order of the plan. One that fails takes
// only those with it that require it.
func (r *run) runPasses(c *checked, broken bool) {
	n := c.node
	results := make(map[*analysis.Analyzer]any)
	for _, analyzer := range r.plan.order {
		if !n.wanted && !r.plan.forFacts[analyzer] || broken && !analyzer.RunDespiteErrors {
			continue
		}
		inputs, ok := inputsOf(analyzer, results)
		if !ok {
			continue
		}
		result, ok := r.runPass(c, analyzer, inputs)
		if !ok {
			continue
		}
		results[analyzer] = result
		if found, ok := result.(*rule.Result); ok && n.wanted {
			r.keepFindings(c, analyzer, found)
		}
		if found, ok := result.(*surface.Map); ok && n.wanted {
			r.keepSurface(found)
		}
	}
	n.sources = nil
	for analyzer, table := range n.facts {
		n.facts[analyzer] = table.visible(n.types)
	}
}

// keepSurface adds the map of a package to that of the program.
func (r *run) keepSurface(found *surface.Map) {
	found.Rename(r.paths.relative)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.outcome.Surface.Add(found)
}

// inputsOf gathers the results that analyzer requires; ok tells whether all of
// them are there.
func inputsOf(analyzer *analysis.Analyzer, results map[*analysis.Analyzer]any) (inputs map[*analysis.Analyzer]any, ok bool) {
	inputs = make(map[*analysis.Analyzer]any, len(analyzer.Requires))
	for _, required := range analyzer.Requires {
		result, ok := results[required]
		if !ok {
			return nil, false
		}
		inputs[required] = result
	}
	return inputs, true
}

// runPass applies one analyzer to one package. Whatever goes wrong in it ends
// as a problem of that package.
func (r *run) runPass(c *checked, analyzer *analysis.Analyzer, inputs map[*analysis.Analyzer]any) (result any, ok bool) {
	n := c.node
	defer func() {
		if cause := recover(); cause != nil {
			c.panicked("pass "+analyzer.Name, cause)
			result, ok = nil, false
		}
	}()
	facts := &factAccess{run: r, node: n, analyzer: analyzer, own: newFactTable()}
	result, err := analyzer.Run(r.newPass(c, analyzer, inputs, facts))
	if err == nil && reflect.TypeOf(result) != analyzer.ResultType {
		err = fmt.Errorf("its result is a %T, not the %v that it declares", result, analyzer.ResultType)
	}
	if err != nil {
		c.problems = append(c.problems, finding.Problem{Package: n.path(),
			Message: fmt.Sprintf("pass %s failed: %s", analyzer.Name, firstLine(err.Error()))})
		return nil, false
	}
	if len(analyzer.FactTypes) > 0 {
		n.facts[analyzer] = facts.own
	}
	return result, true
}

func (r *run) newPass(c *checked, analyzer *analysis.Analyzer, inputs map[*analysis.Analyzer]any, facts *factAccess) *analysis.Pass {
	n := c.node
	pass := &analysis.Pass{
		Analyzer:     analyzer,
		Fset:         r.fset,
		Files:        c.files,
		OtherFiles:   n.otherFiles(),
		IgnoredFiles: n.ignoredFiles(),
		Pkg:          n.types,
		TypesInfo:    c.info,
		TypesSizes:   c.sizes,
		TypeErrors:   c.typeErrors,
		Module:       n.module(),
		ResultOf:     inputs,

		// What is reported this way says less than the pass's result.
		Report: func(analysis.Diagnostic) {},

		ImportObjectFact:  facts.importObjectFact,
		ExportObjectFact:  facts.exportObjectFact,
		ImportPackageFact: facts.importPackageFact,
		ExportPackageFact: facts.exportPackageFact,
		AllObjectFacts:    facts.allObjectFacts,
		AllPackageFacts:   facts.allPackageFacts,
	}
	pass.ReadFile = func(name string) ([]byte, error) { return c.read(pass, name) }
	return pass
}

// read gives a pass the files of its own package and no others, or results
// could depend on what no cache knows of. The content is not copied, as a pass
// that mends much reads the same file for each finding: passes do not change it.
func (c *checked) read(pass *analysis.Pass, name string) ([]byte, error) {
	if data, ok := c.contents[name]; ok {
		return data, nil
	}
	if slices.Contains(pass.OtherFiles, name) || slices.Contains(pass.IgnoredFiles, name) {
		return os.ReadFile(name)
	}
	return nil, fmt.Errorf("%s is not a file of package %s", name, c.node.path())
}

func (n *node) module() *analysis.Module {
	if n.Module == nil {
		return &analysis.Module{}
	}
	return &analysis.Module{Path: n.Module.Path, Version: n.Module.Version, GoVersion: n.Module.GoVersion}
}

// panicked makes a problem of a panic, and keeps its stack for the report of a
// bug.
func (c *checked) panicked(what string, cause any) {
	path := c.node.path()
	c.problems = append(c.problems, finding.Problem{Package: path,
		Message: fmt.Sprintf("%s panicked: %s; report this with the output of -v", what, firstLine(fmt.Sprint(cause)))})
	c.stacks = append(c.stacks, fmt.Sprintf("%s: %s: %v\n%s", path, what, cause, debug.Stack()))
}
