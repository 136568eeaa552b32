// Package protection finds where protection against cross-site request forgery
// is there in name only: configured so that it lets through what it is for, or
// called and not heeded.
package protection

import (
	"go/token"
	"go/types"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

// Analyzer finds the flaws in the protection that a package sets up.
var Analyzer = &analysis.Analyzer{
	Name:       "soplintprotection",
	Doc:        "soplintprotection: find flaws of CSRF protection for the other passes of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        run,
	Requires:   []*analysis.Analyzer{ssax.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Protected)},
}

// A Result is what is known of a package.
type Result struct {
	Flaws []*Flaw // in source order

	// Wraps are the places where this package makes a library's protection of more
	// than single routes.
	Wraps []token.Pos

	// Guards is set where this package protects more than single routes in another
	// way, or may, and where one that it imports does: what it does not protect is
	// not for a report then.
	Guards bool
}

// A Flaw is a place that weakens the protection.
type Flaw struct {
	Kind    Kind
	Pos     token.Pos
	By      string    // the function or field, as code has it
	Text    string    // the pattern, beginning, origin or look-up that does it; the advisory of a version
	Reason  string    // for NeverMatches: why; for KnownHole: what it is in, "origin" or "token"
	Version string    // for KnownHole and ToolchainHole
	Other   token.Pos // where what a deny handler serves is protected
}

// A Kind says what is wrong.
type Kind uint8

// The kinds of flaws.
const (
	ExemptsAll      Kind = iota // a pattern or predicate exempts every request
	ExemptsSome                 // a pattern exempts the paths below one
	ExemptsBelow                // a predicate exempts the paths that begin with a text
	ExemptsAsked                // a predicate exempts requests by what any page can put into them
	Unanchored                  // a regular expression exempts every path that contains a match
	DenyServes                  // what answers refused requests serves the application
	ResultUnused                // the protected handler is thrown away
	ErrorUnused                 // the verdict is thrown away
	ErrorTold                   // the verdict changes nothing but what is logged
	ProtectsNothing             // what was made to protect is configured and never asked
	TrustsHTTP                  // an origin over http is trusted
	TrustsHost                  // a host is trusted, over http as well
	NeverMatches                // a trusted origin that no browser sends
	ReadsCookie                 // the token is looked for in the cookie that it is compared with
	ReadsLaxCookie              // the same, where other sites' forms do not carry the cookie
	AlsoReadsSite               // the same, where Sec-Fetch-Site is compared as well
	KnownHole                   // the library's version has a hole
	ToolchainHole               // the release of Go that go.mod names has one
)

func run(pass *analysis.Pass) (any, error) {
	source := pass.ResultOf[ssax.Analyzer].(*ssax.Package)
	s := &search{pass: pass, source: source, table: model.Builtin(), result: &Result{}}
	if source.SSA == nil {
		return s.result, nil
	}
	s.trace = source.Tracer()
	s.guards(source)
	if !s.concerns() {
		return s.result, nil
	}
	for _, fn := range source.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.Alloc:
					s.made(instr)
				case *ssa.Call:
					s.call(instr)
				case *ssa.Store:
					s.store(instr)
				}
			}
		}
	}
	return s.result, nil
}

type search struct {
	pass   *analysis.Pass
	table  *model.Table
	source *ssax.Package
	trace  *ssax.Tracer
	result *Result
}

func (s *search) keep(f Flaw) { s.result.Flaws = append(s.result.Flaws, &f) }

// concerns reports whether the package imports one that protects.
func (s *search) concerns() bool {
	return slices.ContainsFunc(s.table.Rows(), func(row *model.Row) bool {
		return strings.HasPrefix(row.Role, "csrf.") && slices.ContainsFunc(s.pass.Pkg.Imports(), func(imported *types.Package) bool {
			return strings.Contains(row.Symbol, imported.Path())
		})
	})
}

// call judges a call of a function that the models know.
func (s *search) call(call *ssa.Call) {
	name := s.trace.CalleeName(&call.Call)
	if name == "" {
		s.dynamic(call)
		return
	}
	if callee := call.Call.StaticCallee(); callee != nil && callee.Pkg != nil && callee.Pkg.Pkg == s.pass.Pkg {
		return // of the library itself
	}
	unused := len(*call.Referrers()) == 0
	for _, row := range s.trace.Rows(&call.Call) {
		f := Flaw{Pos: call.Pos(), By: shortName(name)}
		switch row.Role {
		case "csrf.wrap", "csrf.make", "csrf.new":
			s.use(call, row.Role, f)
		case "csrf.check":
			s.verdict(call, f)
		case "csrf.release":
			s.releaseOf(row, call.Call.StaticCallee().Pkg.Pkg, f)
		case "csrf.toolchain":
			s.toolchain(row, f)
		case "csrf.off":
			s.off(call, f)
		case "csrf.cookie":
			f.Kind = s.readsCookie(row, optionsWith(call))
			s.keep(f)
		case "csrf.bypass":
			s.bypass(row, ssax.Argument(&call.Call, row.Arg("pattern")), f)
		case "csrf.trust":
			s.trusted(row, ssax.Argument(&call.Call, row.Arg("origin")), f, !unused)
		case "csrf.skip":
			s.skip(ssax.Argument(&call.Call, row.Arg("predicate")), f)
		case "csrf.deny":
			s.deny(ssax.Argument(&call.Call, row.Arg("handler")), f)
		}
	}
}

// dynamic judges a call of what a csrf.make function returned.
func (s *search) dynamic(call *ssa.Call) {
	if len(*call.Referrers()) > 0 || call.Call.IsInvoke() {
		return
	}
	if made := s.maker(call); made != nil {
		s.keep(Flaw{Kind: ResultUnused, Pos: call.Pos(), By: shortName(ssax.CalleeName(&made.Call))})
	}
}

// maker returns the call of a csrf.make function whose result a call is of, nil if
// it is of none.
func (s *search) maker(call *ssa.Call) *ssa.Call {
	for _, source := range s.trace.Of(call.Call.Value).Sources {
		if made, ok := source.(*ssa.Call); ok && s.trace.Row("csrf.make", &made.Call) != nil {
			return made
		}
	}
	return nil
}

// store judges what a field of a library's options is given.
func (s *search) store(store *ssa.Store) {
	field, ok := store.Addr.(*ssa.FieldAddr)
	if !ok {
		return
	}
	for _, row := range ssax.FieldRows(s.table, field) {
		f := Flaw{Pos: store.Pos(), By: ssax.FieldOf(field).Name()}
		switch row.Role {
		case "csrf.skip":
			s.skip(store.Val, f)
		case "csrf.deny":
			s.deny(store.Val, f)
		case "csrf.trust":
			s.trusted(row, store.Val, f, true)
		case "csrf.lookup":
			s.lookup(row, store.Val, field.X, f)
		}
	}
}

// texts returns the constants that a string, or a list of strings, may be.
func (s *search) texts(v ssa.Value) []string {
	var found []string
	for _, source := range s.trace.Of(v).Sources {
		if text, ok := ssax.Text(source); ok {
			found = append(found, text)
			continue
		}
		for _, element := range ssax.Variadic(source) {
			if element != nil {
				found = append(found, s.texts(element)...)
			}
		}
	}
	return found
}

// bypass judges a pattern that exempts requests.
func (s *search) bypass(row *model.Row, pattern ssa.Value, f Flaw) {
	for _, f.Text = range s.texts(pattern) {
		switch row.Arg("form") {
		case "mux":
			p, err := web.ParsePattern(f.Text)
			switch {
			case err != nil:
				continue
			case p.Everything():
				f.Kind = ExemptsAll
			case p.Subtree():
				f.Kind = ExemptsSome
			default:
				continue
			}
		case "regexp":
			expression, err := regexp.Compile(f.Text)
			if err != nil {
				continue
			}
			switch {
			case !slices.ContainsFunc(anyPaths, func(path string) bool { return !expression.MatchString(path) }):
				f.Kind = ExemptsAll
			case !strings.HasPrefix(f.Text, "^"):
				f.Kind = Unanchored
			default:
				continue
			}
		}
		s.keep(f)
	}
}

// anyPaths are paths that have nothing in common but what all paths have.
var anyPaths = []string{"/", "/q7", "/q7/w/e.x", "/Z/"}

// trusted judges origins whose requests are let through.
func (s *search) trusted(row *model.Row, origins ssa.Value, f Flaw, heeded bool) {
	for _, f.Text = range s.texts(origins) {
		host, isHTTP := strings.CutPrefix(f.Text, "http://")
		f.Reason = web.NeverMatches(f.Text)
		switch form := row.Arg("form"); {
		case form == "host":
			if f.Kind = TrustsHost; strings.ContainsAny(f.Text, "/*") || f.Text != strings.ToLower(f.Text) {
				f.Kind, f.Reason = NeverMatches, "it is compared with a host alone"
			}
			if isLocal(f.Text) {
				continue
			}
		case isHTTP && !isLocal(host):
			f.Kind = TrustsHTTP
		case form == "exact" && f.Reason != "" && (!heeded || isAccepted(f.Text)):
			f.Kind = NeverMatches
		default:
			continue
		}
		s.keep(f)
	}
}

// isAccepted reports whether a library that refuses what is no origin takes a
// text for one all the same: one with a wildcard, in capitals, or with the
// default port.
func isAccepted(origin string) bool {
	_, host, found := strings.Cut(origin, "://")
	return found && host != "" && !strings.ContainsAny(host, "/?#@")
}

// isLocal reports whether a host is the developer's own machine.
func isLocal(host string) bool {
	name, _, _ := strings.Cut(host, ":")
	return name == "localhost" || strings.HasPrefix(name, "127.") || strings.HasPrefix(host, "[::1]")
}

// off judges a call that exempts the request at hand: on every way through the
// function, it exempts them all.
func (s *search) off(call *ssa.Call, f Flaw) {
	fn := call.Parent()
	if below := prefixBefore(call.Block()); below != "" {
		f.Kind, f.Text = ExemptsBelow, below
		s.keep(f)
		return
	}
	for _, b := range fn.Blocks {
		if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && !call.Block().Dominates(b) {
			return
		}
	}
	if slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return p.Type().String() == "net/http.ResponseWriter" }) {
		f.Kind = ExemptsAll
		s.keep(f)
	}
}

// shortName is the name of a function as code has it.
func shortName(name string) string {
	receiver, method, isMethod := strings.Cut(strings.TrimLeft(name, "(*"), ").")
	short := receiver[strings.LastIndexByte(receiver, '/')+1:]
	if !isMethod {
		return short
	}
	return short[strings.LastIndexByte(short, '.')+1:] + "." + method
}
