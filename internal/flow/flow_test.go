package flow

import (
	"slices"
	"testing"

	"github.com/soplint/soplint/internal/ir"
)

// graph builds a run from nodes; an event named "goal" is what is asked for.
func graph(nodes ...node) *Run { return &Run{nodes: nodes} }

func goalNode(succs ...int32) node { return node{events: []*Event{{Key: "goal"}}, succs: succs} }

func isGoal(e *Event) bool { return e.Key == "goal" }

func TestReaches(t *testing.T) {
	way := func(c choice, succs ...int32) node {
		return node{choice: c, succs: succs, about: unknown("p:x", ir.Type{Kind: ir.Bool}, 0)}
	}
	end := node{}
	for name, test := range map[string]struct {
		run                           *Run
		possible, certain, regardless bool
	}{
		"straight":                    {graph(way(straight, 1), goalNode()), true, true, true},
		"dead end":                    {graph(way(straight, 1), end), false, false, false},
		"attacker has one way":        {graph(way(attacker, 1, 2), goalNode(), end), true, true, true},
		"configuration has one way":   {graph(way(configure, 1, 2), goalNode(), end), true, false, true},
		"guard has one way":           {graph(way(guard, 1, 2), goalNode(), end), false, false, false},
		"guard has both ways":         {graph(way(guard, 1, 2), goalNode(), goalNode()), true, true, true},
		"unknown code has one way":    {graph(way(asked, 1, 2), goalNode(), end), false, false, true},
		"loop that may end":           {graph(way(attacker, 1, 2), way(straight, 0), goalNode()), true, true, true},
		"loop without an end":         {graph(way(straight, 1), way(straight, 0), goalNode()), false, false, false},
		"guard in a loop":             {graph(way(attacker, 1, 3), way(guard, 2, 0), goalNode(), end), false, false, false},
		"guard that a setting avoids": {graph(way(configure, 1, 2), goalNode(), way(guard, 1, 3), end), true, false, true},
	} {
		if got := test.run.Reaches(isGoal, Possible); got != test.possible {
			t.Errorf("%s: possible = %v", name, got)
		}
		if got := test.run.Reaches(isGoal, Certain); got != test.certain {
			t.Errorf("%s: certain = %v", name, got)
		}
		if got := test.run.Reaches(isGoal, Strength{Regardless: true}); got != test.regardless {
			t.Errorf("%s: regardless = %v", name, got)
		}
	}
}

func TestDecidersNameTheSettingThatAvoidsAGuard(t *testing.T) {
	run := graph(
		node{choice: configure, succs: []int32{1, 2}, about: unknown("p:cfg.AllowAll", ir.Type{Kind: ir.Bool}, 0)},
		goalNode(),
		node{choice: guard, succs: []int32{1, 3}, about: unknown("", ir.Type{Kind: ir.Bool}, Guarded)},
		node{},
	)
	deciders := run.Deciders(isGoal)
	if len(deciders) != 1 || deciders[0].Text != "cfg.AllowAll" || !deciders[0].Bypass || !deciders[0].Opens {
		t.Errorf("deciders = %+v", deciders)
	}
}

// Where a replay ended early, the ways not followed are nodes without an end.
func TestUnfollowedWaysLeadNowhere(t *testing.T) {
	run := graph(node{choice: guard, succs: []int32{1, 2}}, goalNode(), node{})
	run.Exhausted = true
	if run.Reaches(isGoal, Possible) {
		t.Error("a way that was not followed counts as won")
	}
}

func TestHeap(t *testing.T) {
	h := newHeap()
	h.store("#o", ".A", String("a"))
	if v := h.load("#o", ""); v.Kind != Struct || v.field("A").Text != "a" || v.Open {
		t.Errorf("struct with one field written: %+v", v)
	}
	other := h.fork()
	other.store("#o", ".A", String("b"))
	if h.load("#o", ".A").Text != "a" || other.load("#o", ".A").Text != "b" {
		t.Error("a fork shares what was written to it")
	}
	h.store("#o", "", structOf(map[string]*Value{"B": intValue(1)}, false))
	if h.load("#o", ".A") != nil || h.load("#o", ".B").Int != 1 {
		t.Error("a whole struct leaves fields of the old one")
	}
	h.store("p:c", "", unknown("p:c", ir.Type{}, 0))
	if v := h.load("p:c", ".X"); v == nil || v.Text != "p:c.X" {
		t.Errorf("part of something unknown: %+v", v)
	}
}

func TestJoin(t *testing.T) {
	if v := join(String("a"), String("a")); v.Text != "a" {
		t.Errorf("join of the same = %+v", v)
	}
	if v := join(String("a"), String("b")); v.Kind != Unknown || v.Taint != 0 {
		t.Errorf("join of constants = %+v", v)
	}
	if v := join(FromRequest("a"), String("b")); v.Kind != Unknown || v.Taint&Guarded == 0 {
		t.Errorf("what may come from the request must stay a guard: %+v", v)
	}
}

func TestRequestHeaders(t *testing.T) {
	r := &Request{Origin: "https://evil.example"}
	for name, want := range map[string]string{
		"Origin": "https://evil.example", "referer": "https://evil.example/", "X-Api-Key": "", "Sec-Fetch-Site": "cross-site",
	} {
		if v := r.Header(name); v.Kind != Str || v.Text != want || v.Taint&Sent == 0 {
			t.Errorf("%s = %+v", name, v)
		}
	}
	if v := r.Header("Content-Type"); v.Kind != Unknown || v.Taint != Chosen {
		t.Errorf("Content-Type = %+v", v)
	}
	if v := (&Request{Origin: "null"}).Header("Referer"); v.Text != "" {
		t.Errorf("an opaque origin sends the referer %q", v.Text)
	}
}

func TestPostdominators(t *testing.T) {
	// 0 branches to 1 and 2, which meet at 3; 3 loops to 0 or goes on to 4.
	fn := &ir.Func{Blocks: []ir.Block{
		{Succs: []int32{1, 2}}, {Succs: []int32{3}}, {Succs: []int32{3}}, {Succs: []int32{0, 4}}, {},
	}}
	if got := postdominators(fn); !slices.Equal(got, []int32{3, 3, 3, 4, -1}) {
		t.Errorf("postdominators = %v", got)
	}
	// Two ends: nothing is passed by every way.
	fn = &ir.Func{Blocks: []ir.Block{{Succs: []int32{1, 2}}, {}, {}}}
	if got := postdominators(fn); !slices.Equal(got, []int32{-1, -1, -1}) {
		t.Errorf("postdominators with two ends = %v", got)
	}
}

func TestNatives(t *testing.T) {
	text := func(s string) *Value { return String(s) }
	for _, test := range []struct {
		name string
		args []*Value
		want string
	}{
		{"strings.HasSuffix", []*Value{text("https://evilexample.com"), text("example.com")}, "true"},
		{"strings.TrimPrefix", []*Value{text("https://a"), text("https://")}, "a"},
		{"slices.Contains", []*Value{listOf([]string{"a", "b"}, 0), text("b")}, "true"},
		{"slices.Contains", []*Value{listOf([]string{"a"}, 0), text("b")}, "false"},
		{"(*net/url.URL).Hostname", []*Value{natives["net/url.Parse"]([]*Value{text("https://a.b:1")}).Elems[0]}, "a.b"},
		{"fmt.Sprintf", []*Value{text("%s-%d"), {Kind: List, Elems: []*Value{text("a"), intValue(1)}}}, "a-1"},
	} {
		v := natives[test.name](test.args)
		got := v.Text
		if v.Kind == Bool {
			got = map[int64]string{0: "false", 1: "true"}[v.Int]
		}
		if got != test.want {
			t.Errorf("%s = %q, want %q", test.name, got, test.want)
		}
	}
	if v := natives["strings.HasSuffix"]([]*Value{text("a"), noValue}); v != nil {
		t.Errorf("HasSuffix of something unknown = %+v", v)
	}
	if v := natives["fmt.Sprintf"]([]*Value{text("%999999999d"), {Kind: List, Elems: []*Value{intValue(1)}}}); v != nil {
		t.Error("a width from the program under analysis is honoured")
	}
}
