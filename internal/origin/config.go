package origin

import (
	"slices"
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/corsconfig"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/web"
)

// A configuration is what a program hands to a CORS library, read by the rows
// of the models (libraries/cors-rs.model describes their roles).
type configuration struct {
	engine *flow.Engine
	event  *flow.Event
	parts  corsconfig.Config

	callbacks []callback
	sites     map[string]*flow.Site // where a part was given
	unknown   map[string]bool       // parts that come from outside
	literals  map[string]bool       // constants that callbacks compare with
	named     map[string][]string   // by part, headers that the library names to browsers as they are
	accepted  *verdict              // of the last callback that was asked and accepts
}

// A callback is a function option that decides about origins.
type callback struct {
	row  *model.Row
	fn   *flow.Value
	rank int
}

// readConfiguration reads the configuration that an event applies; ok is false
// if nothing of it is known.
func readConfiguration(engine *flow.Engine, event *flow.Event) (c *configuration, ok bool) {
	c = &configuration{
		engine:   engine,
		event:    event,
		sites:    map[string]*flow.Site{},
		unknown:  map[string]bool{},
		literals: map[string]bool{},
		named:    map[string][]string{},
	}
	c.constants(event.Row)
	for name := range event.Row.Args {
		if part, isArg := strings.CutPrefix(name, "arg."); isArg {
			if v := argument(c.event, event.Row.Arg(name)); v != nil {
				c.part(part, event.Row, v)
			}
		}
	}
	ok = c.options(event.Row.Arg("options"))
	c.parts.Func = c.judge()
	return c, ok
}

// options reads the options argument; it reports whether it is known.
func (c *configuration) options(spec string) bool {
	switch {
	case spec == "":
		return true
	case strings.HasPrefix(spec, "closure:"):
		return false
	case strings.HasPrefix(spec, "variadic:"):
		return c.variadic(strings.Split(strings.TrimPrefix(spec, "variadic:"), ","))
	}
	v := argument(c.event, spec)
	if v != nil && v.Kind == flow.List { // a variadic parameter of structs: the first counts
		if len(v.Elems) == 0 {
			return true
		}
		v = v.Elems[0]
	}
	if v != nil && v.Kind == flow.Nil {
		return true
	}
	return c.structure(v)
}

func (c *configuration) variadic(positions []string) bool {
	var options []*flow.Value
	for i, position := range positions {
		v := argument(c.event, position)
		switch {
		case v == nil:
			return false
		case v.Kind == flow.List && i == len(positions)-1:
			options = append(options, v.Elems...)
		case v.Kind != flow.Nil:
			options = append(options, v)
		}
	}
	for _, option := range options {
		if !c.structure(option) {
			return false
		}
	}
	return true
}

// structure reads an options struct, or what an option function returned.
func (c *configuration) structure(v *flow.Value) bool {
	if v == nil || v.Kind != flow.Struct {
		return false
	}
	for i, field := range v.Fields { // presets come first: their names sort before others
		if row := flow.PartRow(c.engine.Table, field); row != nil && strings.HasPrefix(row.Role, "cors.") {
			if strings.HasSuffix(row.Role, ".preset") {
				c.constants(row)
			} else {
				c.part(row.Arg("is"), row, v.Elems[i])
			}
		}
	}
	for i, field := range v.Fields {
		if row := c.fieldRow(field); row != nil {
			c.part(row.Arg("is"), row, v.Elems[i])
		}
	}
	return true
}

func (c *configuration) fieldRow(field string) *model.Row {
	return rowOfField(c.engine.Table, "cors.field", c.event.Row, field)
}

func packageOf(symbol string) string {
	symbol = strings.TrimPrefix(strings.TrimPrefix(symbol, "("), "*")
	slash := strings.LastIndexByte(symbol, '/') + 1
	if dot := strings.IndexByte(symbol[slash:], '.'); dot >= 0 {
		return symbol[:slash+dot]
	}
	return symbol
}

// constants applies what a row itself says of parts.
func (c *configuration) constants(row *model.Row) {
	for name, text := range row.Args {
		switch name {
		case "origins":
			c.parts.Origins, c.parts.OriginsSet = strings.Split(text, ","), true
		case "schemes":
			c.parts.Schemes = strings.Split(text, ",")
		case "all":
			c.parts.AllowAll = text == "true"
		case "credentials":
			c.parts.Credentials = text == "true"
		case "wildcards":
			c.parts.Wildcards = text == "true"
		case "value":
			if row.Role != "cors.option" {
				c.parts.Value = text
			}
		case "switch":
			c.set(text, true)
		case "func":
			c.callbacks = append(c.callbacks, callback{row: row})
		}
	}
}

func (c *configuration) set(name string, value bool) {
	if c.parts.Options == nil {
		c.parts.Options = map[string]bool{}
	}
	c.parts.Options[name] = value
}

// part applies the value that the program gives a part.
func (c *configuration) part(part string, row *model.Row, v *flow.Value) {
	if v.Set != nil {
		c.sites[part] = v.Set
	}
	switch part {
	case "origins":
		c.parts.Origins, c.parts.OriginsSet = c.list(part, v), v.Kind != flow.Nil
	case "schemes":
		c.parts.Schemes = c.list(part, v)
	case "regexps":
		c.parts.Regexps = append(c.parts.Regexps, c.list(part, v)...)
	case "value":
		c.parts.Value = v.Text
		c.unknown[part] = v.Kind != flow.Str
	case "all":
		c.parts.AllowAll = c.truth(part, v)
	case "credentials":
		c.parts.Credentials = c.truth(part, v)
	case "wildcards":
		c.parts.Wildcards = c.truth(part, v)
	case "switch":
		c.set(switchName(row), c.truth(part, v))
	case "any":
		c.anything(row, v)
	case "func":
		c.callback(row, v)
	case "headers", "exposed":
		c.named[part] = c.list(part, v)
	}
}

func switchName(row *model.Row) string {
	if name := row.Arg("name"); name != "" {
		return name
	}
	return row.Symbol[strings.LastIndexByte(row.Symbol, '.')+1:]
}

func (c *configuration) callback(row *model.Row, v *flow.Value) {
	if v.Kind == flow.Nil {
		return
	}
	rank, _ := strconv.Atoi(row.Arg("rank"))
	c.callbacks = append(c.callbacks, callback{row: row, fn: v, rank: rank})
}

// anything applies a value of a part that takes values of several types.
func (c *configuration) anything(row *model.Row, v *flow.Value) {
	part := map[flow.Kind]string{flow.Str: "value", flow.Bool: "all", flow.Native: "regexps", flow.List: "origins"}[v.Kind]
	c.unknown["any"] = part == ""
	if part != "" {
		c.part(part, row, v)
	}
}

// outside stands for an origin that the program does not show: it lets no
// attacker in.
const outside = "https://configured.invalid"

// list reads strings. Where some are not known, an attacker is in none of them.
func (c *configuration) list(part string, v *flow.Value) []string {
	switch v.Kind {
	case flow.Nil:
		return nil
	case flow.Str:
		return []string{v.Text}
	case flow.Native:
		return []string{v.Text}
	case flow.List:
		texts := make([]string, 0, len(v.Elems))
		for _, e := range v.Elems {
			if e.Kind != flow.Str && e.Kind != flow.Native {
				c.unknown[part] = true
				texts = append(texts, outside)
				continue
			}
			texts = append(texts, e.Text)
		}
		return texts
	}
	c.unknown[part] = true
	return []string{outside}
}

// truth reads a switch. One that comes from outside counts as on for
// credentials, so that what they would do is known, and as off elsewhere.
func (c *configuration) truth(part string, v *flow.Value) bool {
	switch v.Kind {
	case flow.Bool, flow.Nil:
		return v.Int == 1
	case flow.Str:
		return v.Text == "true"
	}
	c.unknown[part] = true
	return part == "credentials"
}

// judge returns the function that says what the callbacks together accept, nil
// if there are none.
func (c *configuration) judge() func(string) bool {
	if len(c.callbacks) == 0 {
		return nil
	}
	highest := slices.MaxFunc(c.callbacks, func(a, b callback) int { return a.rank - b.rank }).rank
	return func(origin string) bool {
		for _, cb := range c.callbacks {
			if cb.rank == highest && c.accepts(cb, origin) {
				return true
			}
		}
		return false
	}
}

// accepts asks one callback. One whose code is not known is taken to refuse.
func (c *configuration) accepts(cb callback, origin string) bool {
	if cb.fn == nil {
		return true // func=any
	}
	args := []*flow.Value{nil, nil, nil}
	if i, err := strconv.Atoi(cb.row.Arg("origin")); err == nil && i < len(args) {
		args[i] = flow.FromRequest(origin)
	}
	run := c.engine.Ask(c.event, cb.fn, args, &flow.Request{Origin: origin, Host: web.Host})
	if run == nil {
		return false
	}
	for _, l := range run.Literals {
		c.literals[l] = true
	}
	verdict := judged(run, func(results []*flow.Value) bool { return acceptance(cb.row.Arg("result"), results, origin) })
	if verdict != nil {
		c.accepted = verdict
	}
	return verdict != nil
}

// acceptance reports whether results of a callback, of the form that its row
// names, accept the origin.
func acceptance(form string, results []*flow.Value, origin string) bool {
	if len(results) == 0 {
		return false
	}
	switch form {
	case "bool", "bool,_":
		return results[0].True()
	case "bool,error":
		return results[0].True() && len(results) > 1 && results[1].Kind == flow.Nil
	case "string":
		return results[0].Kind == flow.Str && (results[0].Text == origin || results[0].Text == "*")
	case "string,bool,error":
		return len(results) > 1 && results[1].True() && results[0].Kind == flow.Str && results[0].Text == origin
	}
	return false
}
