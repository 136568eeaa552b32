package cookie

import (
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

// A Helper says what cookie a function makes for its callers.
type Helper struct {
	Name    string // the function's full name
	Returns bool   // it returns the cookie, a caller sends it; else it sends it itself
	Type    string // the cookie's type, for one that is returned
	Parts   []HelperPart
	Modes   []web.SameSite // what SameSite may be; none if code or a setting has a say in it
	Secure  Answer
	HTTP    Answer      // whether scripts cannot read it
	Made    web.Purpose // what its value is made from tells this
}

// A HelperPart is a part of the cookie that the function is given, or knows.
type HelperPart struct {
	Name  string
	Param int    // which of the function's parameters it is, -1 for none
	Text  string // what it is if no parameter
}

// Helpers is the fact that carries the functions of a package that make cookies
// for others: what they are for is known where they are called.
type Helpers struct {
	Funcs []*Helper // sorted by name
}

// AFact marks Helpers as a fact.
func (*Helpers) AFact() {}

// String lists the functions, for tests.
func (h *Helpers) String() string {
	text := "cookies of"
	for _, helper := range h.Funcs {
		text += " " + helper.Name
	}
	return text
}

// export exports what the package's helpers make.
func (s *search) export() {
	fact := new(Helpers)
	for _, name := range slices.Sorted(maps.Keys(s.helpers)) {
		fact.Funcs = append(fact.Funcs, s.helpers[name])
	}
	if len(fact.Funcs) > 0 {
		s.pass.ExportPackageFact(fact)
	}
}

// offer notes that a function sends a cookie whose name or value callers give, if
// what it is for is not known here.
func (s *search) offer(fn *ssa.Function, p *parts, zero web.SameSite) {
	if h := s.helper(fn, p, zero); h != nil && slices.ContainsFunc(h.Parts, func(part HelperPart) bool { return part.Param >= 0 }) {
		s.helpers[h.Name] = h
	}
}

// returned notes the functions that return a cookie that they build, where
// nothing in the package sends it.
func (s *search) returned(fn *ssa.Function) {
	var built []*ssa.Alloc
	for _, v := range results(fn) {
		alloc, ok := v.(*ssa.Alloc)
		if load, isLoad := v.(*ssa.UnOp); isLoad && load.Op == token.MUL {
			alloc, ok = load.X.(*ssa.Alloc)
		}
		if c, isConst := v.(*ssa.Const); isConst && c.Value == nil {
			continue
		}
		if !ok || s.typeRow("cookie.type", alloc.Type()) == nil || s.built[alloc.Pos()] {
			return
		}
		if !slices.Contains(built, alloc) {
			built = append(built, alloc)
		}
	}
	if len(built) != 1 {
		return
	}
	row := s.typeRow("cookie.type", built[0].Type())
	p := &parts{search: s, values: map[string][]part{}}
	p.collect(row, map[ssa.Value]bool{built[0]: true})
	if h := s.helper(fn, p, web.ParseSameSite(row.Arg("default"))); h != nil {
		h.Returns, h.Type = true, row.Symbol
		s.helpers[h.Name] = h
	}
}

// results returns what a function may return as its first result.
func results(fn *ssa.Function) []ssa.Value {
	var values []ssa.Value
	for _, b := range fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && len(ret.Results) > 0 {
			values = append(values, ret.Results[0])
		}
	}
	return values
}

// helper describes the cookie of a function that other packages can call, nil if
// it is one that is deleted.
func (s *search) helper(fn *ssa.Function, p *parts, zero web.SameSite) *Helper {
	if obj := fn.Object(); obj == nil || !obj.Exported() || p.deletes() || !p.varies("value") {
		return nil
	}
	h := &Helper{Name: ssax.FuncName(fn), Secure: p.answer("secure"), HTTP: p.answer("httponly")}
	for _, name := range []string{"name", "value", "samesite", "maxage"} {
		for _, given := range p.values[name] {
			if param, ok := given.value.(*ssa.Parameter); ok {
				h.Parts = append(h.Parts, HelperPart{Name: name, Param: slices.Index(fn.Params, param)})
			} else if text, ok := ssax.Text(given.value); ok {
				h.Parts = append(h.Parts, HelperPart{Name: name, Param: -1, Text: text})
			}
		}
	}
	if _, told := p.named(); told != web.NotTold {
		h.Made = told
	} else {
		h.Made = p.madeOf("value")
	}
	if modes := p.modes("samesite", zero); !modes.Open {
		h.Modes = slices.Sorted(maps.Keys(modes.Is))
	}
	return h
}

// helperOf returns what is known of a function of another package that makes
// cookies, nil if there is nothing.
func (s *search) helperOf(call *ssa.Call) *Helper {
	callee := call.Call.StaticCallee()
	if callee == nil || callee.Object() == nil || callee.Object().Pkg() == nil || callee.Object().Pkg() == s.pass.Pkg {
		return nil
	}
	pkg := callee.Object().Pkg()
	known, asked := s.imported[pkg]
	if !asked {
		known = new(Helpers)
		s.pass.ImportPackageFact(pkg, known)
		s.imported[pkg] = known
	}
	name := s.trace.CalleeName(&call.Call)
	i := slices.IndexFunc(known.Funcs, func(h *Helper) bool { return h.Name == name })
	if i < 0 {
		return nil
	}
	return known.Funcs[i]
}

// called judges the cookie that a call of another package's function makes, and
// sends there or at a place of this package. It has the parts that callers give
// it here, and what it has got there where they give it none.
func (s *search) called(call *ssa.Call, sent token.Pos, h *Helper, given map[ssa.Value]bool) {
	p := &parts{search: s, values: map[string][]part{}}
	row := &model.Row{}
	if h.Returns {
		row = s.table.Find("cookie.type", h.Type)
		p.collect(row, given)
	}
	p.fill(h, call)
	label, ok := p.credential(call.Parent())
	_, told := p.named()
	if h.Made == web.Other || !ok && (h.Made != web.Credential || told == web.Other || p.deletes() || !p.varies("value")) {
		return
	}
	c := &Cookie{Pos: call.Pos(), Sent: sent, Name: label, By: shortName(ssax.CalleeName(&call.Call)), Secure: p.answer("secure")}
	if c.SameSite = p.modes("samesite", web.ParseSameSite(row.Arg("default"))); len(p.values["samesite"]) == 0 {
		c.SameSite = Modes{Is: map[web.SameSite]bool{}, Open: len(h.Modes) == 0 || p.changed}
		for _, mode := range h.Modes {
			c.SameSite.Is[mode] = true
		}
	}
	if c.SameSite.Is[web.SameSiteNone] && row.Arg("autosecure") != "" {
		c.Secure = Yes
	}
	if !slices.ContainsFunc(s.result.Cookies, c.alike) {
		s.keep(c)
	}
}

// alike reports whether the same helper makes two cookies of one name with the same
// attributes: one of its calls stands for them all.
func (c *Cookie) alike(other *Cookie) bool {
	return c.By == other.By && c.Name == other.Name && c.Secure == other.Secure &&
		c.SameSite.Open == other.SameSite.Open && maps.Equal(c.SameSite.Is, other.SameSite.Is)
}

// fill gives a cookie the parts that it lacks and that a call of a helper brings.
func (p *parts) fill(h *Helper, call *ssa.Call) {
	add := func(name string, v ssa.Value) {
		if len(p.values[name]) == 0 {
			p.add(name, v, call.Pos())
		}
	}
	for _, part := range h.Parts {
		switch {
		case part.Param < 0:
			add(part.Name, ssa.NewConst(constant.MakeString(part.Text), types.Typ[types.String]))
		case part.Param < len(call.Call.Args):
			add(part.Name, call.Call.Args[part.Param])
		}
	}
	for name, answer := range map[string]Answer{"secure": h.Secure, "httponly": h.HTTP} {
		if answer != NotKnown {
			add(name, ssa.NewConst(constant.MakeBool(answer == Yes), types.Typ[types.Bool]))
		}
	}
	add("value", call)
}
