package origin

import (
	"maps"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/corsconfig"
	"github.com/soplint/soplint/internal/flow"
)

// An Answer says who on the web is let in by the code of one handler, or of one
// step before it.
type Answer struct {
	Writes   []*Write  // of Access-Control-Allow-Origin, that let an attacker in
	Policies []*Policy // of CORS libraries, that let an attacker in
	Sockets  []*Socket // that an attacker's page can open, or that are left to the library's check
	Upgrades []Upgrade // all WebSockets that are opened

	Decides []Decision // what decides about reading, also where it lets no attacker in
}

// A Decision is code, or the configuration of a library, that says which origins
// may read.
type Decision struct {
	Site    flow.Site
	By      string   // the function, or the library as users know it
	Library bool     // By is a library
	Origins []string // the ones that it names
}

// An Upgrade is a place that opens WebSockets.
type Upgrade struct {
	Site    flow.Site
	Library string
}

// An Asker finds out who is let in by what is served. It runs replays of its own:
// the [Result] has what a package does, in whatever route.
type Asker struct {
	flow  *flow.Package
	known map[string]*Answer
}

// NewAsker returns an Asker for routes that a package registers.
func NewAsker(p *flow.Package) *Asker {
	return &Asker{flow: p.Anew(), known: map[string]*Answer{}}
}

// Ask returns who is let in by a function behind these steps. It may be a handler
// or a further step.
func (a *Asker) Ask(c *flow.Closure, before []flow.Step) *Answer {
	key := c.Name + c.Key()
	for i := range before {
		key += ";" + before[i].Key()
	}
	if a.known[key] == nil {
		s := a.search(before)
		s.closure(c)
		a.known[key] = s.answer()
	}
	return a.known[key]
}

// AskConfigured returns who is let in by what a CORS library made.
func (a *Asker) AskConfigured(event *flow.Event) *Answer {
	s := a.search(nil)
	if event.Row.Role != "cors.new" {
		return s.asked
	}
	library := corsconfig.Lookup(event.Row.Arg("library"))
	if c, known := readConfiguration(s.flow.Engine, event); library != nil && library.Answer != nil {
		s.noteConfiguration(event, c, library)
		if known {
			if p := s.configuredPolicy(event, c, library); p != nil {
				s.asked.Policies = append(s.asked.Policies, p)
			}
		}
	}
	return s.asked
}

// configuredPolicy judges a configuration whose place in a replay is not asked
// about.
func (s *search) configuredPolicy(event *flow.Event, c *configuration, library *corsconfig.Library) *Policy {
	return s.policy(new(flow.Run), event, c, library)
}

func (a *Asker) search(before []flow.Step) *search {
	s := newSearch(a.flow)
	s.asked, s.before = &Answer{}, before
	return s
}

func (s *search) answer() *Answer {
	s.asked.Writes, s.asked.Policies, s.asked.Sockets = s.result.Writes, s.result.Policies, s.result.Sockets
	for _, u := range s.uses {
		s.asked.Upgrades = append(s.asked.Upgrades, Upgrade{u.site, u.library})
	}
	return s.asked
}

// noteNames records, where a route is asked about, what decides about origins
// without letting an attacker in.
func (s *search) noteNames(root flow.Root, run *flow.Run) {
	if s.asked == nil {
		return
	}
	for _, event := range run.Events {
		if event.Kind == flow.Configured && event.Row.Role == "cors.new" {
			if library := corsconfig.Lookup(event.Row.Arg("library")); library != nil {
				c, _ := readConfiguration(s.flow.Engine, event)
				s.noteConfiguration(event, c, library)
			}
		}
	}
	for _, name := range append([]string{root.Func.Name}, slices.Sorted(maps.Keys(run.Called))...) {
		if s.flow.Names(name, AllowOrigin) {
			s.decides(Decision{Site: s.flow.SiteOf(name), By: name, Origins: originsAmong(append(written(run), run.Literals...))})
		}
	}
}

// written returns the constants that Access-Control-Allow-Origin is set to.
func written(run *flow.Run) []string {
	var texts []string
	for _, e := range run.Events {
		if e.Kind == flow.HeaderWrite && e.Key == AllowOrigin && e.Value.Kind == flow.Str && e.Value.Taint&flow.Sent == 0 {
			texts = append(texts, e.Value.Text)
		}
	}
	return texts
}

func (s *search) noteConfiguration(event *flow.Event, c *configuration, library *corsconfig.Library) {
	s.decides(Decision{Site: event.Named, By: library.Name, Library: true, Origins: originsAmong(c.parts.Origins)})
}

func (s *search) decides(d Decision) {
	same := func(known Decision) bool { return known.Site == d.Site && known.By == d.By }
	if !slices.ContainsFunc(s.asked.Decides, same) {
		s.asked.Decides = append(s.asked.Decides, d)
	}
}

// originsAmong returns the texts that are origins, or patterns of them, sorted.
func originsAmong(texts []string) []string {
	var origins []string
	for _, text := range texts {
		if strings.Contains(text, "://") {
			origins = append(origins, text)
		}
	}
	slices.Sort(origins)
	return slices.Compact(origins)
}
