package browser

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/soplint/soplint/browser/engine"
	"github.com/soplint/soplint/browser/stage"
	"github.com/soplint/soplint/browser/victims"
	"github.com/soplint/soplint/browser/victims/scene"
	"github.com/soplint/soplint/internal/finding"
)

var (
	all     = flag.Bool("all", false, "prove every row in every browser; without it the first row of every rule, in Chromium")
	require = flag.Bool("require", false, "fail, rather than skip, where a browser is not installed")
	update  = flag.Bool("update", false, "write RESULTS.md anew from what happens; goes with -all")
)

// trialLimit is how long a single trial may take.
const trialLimit = 20 * time.Second

func TestMain(m *testing.M) {
	flag.Parse()
	os.Setenv(victims.Friends, own+" "+help)
	notes, err := os.MkdirTemp("", "soplint-notes-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	scene.Notes = notes
	code := m.Run()
	os.RemoveAll(notes)
	if code == 0 && *update {
		if err := seen.write(resultsFile); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

func TestChromium(t *testing.T) { prove(t, "Chromium", engine.Chromium) }

func TestFirefox(t *testing.T) {
	if !*all {
		t.Skip("only with -all")
	}
	prove(t, "Firefox", engine.Firefox)
}

func TestWebKit(t *testing.T) {
	if !*all {
		t.Skip("only with -all")
	}
	prove(t, "WebKit", engine.WebKit)
}

// A theatre is a stage with a browser in front of it.
type theatre struct {
	stage   *stage.Stage
	browser engine.Browser
	visited map[string]bool // the sites with a click to their credit
}

// prove makes the trials of the rows in a browser.
func prove(t *testing.T, name string, start func(context.Context, engine.Options) (engine.Browser, error)) {
	play := open(t, start)
	t.Log(play.browser.Version())
	t.Run("cookies", play.cookies)
	rule := ""
	for _, r := range rows {
		if !*all && r.rule == rule {
			continue
		}
		rule = r.rule
		t.Run(r.rule+"/"+nameOf(r.reported), func(t *testing.T) { play.row(t, name, r) })
	}
	seen.browser(name, play.browser.Version())
}

// open starts stage and browser, until the test ends.
func open(t *testing.T, start func(context.Context, engine.Options) (engine.Browser, error)) *theatre {
	t.Helper()
	s, err := stage.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	b, err := start(context.Background(), engine.Options{Proxy: s.Proxy(), KeyHash: s.KeyHash()})
	if errors.Is(err, engine.ErrAbsent) && !*require {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Errorf("closing the browser: %v", err)
		}
	})
	return &theatre{stage: s, browser: b, visited: make(map[string]bool)}
}

// cookies logs the user in, and holds what all else depends on: a page of the
// same site sends every cookie, one of another site the one with SameSite=None
// and no other, and a careful browser that one only after a visit. A visit counts
// only where the user has clicked on a page of the server before, as one does to
// log in: the first visit is for that.
func (p *theatre) cookies(t *testing.T) {
	p.run(t, stage.Trial{Page: "https://" + stage.Victim, Does: "read", Target: "https://" + stage.Victim + "/login"})
	target := "https://" + p.stage.Mount(victims.Reflected())
	holds := func(page, want string) {
		t.Helper()
		if v := p.run(t, stage.Trial{Page: page, Does: "read", Target: target}); v.Got != want {
			t.Fatalf("a page of %s reads %q (%s), and should read %q", page, v.Got, v.Refused, want)
		}
	}
	holds(own, scene.User+"lax, none, strict")
	if _, ok := p.browser.(careful); ok {
		p.visit(t, own)
		holds(evil, scene.Nobody)
		p.visit(t, evil)
	}
	holds(evil, scene.User+"none")
}

// A careful browser keeps the cookies of other sites from a page until the user
// has used them in a window that this page has opened.
type careful interface {
	Click(ctx context.Context, address string) error
}

// visit makes up for that care: a page of that origin opens a window of the
// victim, and the user clicks in it.
func (p *theatre) visit(t *testing.T, origin string) {
	t.Helper()
	b, ok := p.browser.(careful)
	if !ok || origin == sandbox || origin == stage.Rebound || p.visited[origin] {
		return
	}
	p.visited[origin] = true
	ctx, cancel := context.WithTimeout(t.Context(), trialLimit)
	defer cancel()
	page, verdict := p.stage.Begin(stage.Trial{Page: origin, Does: "visit", Target: "https://" + stage.Victim + "/welcome"})
	closeTab, err := p.browser.Open(ctx, page)
	if err != nil {
		t.Fatal(err)
	}
	defer closeTab()
	address := "https://" + stage.Victim + "/welcome/verdict/" + page[strings.LastIndex(page, "/")+1:]
	if err := b.Click(ctx, address); err != nil {
		t.Fatal(err)
	}
	select {
	case <-verdict:
	case <-ctx.Done():
		t.Fatalf("the click in %s did not come through", address)
	}
}

// run makes one trial. A browser that does not answer gets a second chance, and
// the log says so; what it answers, counts.
func (p *theatre) run(t *testing.T, trial stage.Trial) stage.Verdict {
	t.Helper()
	v, err := p.once(t, trial)
	if err != nil {
		t.Logf("second try after: %v", err)
		v, err = p.once(t, trial)
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (p *theatre) once(t *testing.T, trial stage.Trial) (stage.Verdict, error) {
	ctx, cancel := context.WithTimeout(t.Context(), trialLimit)
	defer cancel()
	return p.stage.Run(ctx, p.browser, trial)
}

// row makes the trials of a row, and holds what happens against the severity.
func (p *theatre) row(t *testing.T, browser string, r row) {
	f := r.report(t)
	for _, part := range r.parts(f) {
		act := part.try
		if act.page == named {
			act.page = originIn(t, f.Message)
		}
		if r.otherwise[browser].notRun {
			seen.record(browser, entry{row: r, finding: f, part: part.name, try: act}, outcome{text: "not run"}, outcome{text: "not run"})
			continue
		}
		p.visit(t, act.page)
		need := act.need(browser)
		reported := p.act(t, r.reported, act, r.refuses)
		safe := p.act(t, r.safe, act, false)
		seen.record(browser, entry{row: r, finding: f, part: part.name, try: act}, reported, safe)
		onReported, onSafe := r.otherwise[browser].expects(part)
		if (reported.access >= need) != onReported {
			t.Errorf("%s: of %s a report of severity %s should mean that it %s, and it was %s %s",
				act, nameOf(r.reported), f.Severity, word(onReported), reported, reported.refused)
		}
		if (safe.access >= need) != onSafe {
			t.Errorf("%s: of the safe twin %s silence should mean that it %s, and it was %s %s",
				act, nameOf(r.safe), word(onSafe), safe, safe.refused)
		}
	}
}

// expects is what should come of a part in the browser.
func (o otherwise) expects(p part) (onReported, onSafe bool) {
	switch p.name {
	case "attack":
		return p.onReported || o.attack, p.onSafe || o.safe
	case "meant use":
		return p.onReported || o.meant, p.onSafe
	}
	return p.onReported, p.onSafe
}

func word(succeeds bool) string {
	if succeeds {
		return "succeeds"
	}
	return "fails"
}

// A part of a row is one trial with what should come of it.
type part struct {
	name               string
	try                try
	onReported, onSafe bool
}

func (r row) parts(f finding.Finding) []part {
	var parts []part
	if r.attack != nil {
		parts = append(parts, part{"attack", *r.attack, f.Severity > finding.Note && r.meant == nil, false})
	}
	if r.meant != nil {
		parts = append(parts, part{"meant use", *r.meant, false, true})
	}
	if r.conceded != nil {
		parts = append(parts, part{"named limit", *r.conceded, true, false})
	}
	return parts
}

// originIn returns the origin of the attacker that a message names, which is the
// last in it.
func originIn(t *testing.T, message string) string {
	t.Helper()
	found := regexp.MustCompile(`https?://[a-z0-9.-]+`).FindAllString(message, -1)
	if len(found) == 0 {
		t.Fatalf("the report names no origin: %s", message)
	}
	return found[len(found)-1]
}

// An access says as whom a page got in.
type access int

const (
	none access = iota
	asNobody
	asUser
)

// need is what a try must come to for success: who wants to be the user has to
// see what the user sees.
func (a try) need(browser string) access {
	if a.cookieless == browser {
		return asNobody
	}
	return deeds[a.does].need
}

// An outcome is what came of a trial.
type outcome struct {
	access  access
	text    string
	refused string // why, in the browser's words
}

func (o outcome) String() string { return o.text }

// act makes a trial on a handler.
func (p *theatre) act(t *testing.T, victim func() http.Handler, a try, refuses bool) outcome {
	t.Helper()
	handler, refusal := begin(victim)
	if (refusal != nil) != refuses {
		t.Fatalf("%s: start-up refused: %v, expected: %t", nameOf(victim), refusal, refuses)
	}
	if refusal != nil {
		return outcome{text: "does not start"}
	}
	target := "https://" + p.stage.Mount(handler) + a.at
	if a.login {
		p.run(t, stage.Trial{Page: "https://" + stage.Victim, Does: "read", Target: target})
	}
	if a.after != "" {
		p.run(t, stage.Trial{Page: a.after, Does: a.does, Target: target})
	}
	return judge(a, p.run(t, stage.Trial{Page: a.page, Does: a.does, Target: target}))
}

// begin builds a handler, or returns the panic with which it refuses to be.
func begin(victim func() http.Handler) (h http.Handler, refusal any) {
	defer func() { refusal = recover() }()
	return victim(), nil
}

// judge tells what a verdict amounts to.
func judge(a try, v stage.Verdict) outcome {
	done := deeds[a.does].done
	_, cookies, user := strings.Cut(v.Got, scene.User)
	switch {
	case user:
		return outcome{access: asUser, text: done + ", cookies: " + cookies}
	case strings.Contains(v.Got, scene.Nobody):
		return outcome{access: asNobody, text: done + ", no cookies"}
	case v.Got == "" || deeds[a.does].need == asUser:
		return outcome{text: "refused", refused: v.Refused}
	}
	return outcome{access: asNobody, text: done}
}
