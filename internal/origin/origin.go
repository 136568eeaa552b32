// Package origin asks what an attacker's Origin gets from a server: which
// response headers it can have set to itself.
package origin

import (
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/corsconfig"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/web"
)

// Response headers, in the form in which events name them.
const (
	AllowOrigin      = "access-control-allow-origin"
	AllowCredentials = "access-control-allow-credentials"
)

// Analyzer finds the writes of Access-Control-Allow-Origin in a package.
var Analyzer = &analysis.Analyzer{
	Name:       "soplintorigin",
	Doc:        "soplintorigin: follow the Origin header for the other passes of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        run,
	Requires:   []*analysis.Analyzer{flow.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Admissions)},
}

// A Result is what is known of a package.
type Result struct {
	Flow     *flow.Package
	Writes   []*Write  // Access-Control-Allow-Origin set to something an attacker's page is let in by
	Policies []*Policy // configurations of CORS libraries that let an attacker in, or cannot work
	Sockets  []*Socket // WebSockets that an attacker's page can open
	Headers  []*Header // CORS headers that do not do what was meant
	Entries  []*Entry  // entries of libraries' lists that let no page in

	// Written and Opened are places in other packages that would be reported
	// there: writes of the header, and upgrades. What is here may be all that
	// leads to them, and keep every attacker away.
	Written, Opened []Visit
}

// A Write is a place that sets Access-Control-Allow-Origin.
type Write struct {
	Site        flow.Site
	Calls       []flow.Site  // the calls from the handler to the write
	Read        *flow.Site   // where Origin was read, nil for a constant
	Attacker    web.Attacker // who is let in
	Value       string
	Reflected   bool // the value is the attacker's origin; else it is the constant *
	Credentials Credentials
	Checks      []flow.Check   // the checks that the attacker passes
	Preflight   bool           // only in answers to preflights, whose bodies nobody reads
	Certain     bool           // under every configuration
	Switches    []flow.Decider // otherwise, what decides
	within      []flow.Decider // of those, the ones inside a predicate of the program
	handed      flow.Site      // where this package hands out what comes to the write, if that is not in its handlers
}

// Credentials says whether the same response allows credentials.
type Credentials uint8

// The answers.
const (
	None     Credentials = iota // it does not
	Switched                    // under some configuration
	Always                      // whenever the write happens
)

func run(pass *analysis.Pass) (any, error) {
	p := pass.ResultOf[flow.Analyzer].(*flow.Package)
	s := newSearch(p)
	s.importAdmissions(pass)
	roots := p.Roots()
	p.Engine.Share(len(roots)+1, func(i int) {
		if i < len(roots) {
			s.follow(flow.Root{Func: roots[i]})
			return
		}
		s.remaining()
	})
	s.settle()
	s.exportAdmissions(pass)
	return s.result, nil
}

// remaining replays requests from the functions that no root has come to.
func (s *search) remaining() {
	functions := s.flow.Remaining(s.entered)
	s.flow.Engine.Share(len(functions), func(i int) {
		if name := functions[i].Name; !s.entered[name] && !s.callersDecide(name) {
			s.follow(flow.Root{Func: functions[i]})
		}
	})
}

// newSearch returns a search that has followed nothing yet.
func newSearch(p *flow.Package) *search {
	return &search{flow: p, following: &following{called: map[string]bool{}}, result: &Result{Flow: p}, entered: map[string]bool{}, decided: map[string]bool{},
		found: map[[2]flow.Site]*Write{}, made: map[string]bool{}, passed: map[string]flow.Passage{}, versions: map[string]string{}, host: web.Host}
}

type search struct {
	flow    *flow.Package
	result  *Result
	entered map[string]bool         // functions that were replayed, as roots or by calls
	decided map[string]bool         // functions whose replays say who enters what they call
	found   map[[2]flow.Site]*Write // by the place and the way to it
	around  []flow.Decider          // the settings under which the current root has what it has
	before  []flow.Step             // what runs before the current root
	passed  map[string]flow.Passage // by step and origin
	host    string                  // by which the server is reached
	uses    []use                   // of WebSocket libraries
	made    map[string]bool         // by the name of the value, whether it is a handler that such a library made
	closed  []closed                // the roots in which no attacker comes to one
	asked   *Answer                 // where a route is asked about: code of other packages counts, too
	handed  flow.Site               // where this package hands out the current root
	told    map[string]int          // what is reported in functions of other packages, by their names

	following *following          // what the current root comes by
	kept      []Followed          // what others need not follow
	followed  map[string][]string // by function of other packages that need not be followed, the variables that its code names

	toldUpgrades map[string]bool   // the functions of other packages in which upgrades are reported
	versions     map[string]string // of the modules of libraries, by package
}

// root replays requests from one root, and then from the closures that it
// hands out. It returns the first replay.
func (s *search) root(root flow.Root) *flow.Run {
	s.entered[root.Func.Name] = true
	run := s.attack(root)
	s.underOtherNames(root, run)
	s.configurations(run)
	s.noteNames(root, run)
	s.headers(run)
	if run.Exhausted {
		s.divide(root)
	}
	s.flow.Engine.Share(len(run.Closures), func(i int) { s.handedOut(run, &run.Closures[i]) })
	return run
}

// divide replays what a root calls by itself, where the whole is too large.
func (s *search) divide(root flow.Root) {
	for _, name := range s.flow.Callees(root.Func.Name) {
		if !s.entered[name] {
			if fn := s.flow.Engine.Code.Func(name); fn != nil {
				s.follow(flow.Root{Func: fn})
			}
		}
	}
}

// configurations judges the library configurations that a replay came by.
func (s *search) configurations(run *flow.Run) {
	for _, event := range run.Events {
		if event.Kind != flow.Configured || event.Row.Role != "cors.new" {
			continue
		}
		at, ours := s.configured(event)
		if !ours {
			continue
		}
		here := func(e *flow.Event) bool { return e.Same(event) }
		if !run.Reaches(here, flow.Possible) {
			continue
		}
		library := corsconfig.Lookup(event.Row.Arg("library"))
		c, known := readConfiguration(s.flow.Engine, event)
		if library == nil || !known {
			continue
		}
		own := at == event.Named
		if p := s.policy(run, event, c, library); p != nil && (own || p.Entry != "" && gives(at, p.Entry)) {
			p.at = at
			if !own {
				p.Site = at
			}
			s.keep(p)
		}
		s.deadEntries(event, at, c, library)
		if own {
			s.unvaried(event, c, library)
			s.starred(event, c, library)
		}
	}
}

// keep keeps the worst of what is found for one call.
func (s *search) keep(p *Policy) {
	for i, old := range s.result.Policies {
		if old.at == p.at {
			if p.rank() > old.rank() || p.rank() == old.rank() && p.Certain && !old.Certain {
				s.result.Policies[i] = p
			}
			return
		}
	}
	s.result.Policies = append(s.result.Policies, p)
}

// maxAttackers bounds the origins that are tried on one root.
const maxAttackers = 60

// attack tries attackers' origins on a root: one that has nothing to do with
// the server first, then those that the constants of the checks on its way
// suggest. It returns the replay with the first.
func (s *search) attack(root flow.Root) *flow.Run {
	whole, opened := true, false
	literals := map[string]bool{}
	tried := map[string]bool{}
	var first *flow.Run
	queue := web.Attackers(nil)[:1]
	for len(queue) > 0 && len(tried) < maxAttackers {
		attacker := queue[0]
		queue = queue[1:]
		if tried[attacker.Origin] {
			continue
		}
		tried[attacker.Origin] = true
		run := s.replay(root, attacker.Origin)
		s.following.note(s, root, run)
		if attacker.Control != "" && s.controlled(root, attacker) {
			continue
		}
		if first == nil {
			first = run
		}
		s.note(run)
		whole = whole && !run.Exhausted && !run.Cut
		shaken := s.shake(root, run, attacker)
		opened = opened || slices.ContainsFunc(shaken.Events, opens)
		constants := slices.Concat(constants(run), s.writes(root, run, attacker), s.sockets(root, shaken, attacker), shaken.Literals)
		for _, l := range append(constants, run.Literals...) {
			if !literals[l] {
				literals[l] = true
				s.friend(root, l)
				suggested := web.Attackers([]string{l})
				queue = append(append(queue, suggested...), attacker.Moved(suggested)...)
			}
		}
	}
	s.decided[root.Func.Name] = whole
	if whole && !opened {
		s.closed = append(s.closed, closed{root, literals})
	}
	return first
}

// controlled reports whether the code lets in what an attacker's control stands
// for, and so means to trust every host below the domain.
func (s *search) controlled(root flow.Root, attacker web.Attacker) bool {
	return admits(s.replay(root, attacker.Control), attacker.Control)
}

func (s *search) replay(root flow.Root, origin string) *flow.Run {
	return s.flow.Engine.Replay(root, requestFrom(origin))
}

// requestFrom is a request of a page with that origin, by a method of its choice.
func requestFrom(origin string) *flow.Request { return &flow.Request{Origin: origin, Host: web.Host} }

// writes judges the writes of a replay, unless what runs before has stopped the
// request. It returns constants that this compares the Origin with.
func (s *search) writes(root flow.Root, run *flow.Run, attacker web.Attacker) []string {
	stopped, lacks, constants := s.stopped(requestFrom(attacker.Origin))
	s.visitWrites(run, attacker, stopped)
	if !stopped {
		s.under(lacks, func() { s.judge(root, run, attacker) })
	}
	return constants
}

// under does something to which it matters what holds under those settings only.
func (s *search) under(lacks []flow.Decider, do func()) {
	around := s.around
	s.around = append(slices.Clone(around), lacks...)
	do()
	s.around = around
}

// admits reports whether a replay lets its origin in anywhere.
func admits(run *flow.Run, origin string) bool {
	return run.Reaches(func(e *flow.Event) bool {
		return e.Kind == flow.HeaderWrite && e.Key == AllowOrigin && e.Value.Kind == flow.Str && e.Value.Text == origin
	}, flow.Possible)
}

// constants returns the constant origins that a replay writes; of those, only
// null can be an attacker's.
func constants(run *flow.Run) []string {
	for _, e := range run.Events {
		if e.Kind == flow.HeaderWrite && e.Key == AllowOrigin && e.Value.Kind == flow.Str && e.Value.Text == "null" {
			return []string{"null"}
		}
	}
	return nil
}

func (s *search) note(run *flow.Run) {
	if run.Exhausted {
		return
	}
	for name := range run.Called {
		s.entered[name] = true
	}
}
