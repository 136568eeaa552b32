package surface

import (
	"slices"
	"testing"

	"github.com/soplint/soplint/internal/finding"
)

func route(pattern string, read, send Who, kinds ...string) Route {
	r := Route{Methods: []string{"POST"}, Pattern: pattern, Read: Read{Who: read}, Send: Send{Who: send}}
	for _, kind := range kinds {
		r.Changes = append(r.Changes, Change{Kind: kind})
	}
	return r
}

func TestDiff(t *testing.T) {
	old := &Map{Routes: []Route{route("/gone", AnySite, AnySite, "files"), route("/read", Named, SameOrigin),
		route("/same", SameOrigin, SameOrigin), route("/send", SameOrigin, AnySite, "files")}}
	now := &Map{Routes: []Route{route("/new", SameOrigin, AnySite, "database"), route("/read", AnySite, SameOrigin),
		route("/same", SameOrigin, SameOrigin), route("/send", SameOrigin, Preflighted, "files")}}
	var got []string
	for _, d := range Diff(old, now) {
		mark := "- "
		if d.Opened {
			mark = "+ "
		}
		got = append(got, mark+d.Route.Pattern+" "+d.Text)
	}
	want := []string{
		"+ /new new: read by same origin, sent by any site",
		"+ /read read: any site without credentials, was named origins without credentials",
		"- /send send: preflighted, was any site",
		"- /gone gone: read by any site without credentials, sent by any site",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A loop registers several routes on one line: the path of a finding there says
// which of them it is about.
func TestAttach(t *testing.T) {
	one, other := route("/one", SameOrigin, AnySite), route("/other", SameOrigin, AnySite)
	one.Registered, other.Registered = Place{File: "a.go", Line: 3}, Place{File: "a.go", Line: 3}
	one.Code, other.Code = Place{File: "a.go", Line: 10, EndLine: 12}, Place{File: "a.go", Line: 20, EndLine: 22}
	m := &Map{Routes: []Route{one, other}}
	m.Attach([]finding.Finding{
		{Check: "getstate", Rule: "route", File: "a.go", Line: 3, Related: []finding.Related{{File: "a.go", Line: 11}}},
		{Check: "corsorigin", Rule: "weak", File: "a.go", Line: 21},
		{Check: "corsorigin", Rule: "null", File: "a.go", Line: 22, Suppressed: true},
	})
	if len(m.Routes[0].Findings) != 1 || m.Routes[0].Findings[0].ID != "getstate/route" {
		t.Errorf("/one has %v", m.Routes[0].Findings)
	}
	if len(m.Routes[1].Findings) != 1 || m.Routes[1].Findings[0].ID != "corsorigin/weak" {
		t.Errorf("/other has %v", m.Routes[1].Findings)
	}
}

func TestExposed(t *testing.T) {
	socket := route("/socket", SameOrigin, SameOrigin)
	socket.Socket = &Socket{Who: Weak}
	for _, c := range []struct {
		route Route
		want  bool
	}{
		{route("/", Named, AnySite), false},
		{route("/", Weak, SameOrigin), true},
		{route("/", SameOrigin, AnySite, "files"), true},
		{route("/", SameOrigin, Preflighted, "files"), false},
		{socket, true},
	} {
		if got := c.route.Exposed(); got != c.want {
			t.Errorf("%+v: exposed %v, want %v", c.route, got, c.want)
		}
	}
}
