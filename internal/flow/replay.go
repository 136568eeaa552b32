package flow

import (
	"slices"
	"sync/atomic"

	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/model"
)

// Bounds of one replay. Where one is reached the replay ends. Ways that were not
// followed by then lead nowhere, so nothing is reported that rests on them; only
// maxStates leads to joined states instead.
const (
	maxSteps       = 200_000 // instructions
	maxNodes       = 6_000   // states that were kept
	maxCost        = 10_000  // the same, weighed by the size of the functions that they are in
	maxSpent       = 50_000  // maxCost for all replays of a package
	maxRun         = 500_000 // maxSteps for all replays of a package
	maxDepth       = 8       // calls within calls
	maxRefinements = 3       // times that a replay is repeated with more that is remembered
	maxStates      = 24      // states of one place before they are joined
	maxFacts       = 16      // states of one place that differ only in what they take for known
)

// sizeOfUnit is the number of registers of a function for which a state of it
// weighs as much as one more.
const sizeOfUnit = 100

// Code finds the code of functions and package variables by name.
type Code interface {
	// Func returns the code of a function, nil if it is not known.
	Func(name string) *ir.Func
	// Makes reports whether the only result of a function of another package is memory
	// that it makes.
	Makes(name string) bool
	// Global returns the code that computes the initial value of a package
	// variable, nil if the variable is changed later or not known.
	Global(name string) *ir.Func
	// Touches reports whether the function can come to something that is
	// reported on, so that calls of it are followed whatever their arguments.
	Touches(name string) bool
	// Acts reports whether that is so of a method of the type, which has a * before
	// it for a pointer.
	Acts(dynamic string) bool
	// Methods returns the exported methods with known code of that type, written as
	// for Acts, by name.
	Methods(dynamic string) []string
}

// An Engine replays requests through code.
type Engine struct {
	Code  Code
	Table *model.Table

	// Development names settings that are taken to be off.
	Development []string
	Home        string // path of the package under analysis

	// EveryRoute asks which routes there are, and not what becomes of a request: for
	// a closure for each route that a handler is served under, and not only for each
	// set of steps before it, and for one visit to each place.
	EveryRoute bool

	// Fills says of a setting that is empty by default whether the program sees to its
	// having a value where requests are answered; nil for no.
	Fills func(setting string) bool

	// Watch says which functions' calls are events, by name; nil for none. With
	// it, writes to memory that outlives the request are events, too.
	Watch func(function string) bool

	spent    budget            // on all replays
	limit    *budget           // up to which it may be spent for now, nil for the whole
	costly   map[*ir.Func]bool // the roots for which the bounds of one replay were not enough
	steps    *atomic.Int64     // the same, also of replays with a budget of their own
	methods  []string          // by which handlers are called
	globals  map[string]*initial
	steering map[string]bool          // what steers has said of functions
	givings  map[string]giving        // by function, what gives has said
	composed map[composition]*ir.Func // code that stands for calls which put middleware around handlers
	outcomes map[string]outcomes
	kept     map[string]bool // by function, whether it leaves what it is given as it is
	shapes   map[*ir.Func]*shape
}

// A Root is where a request enters.
type Root struct {
	Func     *ir.Func
	Args     []*Value // nil for unknown ones
	Bindings []*Value // captured variables, for closures
	memory   *heap

	predicate bool // it is asked for a yes or no
}

// A Closure is a function value that the code made but did not call itself: it
// was handed to somebody who may.
type Closure struct {
	Name     string
	Bound    bool // a method value: its binding is the receiver
	Bindings []*Value
	Held     []Closure // the functions that it captured, and that only it can call
	Event    *Event    // of its escape; nil for what another holds
	Route    *Route    // for handlers that are served
	memory   *heap
	key      string
}

// Key is a text that two closures share if they are the same code with the
// same captured values.
func (c *Closure) Key() string { return c.key }

// Root makes the closure, whose code is fn, the place where a request enters.
func (c *Closure) Root(fn *ir.Func) Root {
	if c.Bound {
		return Root{Func: fn, Args: c.Bindings, memory: c.memory}
	}
	return Root{Func: fn, Bindings: c.Bindings, memory: c.memory}
}

// A Check is a test of a value from the request that went in its favour.
type Check struct {
	Site    Site
	Text    string // how it reads in the source
	Kind    CheckKind
	Subject string // the text from the request that is tested
	Literal string // the constant that it is tested with, a pattern for PatternCheck
}

// A CheckKind says how a Check compares, as far as that can be mended by rote.
type CheckKind uint8

// The kinds of checks.
const (
	OtherCheck   CheckKind = iota
	SuffixCheck            // strings.HasSuffix
	PatternCheck           // a regular expression
)

// checkKinds are the kinds of functions.
var checkKinds = map[string]CheckKind{
	"strings.HasSuffix":            SuffixCheck,
	"regexp.MatchString":           PatternCheck,
	"(*regexp.Regexp).MatchString": PatternCheck,
}

// An EventKind says what an Event is.
type EventKind uint8

// The kinds of events.
const (
	HeaderWrite EventKind = iota // Key is set to Value
	Returned                     // the root returns Args
	Configured                   // Row applies a configuration that is in Args
	FieldSet                     // a field of a configuration, Row, is given Value
	Escaped                      // a closure, Key, is handed to somebody
	Next                         // the handler behind a middleware is called
	Changed                      // a function that the engine watches, Key, is called, or memory is written to
	Decoded                      // the request's body is decoded as Key says: json, or form
)

// An Event is something that the code does and that reports are about.
type Event struct {
	Kind     EventKind
	Site     Site
	Calls    []Site // the calls on the way from the root, outermost first
	Named    Site   // where the code says which header it is; Site, or a call on the way there
	Key      string // header name in lower case
	Value    *Value
	Args     []*Value
	Given    []bool // for Changed: which arguments, or address and values, hold or point to something that the request decides
	Own      []bool // for Changed: which arguments point to what was made since the request came
	Row      *model.Row
	Origin   *Value // for Configured and Next: what the program has put in place of the request's Origin, of kind Nil where it has removed it
	Aborted  bool   // the handlers that come next do not run
	Made     string // for Configured: what the Text of the results of the call begins with, up to a #
	memory   *heap
	held     string            // what tells memory, as far as Args and Value reach, from others
	Response map[string]*Value // response headers so far, this one included; names in lower case
}

// A Run is a finished replay.
type Run struct {
	Events    []*Event
	Closures  []Closure
	Open      []*Route // routes without code at hand that serves them
	Checks    []Check
	Literals  []string // constants that values of the request were compared with
	Hosts     []string // constants that the request's Host was compared with
	Called    map[string]bool
	Resolved  map[Site]bool // calls of function values and interface methods of which it is known what they call
	Serving   []Site        // where handlers are given to servers
	Registrar bool          // the root registers what it is given to serve
	Typed     bool          // the code asked for the request's Content-Type
	Hinted    bool          // it asked for a header that tells where a request comes from, and that handshakes need not have
	Exhausted bool          // a bound was reached: what was found until then holds, and there may be more
	Unpaid    bool          // that bound was what is left of the budget
	Cut       bool          // calls were not followed, as they are too deep

	nodes  []node
	placed map[occasion][]int32 // see ReachesLike
}

// Replay runs the code from root on the request.
//
// What a path takes for known of an unknown value matters only where the value
// is asked about again, and telling paths apart by what does not matter costs
// the most. So the first replay takes nothing for known, and only notes what is
// asked about in several places; where it comes to something that reports are
// about, it is repeated with that.
func (e *Engine) Replay(root Root, request *Request) *Run {
	relevant := map[string]bool{}
	m := e.replay(root, request, false, relevant)
	for range maxRefinements {
		if m.run.Exhausted || !m.reports() || !m.refine(relevant) {
			break
		}
		m = e.replay(root, request, false, relevant)
	}
	if m.run.Exhausted {
		e.noteCostly(root)
		m = e.replay(root, request, true, relevant)
	}
	return m.run
}

// reports reports whether the replay came to something that reports are about.
func (m *machine) reports() bool {
	return slices.ContainsFunc(m.run.Events, func(e *Event) bool { return e.Kind != Returned && e.Kind != Escaped })
}

// refine adds to relevant what was asked about in several places, and reports
// whether there was anything to add.
func (m *machine) refine(relevant map[string]bool) bool {
	added := false
	for name, sites := range m.asked {
		if len(sites) > 1 && !relevant[name] {
			relevant[name] = true
			added = true
		}
	}
	return added
}

// replay is one replay; coarse means to follow only calls that come to
// something that is reported on, and to join states early.
func (e *Engine) replay(root Root, request *Request, coarse bool, relevant map[string]bool) *machine {
	m := &machine{
		engine:   e,
		allowed:  e.allow(root, coarse),
		coarse:   coarse,
		relevant: relevant,
		asked:    map[string]map[string]bool{},
		request:  request,
		run:      &Run{Called: map[string]bool{}, Resolved: map[Site]bool{}},
		places:   map[stateKey][]place{},
		keys:     keyWriter{reached: objects{}},
		counts:   map[string]count{},
		been:     map[string]visit{},
		back:     map[string]visit{},
		seen:     map[string]bool{},
		escaped:  map[string]int{},
		routes:   map[string]*Route{},
		routers:  map[string]*router{},
		mounts:   map[string][]mount{},
		used:     map[string][]Step{},
		perhaps:  map[string][]perhaps{},
		arms:     map[arm]bool{},
		lasting:  map[string]bool{},

		overriding: map[string][]Step{},
	}
	m.start(root)
	m.run.Exhausted = m.run.Exhausted || m.allowed.nodes == 0 || m.allowed.steps == 0
	for len(m.work) > 0 && !m.run.Exhausted {
		s := m.work[len(m.work)-1]
		m.work = m.work[:len(m.work)-1]
		m.advance(s)
	}
	e.spent.steps += m.steps
	m.run.Unpaid = m.run.Exhausted && coarse && m.allowed != (budget{maxCost, maxSteps})
	e.steps.Add(int64(m.steps))
	m.wrap()
	return m
}

// Same reports whether two events are the same but for the path that led there.
func (e *Event) Same(other *Event) bool {
	return e.Kind == other.Kind && e.Named == other.Named && e.held == other.held && e.SameOrigin(other)
}

// Ask replays a call of a function value that an event's configuration holds,
// with those arguments. It returns nil if the function's code is not known.
func (e *Engine) Ask(event *Event, fn *Value, args []*Value, request *Request) *Run {
	if fn.Kind != Function {
		return nil
	}
	root := Root{Args: args, memory: event.memory, Func: e.Code.Func(fn.Text), predicate: true}
	if fn.Open { // a bound method: its binding is the receiver
		root.Args = append(slices.Clone(fn.Elems), args...)
	} else {
		root.Bindings = fn.Elems
	}
	if root.Func != nil && len(root.Func.Blocks) > 0 {
		return e.Replay(root, request)
	}
	for i, arg := range root.Args {
		if arg == nil {
			root.Args = root.Args[:i] // natives take what is known, and no more
			break
		}
	}
	if v := callNative(fn.Text, root.Args); v != nil {
		returned := &Event{Kind: Returned, Args: []*Value{v}}
		return &Run{Events: []*Event{returned}, nodes: []node{{events: []*Event{returned}}}, Literals: literalsOf(root.Args)}
	}
	return nil
}

func literalsOf(args []*Value) []string {
	var texts []string
	for _, arg := range args {
		if arg == nil {
			continue
		}
		texts = append(texts, literalsIn(arg)...)
	}
	return texts
}
