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
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/release"
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

	// Guards is set where this package, or one that it imports, protects more than
	// single routes, or may: what it does not protect is not for a report then.
	Guards bool
}

// A Flaw is a place that weakens the protection.
type Flaw struct {
	Kind    Kind
	Pos     token.Pos
	By      string    // the function or field, as code has it
	Text    string    // the pattern, origin or look-up that does it; the advisory of a version
	Reason  string    // for NeverMatches: why; for KnownHole: what it is in, "origin" or "token"
	Version string    // for KnownHole
	Other   token.Pos // where what a deny handler serves is protected
}

// A Kind says what is wrong.
type Kind uint8

// The kinds of flaws.
const (
	ExemptsAll      Kind = iota // a pattern or predicate exempts every request
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
)

func run(pass *analysis.Pass) (any, error) {
	source := pass.ResultOf[ssax.Analyzer].(*ssax.Package)
	s := &search{pass: pass, table: model.Builtin(), result: &Result{}}
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

// releaseOf judges the version of the library that a function is of, where the
// package imports it: it is mended once, in go.mod. What a sibling sub-domain
// needs is a cookie that it sets for this host, and Chromium and Firefox let nobody
// else set one whose name begins with __Host- (RFC 6265bis, section 4.1.3.2).
func (s *search) releaseOf(row *model.Row, callee *types.Package, f Flaw) {
	told := func(f *Flaw) bool { return f.Kind == KnownHole && f.By == callee.Path() }
	if slices.ContainsFunc(s.result.Flaws, told) || row.Arg("hole") == "origin" && s.hostOnly() {
		return
	}
	f.Version = release.Of(s.pass.Fset, callee)
	if f.Version != "" && release.Before(f.Version, row.Arg("before")) {
		f.Kind, f.By, f.Text, f.Reason = KnownHole, callee.Path(), row.Arg("cve"), row.Arg("hole")
		f.Pos = s.imported(callee.Path(), f.Pos)
		s.keep(f)
	}
}

// hostOnly reports whether the token's cookie is one that only this host can set.
func (s *search) hostOnly() bool {
	for _, row := range s.table.Rows() {
		if row.Role != "csrf.name" {
			continue
		}
		for _, call := range s.trace.CallsOf(row.Symbol) {
			names := s.texts(ssax.Argument(call.Common(), row.Arg("name")))
			if slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(name, "__Host-") }) {
				return true
			}
		}
	}
	return false
}

// imported returns where the package first imports another one, or else the
// place that is given.
func (s *search) imported(path string, or token.Pos) token.Pos {
	for _, file := range s.pass.Files {
		for _, spec := range file.Imports {
			if spec.Path.Value == strconv.Quote(path) {
				return spec.Pos()
			}
		}
	}
	return or
}

// call judges a call of a function that the models know.
func (s *search) call(call *ssa.Call) {
	name := ssax.CalleeName(&call.Call)
	if name == "" {
		s.dynamic(call)
		return
	}
	if callee := call.Call.StaticCallee(); callee != nil && callee.Pkg != nil && callee.Pkg.Pkg == s.pass.Pkg {
		return // of the library itself
	}
	unused := len(*call.Referrers()) == 0
	for _, row := range s.table.Lookup(name) {
		f := Flaw{Pos: call.Pos(), By: shortName(name)}
		switch row.Role {
		case "csrf.wrap", "csrf.make", "csrf.new":
			s.use(call, row.Role, f)
		case "csrf.check":
			s.verdict(call, f)
		case "csrf.release":
			s.releaseOf(row, call.Call.StaticCallee().Pkg.Pkg, f)
		case "csrf.off":
			s.off(call, f)
		case "csrf.cookie":
			f.Kind = readsCookie(row, optionsWith(call))
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
	if maker := s.maker(call); maker != "" {
		s.keep(Flaw{Kind: ResultUnused, Pos: call.Pos(), By: shortName(maker)})
	}
}

// maker returns the csrf.make function whose result a call is of, "" if it is
// of none.
func (s *search) maker(call *ssa.Call) string {
	for _, source := range s.trace.Of(call.Call.Value).Sources {
		if made, ok := source.(*ssa.Call); ok {
			if name := ssax.CalleeName(&made.Call); s.table.Find("csrf.make", name) != nil {
				return name
			}
		}
	}
	return ""
}

// store judges what a field of a library's options is given.
func (s *search) store(store *ssa.Store) {
	field, ok := store.Addr.(*ssa.FieldAddr)
	if !ok {
		return
	}
	symbol := ssax.FieldName(field)
	for _, row := range s.table.Lookup(symbol) {
		f := Flaw{Pos: store.Pos(), By: symbol[strings.LastIndexByte(symbol, '.')+1:]}
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
			if err != nil || !p.Everything() {
				continue
			}
			f.Kind = ExemptsAll
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

// lookup judges where a token is looked for.
func (s *search) lookup(row *model.Row, v, options ssa.Value, f Flaw) {
	for _, f.Text = range s.texts(v) {
		for place := range strings.SplitSeq(f.Text, ",") {
			if !strings.HasPrefix(strings.TrimSpace(place), "cookie:") {
				continue
			}
			f.Kind = readsCookie(row, options)
			path := row.Symbol[:strings.LastIndex(row.Symbol[:strings.LastIndexByte(row.Symbol, '.')], ".")]
			if strict := row.Arg("strict"); strict != "" && !release.Before(s.version(path), strict) {
				f.Kind = AlsoReadsSite
			}
			s.keep(f)
			break
		}
	}
}

// readsCookie tells whether forms of other sites carry the token's cookie: by
// default they do, unless the library says SameSite=Lax where the options do not
// say None.
func readsCookie(row *model.Row, options ssa.Value) Kind {
	if row.Arg("open") == "" || saysNone(options, row.Arg("open")) {
		return ReadsCookie
	}
	return ReadsLaxCookie
}

// saysNone reports whether a field of options is given the text None.
func saysNone(options ssa.Value, name string) bool {
	if options == nil {
		return false
	}
	for _, use := range *options.Referrers() {
		field, ok := use.(*ssa.FieldAddr)
		if !ok || !strings.HasSuffix(ssax.FieldName(field), "."+name) {
			continue
		}
		for _, use := range *field.Referrers() {
			if store, ok := use.(*ssa.Store); ok && store.Addr == field {
				if text, _ := ssax.Text(store.Val); strings.EqualFold(text, "none") {
					return true
				}
			}
		}
	}
	return false
}

// optionsWith returns the options of which the result of a call becomes a field,
// nil where it becomes none.
func optionsWith(call *ssa.Call) ssa.Value {
	for _, use := range *call.Referrers() {
		if store, ok := use.(*ssa.Store); ok {
			if field, ok := store.Addr.(*ssa.FieldAddr); ok {
				return field.X
			}
		}
	}
	return nil
}

func (s *search) version(path string) string {
	if pkg := ssax.Import(s.pass.Pkg, path); pkg != nil {
		return release.Of(s.pass.Fset, pkg)
	}
	return ""
}

// off judges a call that exempts the request at hand: on every way through the
// function, it exempts them all.
func (s *search) off(call *ssa.Call, f Flaw) {
	fn := call.Parent()
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
