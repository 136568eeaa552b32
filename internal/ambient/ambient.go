// Package ambient finds by what a program knows its users whom browsers name by
// themselves: cookies that go along with forms of other sites, Basic
// authentication, client certificates. Only under such authority does it matter
// who made the browser send a request; a token that a page puts into a header is
// none.
package ambient

import (
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/cookie"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

// Analyzer finds the authority that a package, and those that it imports, go by.
var Analyzer = &analysis.Analyzer{
	Name:       "soplintambient",
	Doc:        "soplintambient: find credentials that browsers send by themselves for the other passes of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        run,
	Requires:   []*analysis.Analyzer{ssax.Analyzer, cookie.Analyzer},
	ResultType: reflect.TypeFor[*Authority](),
	FactTypes:  []analysis.Fact{new(Authority)},
}

// An Authority is what a package and those that it imports go by. It is a fact
// about the package.
type Authority struct {
	Basic       bool     // Basic authentication is read
	Challenged  bool     // and browsers are asked for it
	Certificate bool     // a handler reads the client's certificate
	Cookies     []string // names of session cookies that go along with forms of other sites; "" for one without a known name
	Held        bool     // there is a session cookie that does not, or of which that is not known
}

// AFact marks Authority as a fact.
func (*Authority) AFact() {}

// String says what there is, for tests.
func (a *Authority) String() string { return "authority: " + strings.Join(a.kinds(), ", ") }

func (a *Authority) kinds() []string {
	var kinds []string
	for _, name := range a.Cookies {
		kinds = append(kinds, "cookie "+name)
	}
	if a.Basic && a.Challenged {
		kinds = append(kinds, "basic")
	}
	if a.Certificate {
		kinds = append(kinds, "certificates")
	}
	return kinds
}

// None reports whether nothing is seen by which users are known.
func (a *Authority) None() bool {
	return len(a.Cookies) == 0 && !a.Held && !a.Basic && !a.Certificate
}

// Forms says, as a condition of a report, what browsers add to the forms of other
// sites, "" if they add nothing. Where a session cookie is kept from them, or may be,
// that one may well be what counts. Without a login nothing needs to be added.
func (a *Authority) Forms() string {
	switch {
	case len(a.Cookies) > 0 && !a.Held:
		return "Firefox and Safari send the session cookie with forms of any site, Chromium where it is SameSite=None or less than two minutes old"
	case a.Basic && a.Challenged:
		return "browsers add the name and password that Basic authentication has asked for to forms of any site"
	case a.Certificate:
		return "browsers show their client certificate with forms of any site"
	case a.None():
		return "no login is asked for, so it takes a browser that reaches the server, as on the same machine or network"
	}
	return ""
}

// add joins what another package goes by.
func (a *Authority) add(other *Authority) {
	a.Basic = a.Basic || other.Basic
	a.Challenged = a.Challenged || other.Challenged
	a.Certificate = a.Certificate || other.Certificate
	a.Cookies = append(a.Cookies, other.Cookies...)
	a.Held = a.Held || other.Held
}

func run(pass *analysis.Pass) (any, error) {
	own, all := new(Authority), new(Authority)
	for _, c := range pass.ResultOf[cookie.Analyzer].(*cookie.Result).Cookies {
		if c.SameSite.Only(web.SameSiteNone, web.SameSiteUnset) {
			own.Cookies = append(own.Cookies, c.Name)
		} else {
			own.Held = true
		}
	}
	source := pass.ResultOf[ssax.Analyzer].(*ssax.Package)
	table, trace := model.Builtin(), source.Tracer()
	for _, fn := range source.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				own.note(table, trace, instr)
			}
		}
	}
	if len(own.kinds()) > 0 || own.Basic || own.Challenged || own.Held {
		pass.ExportPackageFact(own)
	}
	for _, fact := range pass.AllPackageFacts() {
		if other, ok := fact.Fact.(*Authority); ok {
			all.add(other)
		}
	}
	return all, nil
}

// note adds what an instruction shows.
func (a *Authority) note(table *model.Table, trace *ssax.Tracer, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.FieldAddr:
		a.reads(ssax.FieldRow(table, "authority", instr))
	case ssa.CallInstruction:
		rows := trace.Rows(instr.Common())
		a.reads(model.WithRole(rows, "authority"))
		for _, row := range rows {
			if row.Role == "header.set" || row.Role == "header.add" {
				a.Challenged = a.Challenged || challenges(instr.Common(), row)
			}
		}
	}
}

func (a *Authority) reads(row *model.Row) {
	if row == nil {
		return
	}
	a.Basic = a.Basic || row.Arg("is") == "basic"
	a.Certificate = a.Certificate || row.Arg("is") == "certificates"
	a.Challenged = a.Challenged || row.Arg("challenges") != ""
}

// challenges reports whether a call asks the browser for a name and a password
// (RFC 7617, section 2), or for something that is not known.
func challenges(call *ssa.CallCommon, row *model.Row) bool {
	key, _ := ssax.Text(ssax.Argument(call, row.Arg("key")))
	if !strings.EqualFold(key, "WWW-Authenticate") {
		return false
	}
	text, known := ssax.Text(ssax.Argument(call, row.Arg("value")))
	return !known || strings.HasPrefix(strings.ToLower(text), "basic")
}
