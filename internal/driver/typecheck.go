package driver

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/rule"
)

// A checked is a package while its passes run.
type checked struct {
	node       *node
	files      []*ast.File
	contents   map[string][]byte // by the name of the parsed file
	served     map[string]bool   // files other than Go source that passes looked at
	wanted     bool              // the types of what is in bodies of functions are
	info       *types.Info       // nil unless they are
	sizes      types.Sizes
	typeErrors []types.Error
	broken     bool // a file could not be read or parsed

	found    found
	depends  []rule.Dependency // besides its files and its imports
	problems []finding.Problem
	stacks   []string
}

// check parses and type-checks the package of c, and reports why that failed,
// if it did: one problem, for the first error says what the others follow from.
func (r *run) check(c *checked) *finding.Problem {
	n := c.node
	problem := r.parse(c)
	c.broken = problem != nil
	if c.wanted {
		c.info = newInfo(c.size())
	}
	config := &types.Config{
		Importer:  sourceImporter{r, n},
		GoVersion: n.goVersion(),
		Sizes:     r.sizes,

		IgnoreFuncBodies: !c.wanted,
		Error: func(err error) {
			var typeError types.Error
			if errors.As(err, &typeError) {
				c.typeErrors = append(c.typeErrors, typeError)
			}
		},
	}
	pkg, err := config.Check(n.path(), r.fset, c.files, c.info)
	n.types = pkg
	if err != nil && problem == nil {
		problem = r.typeProblem(c, err)
	}
	return problem
}

// declare gives n, which the cache had, the types that its files declare and
// the facts about them.
func (r *run) declare(n *node) {
	r.check(&checked{node: n, contents: make(map[string][]byte), sizes: r.sizes})
	if n.entry.objectFacts {
		n.facts = r.plan.decodeFacts(n.entry.facts, n.types)
	}
	r.registry.add(n.types, n)
}

// factsOf returns the facts about a package that is finished.
func (r *run) factsOf(n *node) map[*analysis.Analyzer]*factTable {
	switch {
	case n.entry == nil:
	case !n.entry.objectFacts:
		n.decode.Do(func() { n.facts = r.plan.decodeFacts(n.entry.facts, nil) })
	default:
		n.load.Do(func() { r.declare(n) })
	}
	return n.facts
}

func (n *node) importsHoles() bool {
	for _, imported := range n.imports {
		if imported.holes {
			return true
		}
	}
	return false
}

// leaveOutHoles takes out the bodies of functions that use what an import that does
// not type-check left without a type. The type checker lets such uses pass, as it has
// told of them in the import, and no pass can do anything with them. It reports the
// first of them, if there is one, and whether some stand where they cannot be taken
// out: the whole package is of no use then.
func (r *run) leaveOutHoles(c *checked) (problem *finding.Problem, broken bool) {
	holes := c.holes()
	if len(holes) == 0 {
		return nil, false
	}
	var empty []*ast.FuncDecl
	for _, pos := range holes {
		decl := c.functionAround(pos)
		broken = broken || decl == nil
		empty = append(empty, decl)
	}
	text := "uses what does not type-check in a package that it imports, fix that first"
	if !broken {
		for _, decl := range empty {
			decl.Body = nil
		}
		text = "functions that use what does not type-check in an imported package are left out, fix that first"
	}
	at := r.position(holes[0])
	return &finding.Problem{Package: c.node.path(), File: at.file, Line: at.line, Message: text}, broken
}

// holes returns where the package uses what has no type, in order.
func (c *checked) holes() []token.Pos {
	var found []token.Pos
	for e, value := range c.info.Types {
		if value.Type == types.Typ[types.Invalid] {
			found = append(found, e.Pos())
		}
	}
	for id, object := range c.info.Uses {
		if object.Type() == types.Typ[types.Invalid] && isTyped(object) {
			found = append(found, id.Pos())
		}
	}
	slices.Sort(found)
	return found
}

// functionAround returns the function in whose body pos stands, nil for none.
func (c *checked) functionAround(pos token.Pos) *ast.FuncDecl {
	for _, file := range c.files {
		if pos < file.FileStart || file.FileEnd <= pos {
			continue
		}
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok && decl.Body != nil && decl.Body.Pos() <= pos && pos < decl.Body.End() {
				return decl
			}
		}
	}
	return nil
}

// isTyped reports whether objects of its kind have a type.
func isTyped(object types.Object) bool {
	switch object.(type) {
	case *types.PkgName, *types.Label, *types.Builtin:
		return false
	}
	return true
}

// size returns how many bytes the files of the package have.
func (c *checked) size() int {
	size := 0
	for _, content := range c.contents {
		size += len(content)
	}
	return size
}

// How much of the source, in bytes, there is to an expression and to a use of a name,
// in programs that people write; and for how many there is room from the start at
// most, as there are files that consist of one long text.
const (
	bytesPerExpression = 15
	bytesPerUse        = 20
	maxExpected        = 100_000
)

// newInfo returns what takes the types of a package with source of that size. That it
// need not grow saves more than a tenth of what the type checker takes. There are no
// scopes in it, for which no pass asks.
func newInfo(size int) *types.Info {
	return &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue, min(size/bytesPerExpression, maxExpected)),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object, min(size/bytesPerUse, maxExpected)),
		Implicits:    make(map[ast.Node]types.Object),
		Instances:    make(map[*ast.Ident]types.Instance),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: make(map[*ast.File]string),
	}
}

// A sourceImporter implements [types.Importer] for the source of a package.
type sourceImporter struct {
	run  *run
	node *node
}

// Import returns the types of a package under the path that the source writes.
func (i sourceImporter) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	imported := i.node.imports[path]
	if imported != nil && imported.entry != nil {
		imported.load.Do(func() { i.run.declare(imported) })
	}
	switch {
	case imported == nil:
		return nil, errors.New("import cycle, or not listed by the go command")
	case imported.types != nil:
		return imported.types, nil
	case imported.Error != nil:
		return nil, errors.New(adviseOn(imported.Error.Err))
	case imported.source:
		return nil, errors.New("it could not be analysed itself")
	}
	return nil, fmt.Errorf("no Go files in %s", imported.Dir)
}

func (n *node) goVersion() string {
	if n.Module == nil || n.Module.GoVersion == "" {
		return ""
	}
	return "go" + n.Module.GoVersion
}

// parse reads the files of c. All that can be read are there afterwards.
func (r *run) parse(c *checked) *finding.Problem {
	var problem *finding.Problem
	for _, name := range c.node.parsedFiles() {
		file, err := r.parseFile(c, name)
		if file != nil {
			c.files = append(c.files, file)
		}
		if err != nil && problem == nil {
			problem = r.parseProblem(c.node, name, err)
		}
	}
	return problem
}

func (r *run) parseFile(c *checked, name string) (*ast.File, error) {
	data, err := r.readSource(name)
	if err != nil {
		return nil, err
	}
	c.contents[name] = data
	return parser.ParseFile(r.fset, name, data, parser.ParseComments|parser.SkipObjectResolution)
}

func (r *run) parseProblem(n *node, name string, err error) *finding.Problem {
	problem := &finding.Problem{Package: n.path(), File: r.paths.relative(name)}
	var list scanner.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		first := list[0]
		problem.File, problem.Line = r.paths.relative(first.Pos.Filename), first.Pos.Line
		problem.Message = because("does not parse, fix that first", first.Msg, len(list)-1)
		return problem
	}
	var path *os.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	problem.Message = because("cannot be read, check its permissions", err.Error(), 0)
	return problem
}

// typeProblem is about the first error that the type checker saw.
func (r *run) typeProblem(c *checked, err error) *finding.Problem {
	problem := &finding.Problem{Package: c.node.path()}
	if len(c.node.CgoFiles) > 0 && len(c.node.CompiledGoFiles) == 0 {
		problem.Message = because("cgo failed, install a C compiler or set CGO_ENABLED=0", c.node.cgoError(), 0)
		return problem
	}
	first, count := firstError(c.typeErrors)
	if first == nil {
		problem.Message = because("does not type-check, fix that first", err.Error(), 0)
		return problem
	}
	position := r.position(first.Pos)
	problem.File, problem.Line = position.file, position.line
	why, text := "does not type-check, fix that first", adviseOn(first.Msg)
	if importFailure(first) {
		why, text = "does not type-check", first.Msg // what to do is in the error
	}
	problem.Message = because(why, text, count-1)
	return problem
}

// cgoError is what the go command says about the use of cgo in n. Without a C
// compiler that is an error of the package that cgo imports.
func (n *node) cgoError() string {
	for _, candidate := range []*node{n, n.imports["runtime/cgo"]} {
		if candidate != nil && candidate.Error != nil {
			_, text, _ := strings.Cut(candidate.Error.Err, "\n") // below the package's path
			return text
		}
	}
	return "go build says why"
}

// firstError picks the error to show and tells how many there are. What could
// not be imported comes first, then what stands first; soft errors, such as
// unused variables, count only where there are no others.
func firstError(all []types.Error) (first *types.Error, count int) {
	for i := range all {
		err := &all[i]
		switch {
		case strings.HasPrefix(err.Msg, "\t"): // continues the one before
		case first == nil || first.Soft && !err.Soft:
			first, count = err, 1
		case err.Soft && !first.Soft:
		default:
			count++
			if importFailure(err) != importFailure(first) {
				if importFailure(err) {
					first = err
				}
			} else if err.Pos < first.Pos {
				first = err
			}
		}
	}
	return first, count
}

// importFailure reports whether err is about an import: other errors of the
// package follow from those.
func importFailure(err *types.Error) bool {
	return strings.HasPrefix(err.Msg, "could not import ")
}

// A position is a place as findings name it.
type position struct {
	file         string
	line, column int
}

// position honours line directives, so that what cgo made of a file is found
// in the file itself.
func (r *run) position(pos token.Pos) position {
	p := r.fset.Position(pos)
	return position{file: r.paths.relative(p.Filename), line: p.Line, column: p.Column}
}
