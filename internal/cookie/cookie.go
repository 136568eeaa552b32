// Package cookie finds the cookies that a program logs its users in by, and
// what their attributes are.
//
// It follows a cookie from where it is sent back to where it is built, through
// the calls of a package and into functions of others that build cookies for
// their callers, and collects every value that an attribute may have.
// What it says of an attribute is therefore what may be; an attribute that code
// outside the package, or a setting, has a say in is Open.
package cookie

import (
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

// Analyzer finds the credentials that a package sends as cookies.
var Analyzer = &analysis.Analyzer{
	Name:       "soplintcookie",
	Doc:        "soplintcookie: find session and auth cookies for the other passes of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        run,
	Requires:   []*analysis.Analyzer{ssax.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Helpers)},
}

// A Result is what is known of a package.
type Result struct {
	Cookies []*Cookie // in source order
}

// A Cookie is a session or auth cookie.
type Cookie struct {
	Pos      token.Pos // where it is built, or its SameSite is set
	Sent     token.Pos // where it is sent with a response, NoPos for those of session libraries
	Value    token.Pos // what its value is made from, for a cookie that is written as text; else NoPos
	Name     string    // as browsers see it; "" where that is not known
	SameSite Modes
	Secure   Answer
	By       string // the function of another package that makes it, "" where this one does
	Library  string // the function of a session library whose default it is, "" where the program says
	Version  string // of that library, where it decides
	Late     bool   // the call that sets SameSite comes after the one that sends the cookie
	Isolated bool   // it is partitioned by the site at the top (CHIPS)
}

// Modes are the values that a SameSite attribute may have.
type Modes struct {
	Is   map[web.SameSite]bool
	Open bool // or another one, which a setting or other code decides
}

// Only reports whether the attribute can have none but these values.
func (m Modes) Only(modes ...web.SameSite) bool {
	if m.Open || len(m.Is) == 0 {
		return false
	}
	for mode := range m.Is {
		if !slices.Contains(modes, mode) {
			return false
		}
	}
	return true
}

// An Answer is yes, no, or not known.
type Answer uint8

// The answers.
const (
	NotKnown Answer = iota
	No
	Yes
)

func run(pass *analysis.Pass) (any, error) {
	source := pass.ResultOf[ssax.Analyzer].(*ssax.Package)
	s := &search{
		pass: pass, source: source, table: model.Builtin(), result: &Result{}, built: map[token.Pos]bool{},
		helpers: map[string]*Helper{}, imported: map[*types.Package]*Helpers{},
	}
	if source.SSA == nil || !s.concerns(pass.Pkg) {
		return s.result, nil
	}
	s.trace = source.Tracer()
	for _, fn := range source.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				s.instruction(instr)
			}
		}
	}
	for _, fn := range source.Funcs {
		s.returned(fn)
	}
	s.stores(source)
	s.export()
	slices.SortFunc(s.result.Cookies, func(a, b *Cookie) int { return int(a.Pos) - int(b.Pos) })
	return s.result, nil
}

// concerns reports whether the package imports one that cookies are made with.
func (s *search) concerns(pkg *types.Package) bool {
	return slices.ContainsFunc(pkg.Imports(), func(imported *types.Package) bool {
		return s.table.Find("web", imported.Path()) != nil || s.table.HasPrefix(imported.Path()+".")
	})
}

type search struct {
	pass   *analysis.Pass
	table  *model.Table
	source *ssax.Package
	trace  *ssax.Tracer
	result *Result
	built  map[token.Pos]bool // cookies that were looked at

	helpers  map[string]*Helper          // functions of this package, by name
	imported map[*types.Package]*Helpers // those of others, as far as they were asked about
}

func (s *search) keep(c *Cookie) { s.result.Cookies = append(s.result.Cookies, c) }

// instruction looks at an instruction that may send a cookie.
func (s *search) instruction(instr ssa.Instruction) {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return
	}
	if made, ok := call.(*ssa.Call); ok {
		if h := s.helperOf(made); h != nil && !h.Returns {
			s.called(made, made.Pos(), h, nil)
		}
	}
	for _, row := range s.trace.Rows(call.Common()) {
		switch row.Role {
		case "cookie.write":
			if cookie := ssax.Argument(call.Common(), row.Arg("cookie")); cookie != nil {
				s.sent(call, cookie, "")
			} else {
				s.sentInParts(call, row)
			}
		case "header.set", "header.add":
			key := ssax.Argument(call.Common(), row.Arg("key"))
			if text, ok := ssax.Text(key); ok && strings.EqualFold(text, "Set-Cookie") {
				s.sentAsText(call, ssax.Argument(call.Common(), row.Arg("value")))
			}
		}
	}
}

// sent judges a cookie that a call sends: each of the values that it may be. What
// the request brings is one that was made before, so it counts only where none is
// made here. Attributes is what is appended to its text.
func (s *search) sent(call ssa.CallInstruction, cookie ssa.Value, attributes string) {
	traced := s.trace.Of(cookie)
	made := slices.ContainsFunc(traced.Sources, func(v ssa.Value) bool {
		_, ok := v.(*ssa.Alloc)
		return ok && s.typeRow("cookie.type", v.Type()) != nil
	})
	for _, source := range traced.Sources {
		row := s.typeRow("cookie.type", source.Type())
		if row == nil && s.typeRow("cookie.type", types.NewPointer(source.Type())) != nil && s.sentFor(source, call, traced.Seen) {
			continue
		}
		if row == nil || s.built[position(source)] {
			continue
		}
		p := &parts{search: s, values: map[string][]part{}}
		switch source := source.(type) {
		case *ssa.Alloc:
		case *ssa.Call, *ssa.Extract:
			if s.sentFor(source, call, traced.Seen) || made || !p.received(s.table, source) {
				continue
			}
		default:
			continue
		}
		s.built[position(source)] = true
		p.collect(row, traced.Seen)
		s.judge(call, source, row, p, attributes)
	}
}

// sentFor judges a cookie that a call sends, if a function of another package
// made it; it reports whether one did.
func (s *search) sentFor(source ssa.Value, call ssa.CallInstruction, seen map[ssa.Value]bool) bool {
	v := source
	if extract, ok := v.(*ssa.Extract); ok {
		v = extract.Tuple
	}
	making, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	h := s.helperOf(making)
	if h == nil || !h.Returns {
		return false
	}
	s.called(making, call.Pos(), h, seen)
	return true
}

// judge keeps a cookie of which the parts are known, if it is a credential.
func (s *search) judge(call ssa.CallInstruction, source ssa.Value, row *model.Row, p *parts, attributes string) {
	label, ok := p.credential(source.Parent())
	if !ok {
		s.offer(call.Parent(), p, web.ParseSameSite(row.Arg("default")))
		return
	}
	c := &Cookie{Pos: position(source), Sent: call.Pos(), Name: label}
	c.SameSite = p.modes("samesite", web.ParseSameSite(row.Arg("default")))
	c.Secure = p.answer("secure")
	c.Isolated = p.answer("partitioned") == Yes
	if at := p.position("samesite"); at.IsValid() {
		c.Pos = at
	}
	if c.SameSite.Is[web.SameSiteNone] && row.Arg("autosecure") != "" {
		c.Secure = Yes
	}
	if attributes != "" {
		text := web.ParseSetCookie("name=" + attributes)
		if text.Open || text.SameSite != web.SameSiteUnset {
			c.SameSite = Modes{Is: map[web.SameSite]bool{text.SameSite: true}, Open: text.Open}
		}
	}
	s.keep(c)
}

// position is where the code makes a value.
func position(v ssa.Value) token.Pos {
	if extract, ok := v.(*ssa.Extract); ok {
		return extract.Tuple.Pos()
	}
	return v.Pos()
}

// typeRow returns the row of that role of the type that t points to, nil if it
// has none. The library that declares a type is not judged by it.
func (s *search) typeRow(role string, t types.Type) *model.Row {
	ptr, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	named, ok := types.Unalias(ptr.Elem()).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg() == s.pass.Pkg {
		return nil
	}
	return model.WithRole(ssax.TypeRows(s.table, named), role)
}

// sentInParts judges a cookie whose parts are the arguments of a call.
func (s *search) sentInParts(call ssa.CallInstruction, row *model.Row) {
	p := &parts{search: s, values: map[string][]part{}}
	for _, name := range []string{"name", "value", "maxage", "secure", "httponly"} {
		if v := ssax.Argument(call.Common(), row.Arg(name)); v != nil {
			p.add(name, v, call.Pos())
		}
	}
	label, ok := p.credential(call.Parent())
	if !ok {
		if row.Arg("samesite") != "context" {
			p.add("samesite", ssax.Argument(call.Common(), row.Arg("samesite")), call.Pos())
			s.offer(call.Parent(), p, web.SameSiteUnset)
		}
		return
	}
	c := &Cookie{Pos: call.Pos(), Sent: call.Pos(), Name: label, Secure: p.answer("secure")}
	if row.Arg("samesite") == "context" {
		c.SameSite, c.Late = s.fromContext(call)
	} else {
		p.add("samesite", ssax.Argument(call.Common(), row.Arg("samesite")), call.Pos())
		c.SameSite = p.modes("samesite", web.SameSiteUnset)
	}
	if c.SameSite.Is[web.SameSiteNone] && row.Arg("autosecure") != "" {
		c.Secure = Yes
	}
	s.keep(c)
}

// fromContext returns the SameSite that calls on the same receiver have set
// before a cookie is sent; late says that such a call comes after it instead.
// Where nothing in the function sets it, another function of the package may
// have: a middleware.
func (s *search) fromContext(call ssa.CallInstruction) (modes Modes, late bool) {
	p := &parts{search: s, values: map[string][]part{}}
	always := false // whatever was set elsewhere, the function sets it anew
	setters := s.contextSetters()
	for _, setter := range setters {
		switch {
		case setter.call.Parent() != call.Parent():
		case ssax.Precedes(setter.call, call):
			p.add("samesite", setter.value, setter.call.Pos())
			always = always || setter.call.Block().Dominates(call.Block())
		default:
			late = true
		}
	}
	late = late && len(p.values) == 0
	modes = p.modes("samesite", web.SameSiteUnset)
	modes.Open = modes.Open || len(setters) > 0 && !always && !late
	return modes, late
}

type contextSetter struct {
	call  ssa.CallInstruction
	value ssa.Value
}

func (s *search) contextSetters() []contextSetter {
	var found []contextSetter
	for _, row := range s.table.Rows() {
		if row.Role != "cookie.context" {
			continue
		}
		for _, call := range s.trace.CallsOf(row.Symbol) {
			found = append(found, contextSetter{call, ssax.Argument(call.Common(), row.Arg("value"))})
		}
	}
	return found
}
