package origin

import (
	"slices"

	"github.com/soplint/soplint/internal/corsconfig"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/release"
	"github.com/soplint/soplint/internal/web"
)

// A Policy is a configuration of a CORS library that lets an attacker in, or
// that cannot work.
type Policy struct {
	Write                     // where it stands, whom it lets in
	Applied flow.Site         // the call that applies it
	at      flow.Site         // that call, or the one in this package that leads there
	Library string            // as users know it
	Version string            // of the module that the program requires, "" if that is not known
	Answer  corsconfig.Answer // what the library sends the attacker
	Cause   string            // the part that does it: origins, func, all, regexps, value, or "" for the library's default
	Entry   string            // of origins and regexps, the entry that does it
	Outside bool              // whether credentials are allowed comes from outside
	mended  string            // what to write for Entry, "" if that is not mechanical
	verdict *verdict          // of the callback that accepts the attacker, if one does
}

// policy judges the configuration that an event applies; nil if there is
// nothing to say.
func (s *search) policy(run *flow.Run, event *flow.Event, c *configuration, library *corsconfig.Library) *Policy {
	version := s.version(event.Row)
	var worst *Policy
	for _, attacker := range c.attackers() {
		c.accepted = nil
		answer := library.Answer(version, c.parts, attacker.Origin)
		p := &Policy{Applied: event.Named, Library: library.Name, Version: version, Answer: answer, Outside: c.unknown["credentials"], verdict: c.accepted}
		p.Attacker = attacker
		if !p.matters(c) || attacker.Control != "" && library.Answer(version, c.parts, attacker.Control).AllowOrigin != "" {
			continue
		}
		if worst == nil || p.rank() > worst.rank() {
			p.explain(c, library, version)
			p.mend(c.parts, library, version)
			worst = p
		}
	}
	if worst != nil {
		s.place(worst, run, event, c)
	}
	return worst
}

// attackers returns the origins to try: those that have nothing to do with the
// server, and those that the entries and the callbacks' constants suggest.
func (c *configuration) attackers() []web.Attacker {
	literals := append(slices.Clone(c.parts.Origins), c.parts.Regexps...)
	for _, a := range web.Attackers(nil) {
		if c.parts.Func != nil {
			c.parts.Func(a.Origin) // for the constants
		}
	}
	for l := range c.literals {
		literals = append(literals, l)
	}
	slices.Sort(literals)
	attackers := web.Attackers(literals)
	return attackers[:min(len(attackers), maxAttackers)]
}

// matters reports whether an answer lets the attacker in, or refuses to start
// with what was meant to let everybody in.
func (p *Policy) matters(c *configuration) bool {
	if p.Answer.Refused != "" {
		anyone := c.parts.AllowAll || slices.Contains(c.parts.Origins, "*") || !c.parts.OriginsSet && c.parts.Func == nil
		return anyone && c.parts.Credentials && !c.unknown["credentials"] && p.Attacker.Origin == web.Any
	}
	return p.Answer.AllowOrigin == p.Attacker.Origin || p.Answer.AllowOrigin == "*"
}

// rank orders answers by what they give away. A callback that lets everybody in
// while a setting is on tells less than one that always lets somebody in.
func (p *Policy) rank() int {
	if !p.verdict.certain() {
		return p.gives() - 10
	}
	return p.gives()
}

func (p *Policy) gives() int {
	reflected := p.Answer.AllowOrigin == p.Attacker.Origin
	switch {
	case p.Answer.Refused != "":
		return 40
	case reflected && p.Answer.Credentials:
		return 100 - int(p.Attacker.Foothold)
	case p.Answer.Credentials:
		return 50
	case p.Attacker.Foothold == web.AnySite:
		return 30
	}
	return 10 - int(p.Attacker.Foothold)
}

// explain finds the part of the configuration that is to blame.
func (p *Policy) explain(c *configuration, library *corsconfig.Library, version string) {
	p.Reflected = p.Answer.AllowOrigin == p.Attacker.Origin
	p.Value = p.Answer.AllowOrigin
	if p.Answer.Credentials {
		p.Credentials = Always
	}
	if c.parts.Func != nil && c.parts.Func(p.Attacker.Origin) {
		p.Cause = "func"
		return
	}
	for _, part := range []struct {
		name    string
		entries []string
		only    func(*corsconfig.Config, string)
	}{
		{"origins", c.parts.Origins, func(c *corsconfig.Config, e string) { c.Origins = []string{e} }},
		{"regexps", c.parts.Regexps, func(c *corsconfig.Config, e string) { c.Regexps = []string{e} }},
	} {
		for _, entry := range part.entries {
			alone := c.parts
			part.only(&alone, entry)
			if a := library.Answer(version, alone, p.Attacker.Origin); a.AllowOrigin != "" && a.AllowOrigin == p.Answer.AllowOrigin {
				p.Cause, p.Entry = part.name, entry
				return
			}
		}
	}
	switch {
	case c.parts.AllowAll:
		p.Cause = "all"
	case slices.Contains(c.parts.Origins, "*"):
		p.Cause, p.Entry = "origins", "*"
	case c.parts.Value != "":
		p.Cause = "value"
	}
}

// place says where the policy stands and what must hold for it.
func (s *search) place(p *Policy, run *flow.Run, event *flow.Event, c *configuration) {
	p.Site, p.Calls = event.Named, event.Calls
	if site := c.sites[p.Cause]; site != nil {
		p.Site = *site
	}
	here := func(e *flow.Event) bool { return e.Same(event) }
	p.Certain = len(s.around) == 0 && run.Reaches(here, flow.Certain)
	p.Switches = append(slices.Clone(s.around), run.Deciders(here)...)
	if p.Cause == "func" {
		p.verdict.apply(&p.Write)
	}
}

// version is versionOf. Each replay asks for it of each configuration.
func (s *search) version(row *model.Row) string {
	library := packageOf(row.Symbol)
	version, known := s.versions[library]
	if !known {
		version = versionOf(s.flow, row)
		s.versions[library] = version
	}
	return version
}

// versionOf returns the version of the module that holds the row's function, ""
// where that is not known.
func versionOf(p *flow.Package, row *model.Row) string {
	pkg := p.Import(packageOf(row.Symbol))
	if pkg == nil {
		return ""
	}
	return release.Of(p.FileSet(), pkg)
}
