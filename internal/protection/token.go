package protection

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/release"
	"github.com/soplint/soplint/internal/ssax"
)

// lookup judges where a token is looked for.
func (s *search) lookup(row *model.Row, v, options ssa.Value, f Flaw) {
	for _, f.Text = range s.texts(v) {
		for place := range strings.SplitSeq(f.Text, ",") {
			if !strings.HasPrefix(strings.TrimSpace(place), "cookie:") {
				continue
			}
			f.Kind = s.readsCookie(row, options)
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
func (s *search) readsCookie(row *model.Row, options ssa.Value) Kind {
	if row.Arg("open") == "" || options != nil && s.saysNone(options, row.Arg("open")) {
		return ReadsCookie
	}
	return ReadsLaxCookie
}

// saysNone reports whether a field of options is given the text None.
func (s *search) saysNone(options ssa.Value, name string) bool {
	for _, field := range s.trace.FieldsOf(options) {
		if !strings.HasSuffix(ssax.FieldName(field), "."+name) {
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
