package cookie

import (
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

// parts are the values that the parts of one cookie may have.
type parts struct {
	*search
	values  map[string][]part
	changed bool // code that is not followed may give it other attributes
}

type part struct {
	value ssa.Value
	pos   token.Pos // where it is given
}

func (p *parts) add(name string, v ssa.Value, pos token.Pos) {
	if v != nil {
		p.values[name] = append(p.values[name], part{v, pos})
	}
}

// received reports whether a value is a cookie that a function returns without
// attributes, and adds what the call says of it.
func (p *parts) received(table *model.Table, v ssa.Value) bool {
	if extract, ok := v.(*ssa.Extract); ok {
		v = extract.Tuple
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	row := table.Find("cookie.get", ssax.CalleeName(&call.Call))
	if row == nil {
		return false
	}
	p.add("name", ssax.Argument(&call.Call, row.Arg("name")), call.Pos())
	if row.Arg("name") != "" {
		p.add("value", call, call.Pos())
	}
	return true
}

// collect finds the writes to the parts of a cookie: by whatever name it goes on
// its way, and in functions of the package that it is handed to.
func (p *parts) collect(row *model.Row, seen map[ssa.Value]bool) {
	var work []ssa.Value
	for v := range seen {
		if p.typeRow(row.Role, v.Type()) == row {
			work = append(work, v)
		}
	}
	for len(work) > 0 {
		v := work[len(work)-1]
		work = work[:len(work)-1]
		for _, use := range *referrers(v) {
			switch use := use.(type) {
			case *ssa.FieldAddr:
				p.field(row, use)
			case ssa.CallInstruction:
				for _, param := range p.handedTo(use, v) {
					if !seen[param] {
						seen[param] = true
						work = append(work, param)
					}
				}
			}
		}
	}
}

func referrers(v ssa.Value) *[]ssa.Instruction {
	if uses := v.Referrers(); uses != nil {
		return uses
	}
	return &[]ssa.Instruction{}
}

// field adds what is stored in a field of a cookie.
func (p *parts) field(row *model.Row, addr *ssa.FieldAddr) {
	structure := addr.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	name := structure.Field(addr.Field).Name()
	for part, field := range row.Args {
		if field != name {
			continue
		}
		for _, use := range *addr.Referrers() {
			if store, ok := use.(*ssa.Store); ok && store.Addr == addr {
				p.add(part, store.Val, store.Pos())
			}
		}
	}
}

// handedTo returns the parameters that a call gives a cookie to. A call of a
// setter gives the cookie a part; one of unknown code may give it any.
func (p *parts) handedTo(call ssa.CallInstruction, cookie ssa.Value) []ssa.Value {
	common := call.Common()
	name := ssax.CalleeName(common)
	if row := p.table.Find("cookie.set", name); row != nil {
		p.add(row.Arg("is"), ssax.Argument(common, row.Arg("value")), call.Pos())
		return nil
	}
	rows := p.table.Lookup(name)
	callee := common.StaticCallee()
	isOwn := callee != nil && callee.Blocks != nil && callee.Pkg == call.Parent().Pkg
	if len(rows) > 0 || !isOwn {
		ownMethod := callee != nil && len(common.Args) > 0 && common.Args[0] == cookie && callee.Signature.Recv() != nil
		if len(rows) == 0 && !ownMethod {
			p.changed = true
		}
		return nil
	}
	var params []ssa.Value
	for i, arg := range common.Args {
		if arg == cookie && i < len(callee.Params) {
			params = append(params, callee.Params[i])
		}
	}
	return params
}

// modes returns what a SameSite attribute may be; zero is what it is where
// nothing is written.
func (p *parts) modes(name string, zero web.SameSite) Modes {
	m := Modes{Is: map[web.SameSite]bool{}, Open: p.changed}
	for _, given := range p.values[name] {
		traced := p.trace.Of(given.value)
		m.Open = m.Open || traced.Open
		for _, source := range traced.Sources {
			c, ok := source.(*ssa.Const)
			switch {
			case !ok:
				m.Open = true
			case c.Value == nil:
				m.Is[zero] = true
			case c.Value.Kind() == constant.Int:
				m.Is[numbered(c.Int64(), zero)] = true
			case c.Value.Kind() == constant.String:
				text := constant.StringVal(c.Value)
				mode := web.ParseSameSite(text)
				if mode == web.SameSiteUnset && !strings.EqualFold(text, "disabled") {
					mode = zero
				}
				m.Is[mode] = true
			}
		}
	}
	if len(p.values[name]) == 0 {
		m.Is[zero] = true
	}
	return m
}

// numbered is the mode that http.SameSite and its likes number so.
func numbered(n int64, zero web.SameSite) web.SameSite {
	switch n {
	case 0:
		return zero
	case 2:
		return web.SameSiteLax
	case 3:
		return web.SameSiteStrict
	case 4:
		return web.SameSiteNone
	}
	return web.SameSiteUnset
}

// answer says whether a part that is true or false, and false if it is not
// given, is the same everywhere.
func (p *parts) answer(name string) Answer {
	if p.changed {
		return NotKnown
	}
	answer := No
	for i, given := range p.values[name] {
		c, ok := given.value.(*ssa.Const)
		if !ok || c.Value == nil || c.Value.Kind() != constant.Bool {
			return NotKnown
		}
		this := No
		if constant.BoolVal(c.Value) {
			this = Yes
		}
		if i > 0 && this != answer {
			return NotKnown
		}
		answer = this
	}
	return answer
}

// position is where a part is given, if that is one place.
func (p *parts) position(name string) token.Pos {
	if given := p.values[name]; len(given) == 1 {
		return given[0].pos
	}
	return token.NoPos
}
