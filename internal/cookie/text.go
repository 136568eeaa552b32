package cookie

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

// sentAsText judges the value of a Set-Cookie header that a program writes
// itself.
func (s *search) sentAsText(call ssa.CallInstruction, value ssa.Value) {
	for _, source := range s.trace.Of(value).Sources {
		t := &text{search: s}
		template := t.render(source, 0)
		if t.cookie != nil {
			_, attributes, _ := strings.Cut(template, web.Gap)
			s.sent(call, t.cookie, attributes)
			continue
		}
		s.judgeText(call, source, t, web.ParseSetCookie(template))
	}
}

func (s *search) judgeText(call ssa.CallInstruction, source ssa.Value, t *text, parsed web.SetCookie) {
	pos := source.Pos()
	if !pos.IsValid() {
		pos = call.Pos()
	}
	if parsed.Deletes || !strings.Contains(parsed.Value, web.Gap) || s.built[pos] {
		return
	}
	s.built[pos] = true
	p := &parts{search: s, values: map[string][]part{}}
	for _, gap := range t.gaps {
		p.add("value", gap, pos)
	}
	name := parsed.Name
	purpose := web.PurposeOf(name)
	if strings.Contains(name, web.Gap) {
		name = ""
	}
	if purpose == web.NotTold {
		purpose = p.madeOf("value")
	}
	if purpose != web.Credential {
		return
	}
	c := &Cookie{Pos: pos, Sent: call.Pos(), Name: name, Secure: No}
	c.SameSite = Modes{Is: map[web.SameSite]bool{parsed.SameSite: true}, Open: parsed.Open}
	if parsed.Secure {
		c.Secure = Yes
	}
	for _, gap := range t.gaps {
		if c.Value = gap.Pos(); c.Value.IsValid() {
			break
		}
	}
	s.keep(c)
}

// A text is a string that a program puts together.
type text struct {
	*search
	gaps   []ssa.Value // what is not known of it
	cookie ssa.Value   // the cookie whose text it begins with
}

// maxNested bounds how deep a string is taken apart.
const maxNested = 12

// render returns the string that v is, with a Gap for each part that is not
// known.
func (t *text) render(v ssa.Value, depth int) string {
	if depth < maxNested {
		switch v := v.(type) {
		case *ssa.Const:
			if text, ok := ssax.Text(v); ok {
				return text
			}
		case *ssa.BinOp:
			return t.render(v.X, depth+1) + t.render(v.Y, depth+1)
		case *ssa.Call:
			return t.called(v, depth)
		default:
			if sources := t.trace.Of(v).Sources; len(sources) == 1 && sources[0] != v {
				return t.render(sources[0], depth+1)
			}
		}
	}
	t.gaps = append(t.gaps, v)
	return web.Gap
}

func (t *text) called(call *ssa.Call, depth int) string {
	name := ssax.CalleeName(&call.Call)
	switch {
	case name == "fmt.Sprintf":
		if format, ok := ssax.Text(call.Call.Args[0]); ok {
			return t.format(format, ssax.Variadic(call.Call.Args[1]), depth)
		}
	case t.table.Find("cookie.text", name) != nil:
		t.cookie = call.Call.Args[0]
		return web.Gap
	default:
		if sources := t.trace.Of(call).Sources; len(sources) == 1 && sources[0] != call {
			return t.render(sources[0], depth+1)
		}
	}
	t.gaps = append(t.gaps, call)
	return web.Gap
}

// format renders a format string: its verbs, in order, by their arguments.
func (t *text) format(format string, args []ssa.Value, depth int) string {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			b.WriteByte(format[i])
			continue
		}
		for i++; i < len(format) && strings.IndexByte("+-# 0123456789.", format[i]) >= 0; i++ {
		}
		switch {
		case i < len(format) && format[i] == '%':
			b.WriteByte('%')
		case len(args) > 0:
			b.WriteString(t.render(args[0], depth+1))
			args = args[1:]
		default:
			b.WriteString(web.Gap)
		}
	}
	return b.String()
}
