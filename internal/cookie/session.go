package cookie

import (
	"go/token"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/release"
	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

// stores judges the cookies of session libraries: the options that a program
// gives them, and the defaults of those that it gives none.
func (s *search) stores(source *ssax.Package) {
	options := &options{search: s, changed: map[string][]*parts{}}
	for _, fn := range source.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				options.note(instr)
			}
		}
	}
	options.report()
	for _, row := range s.table.Rows() {
		if row.Role == "session.store" && !options.given(row.Arg("options")) {
			for _, call := range s.trace.CallsOf(row.Symbol) {
				s.keep(s.byDefault(row, call))
			}
		}
	}
}

// byDefault is the cookie of a store that is given no options.
func (s *search) byDefault(row *model.Row, call ssa.CallInstruction) *Cookie {
	mode := web.ParseSameSite(row.Arg("samesite"))
	c := &Cookie{Pos: call.Pos(), Library: shortName(row.Symbol), Secure: No}
	border, before, decides := strings.Cut(row.Arg("before"), ",")
	if decides {
		c.Version = s.version(row.Arg("module"))
		if release.Before(c.Version, border) {
			mode = web.ParseSameSite(before)
		}
	}
	if row.Arg("secure") == "true" {
		c.Secure = Yes
	}
	c.SameSite = Modes{Is: map[web.SameSite]bool{mode: true}}
	return c
}

// version returns the version of the package with that path that this one
// imports, directly or not; "" where that is not known.
func (s *search) version(path string) string {
	if pkg := s.source.Import(path); pkg != nil {
		return release.Of(s.pass.Fset, pkg)
	}
	return ""
}

// shortName is the name of a function with its package's, as code has it.
func shortName(symbol string) string { return symbol[strings.LastIndexByte(symbol, '/')+1:] }

// options are the values of options types that a package builds or changes.
type options struct {
	*search
	built   []literal
	changed map[string][]*parts // by type, fields that are set in options that are not built here
}

type literal struct {
	row *model.Row
	at  *ssa.Alloc
	p   *parts
}

// note notes options that are built, and fields of others that are set.
func (o *options) note(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Alloc:
		if row := o.typeRow("session.options", instr.Type()); row != nil && !isCopy(instr) {
			p := &parts{search: o.search, values: map[string][]part{}}
			p.collect(row, map[ssa.Value]bool{instr: true})
			o.built = append(o.built, literal{row, instr, p})
		}
	case *ssa.FieldAddr:
		row := o.typeRow("session.options", instr.X.Type())
		if alloc, isAlloc := instr.X.(*ssa.Alloc); row == nil || isAlloc && !isCopy(alloc) {
			return
		}
		p := &parts{search: o.search, values: map[string][]part{}}
		if p.field(row, instr); len(p.values) > 0 {
			o.changed[row.Symbol] = append(o.changed[row.Symbol], p)
		}
	}
}

// isCopy reports whether a variable is given a value as a whole.
func isCopy(alloc *ssa.Alloc) bool {
	for _, use := range *alloc.Referrers() {
		if store, ok := use.(*ssa.Store); ok && store.Addr == alloc {
			return true
		}
	}
	return false
}

// report judges the options. Where some of a type are changed elsewhere, that
// says what an attribute is that the others leave out.
func (o *options) report() {
	for _, l := range o.built {
		changed := o.changes(l.row.Symbol)
		if l.p.deletes() || len(l.p.values["samesite"]) == 0 && len(changed.values["samesite"]) > 0 {
			continue
		}
		if l.row.Arg("when") == "" || l.p.answer("when") == Yes {
			o.keep(o.cookie(l.row, l.p, changed, l.at.Pos()))
		}
	}
	for _, symbol := range slices.Sorted(maps.Keys(o.changed)) {
		changed := o.changes(symbol)
		if !changed.modes("samesite", web.SameSiteUnset).Only(web.SameSiteNone, web.SameSiteUnset) {
			continue
		}
		for _, p := range o.changed[symbol] {
			if at := p.position("samesite"); at.IsValid() {
				o.keep(o.cookie(o.table.Find("session.options", symbol), p, changed, at))
			}
		}
	}
}

// changes returns all that is set in options of a type that are not built here.
func (o *options) changes(symbol string) *parts {
	all := &parts{search: o.search, values: map[string][]part{}}
	for _, p := range o.changed[symbol] {
		for name, given := range p.values {
			all.values[name] = append(all.values[name], given...)
		}
	}
	return all
}

func (o *options) cookie(row *model.Row, p, changed *parts, pos token.Pos) *Cookie {
	c := &Cookie{Pos: pos, SameSite: p.modes("samesite", web.ParseSameSite(row.Arg("default")))}
	if at := p.position("samesite"); at.IsValid() {
		c.Pos = at
	}
	c.Isolated = p.answer("partitioned") == Yes
	switch {
	case row.Arg("autosecure") != "":
		c.Secure = Yes
	case len(changed.values) == 0:
		c.Secure = p.answer("secure")
	case len(changed.values["secure"]) > 0:
		c.Secure = changed.answer("secure")
	}
	return c
}

// given reports whether the package gives options of that type.
func (o *options) given(symbol string) bool {
	for _, l := range o.built {
		if !l.p.deletes() && l.row.Symbol == symbol {
			return true
		}
	}
	return len(o.changes(symbol).values["samesite"]) > 0
}
