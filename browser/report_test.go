package browser

import (
	"bytes"
	"context"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/report"
	"github.com/soplint/soplint/internal/surface"
)

var screenshot = flag.String("screenshot", "", "write what the map looks like to this `file`")

// hostile is a text that would do harm wherever a page takes it for more than
// text.
const hostile = `"'><img src=x onerror=alert(1)></script><script>alert(1)</script>{{.}}javascript:alert(1)`

// aMap has one route that is open and one that is not, both with hostile names.
func aMap() *report.Surface {
	place := surface.Place{File: "web/" + hostile + ".go", Line: 1, Column: 1, EndLine: 9}
	evidence := []surface.Evidence{{Text: hostile, Code: place}}
	s := &report.Surface{Version: "test", Map: surface.Map{Routes: []surface.Route{
		{Methods: []string{"GET", "HEAD"}, Pattern: "/notes" + hostile, Handler: "list" + hostile, Registered: place, Code: place,
			Middleware: []surface.Step{{Name: hostile, Code: place}}, Authority: []string{"cookie"},
			Read:    surface.Read{Who: surface.AnySite, Credentials: true, By: hostile, Origins: []string{hostile}, Evidence: evidence},
			Send:    surface.Send{Who: surface.AnySite, Stopped: []string{hostile}, Evidence: evidence},
			Socket:  &surface.Socket{Who: surface.Weak, Library: hostile, Evidence: evidence},
			Changes: []surface.Change{{Kind: "database", Call: hostile, Code: place}}, Findings: []surface.Finding{{ID: "corsorigin/weak", Severity: 3, Message: hostile, Code: place}}},
		{Methods: []string{"DELETE"}, Pattern: "/zebra", Handler: "drop", Read: surface.Read{Who: surface.SameOrigin}, Send: surface.Send{Who: surface.Preflighted}},
	}, Unresolved: []surface.Unresolved{{Code: place, Reason: hostile}}}}
	return s
}

// A visit is a page in Chromium, with what it did besides showing itself.
type visit struct {
	ctx context.Context

	mu       sync.Mutex
	requests []string
	messages []string
}

// someFindings are one error with hostile names, and one note.
func someFindings() *report.Report {
	return &report.Report{Version: hostile, Findings: []finding.Finding{
		{Check: "corsorigin", Rule: hostile, Severity: finding.Error, Message: hostile, Condition: hostile, File: hostile, Line: 1, Column: 1,
			Related: []finding.Related{{File: hostile, Line: 1, Column: 1, Message: hostile}}, Fixes: []finding.Fix{{Message: hostile}}},
		{Check: "csrf", Rule: "delete", Severity: finding.Note, Message: "zebra", File: "zoo.go", Line: 1, Column: 1},
	}, Problems: []finding.Problem{{Package: hostile, File: hostile, Line: 1, Message: hostile}}}
}

func readHostile(string) ([]byte, error) { return []byte(hostile), nil }

// visitPage shows a page from a server on this machine.
func visitPage(t *testing.T, page []byte) *visit {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil && !*require {
		t.Skip("Chromium is not installed")
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/page" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(page)
	}))
	t.Cleanup(server.Close)
	limited, stop := context.WithTimeout(t.Context(), trialLimit)
	t.Cleanup(stop)
	allocator, cancel := chromedp.NewExecAllocator(limited, chromedp.ExecPath(path), chromedp.Headless, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.Flag("disable-background-networking", true), chromedp.WindowSize(1500, 900))
	t.Cleanup(cancel)
	v := &visit{}
	ctx, cancelTab := chromedp.NewContext(allocator, chromedp.WithListener(v.note))
	t.Cleanup(cancelTab)
	v.ctx = ctx
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/page")); err != nil {
		t.Fatal(err)
	}
	return v
}

// note keeps the requests that the page makes, and what goes to the console.
func (v *visit) note(event any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		v.requests = append(v.requests, e.Request.URL)
	case *log.EventEntryAdded:
		v.messages = append(v.messages, e.Entry.Text)
	case *runtime.EventExceptionThrown:
		v.messages = append(v.messages, e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		v.messages = append(v.messages, string(e.Type))
	}
}

// ask returns what an expression is on the page.
func ask[T any](t *testing.T, v *visit, expression string) T {
	t.Helper()
	value, err := chromedp.Run(v.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

const rowsShown = `Array.from(document.querySelectorAll("tr[data-row]")).filter(row => row.checkVisibility()).length`

func TestMapPage(t *testing.T) {
	var page bytes.Buffer
	if err := report.SurfaceHTML(&page, aMap(), readHostile); err != nil {
		t.Fatal(err)
	}
	usePage(t, page.Bytes(), "#route-0", *screenshot)
}

func TestFindingsPage(t *testing.T) {
	var page bytes.Buffer
	o := report.HTMLOptions{ReadFile: readHostile, Diff: func(*finding.Finding) string { return hostile }}
	if err := report.HTML(&page, someFindings(), o); err != nil {
		t.Fatal(err)
	}
	usePage(t, page.Bytes(), "#finding-0", "")
}

// usePage expects a page with two rows, the first of them exposed and its evidence
// at that link, to show them, to be searched with the keyboard alone, to lead from a
// cell to its evidence, to run nothing that a name brings along, and to ask nobody for
// anything. What it looks like goes to the file picture, if one is named.
func usePage(t *testing.T, page []byte, evidence, picture string) {
	t.Helper()
	v := visitPage(t, page)
	if got := ask[int](t, v, rowsShown); got != 2 {
		t.Errorf("%d rows are shown, want 2", got)
	}
	press := func(keys string) {
		t.Helper()
		if err := chromedp.Do(v.ctx, chromedp.KeyEvent(keys)); err != nil {
			t.Fatal(err)
		}
	}
	// As one event, as a keyboard sends it: KeyEvent sends the character on its own, so
	// that the page could not keep it out of the search.
	slash := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "/", Code: "Slash", Text: "/"}
	if _, err := chromedp.Call(v.ctx, input.DispatchKeyEvent, slash); err != nil {
		t.Fatal(err)
	}
	if got := ask[string](t, v, `document.activeElement.id + query.value`); got != "query" {
		t.Errorf("/ leads to %q, not to the empty search", got)
	}
	press("zebra del")
	if got := ask[int](t, v, rowsShown); got != 1 {
		t.Errorf("%d rows are found, want 1", got)
	}
	if got := ask[string](t, v, `shown.textContent`); got != "1 of 2 shown" {
		t.Errorf("the count says %q", got)
	}
	press("\x1b")
	press("\t ") // to the box of what is exposed
	if got := ask[string](t, v, `Array.from(document.querySelectorAll("tr[data-row]")).filter(row => row.checkVisibility()).map(row => row.dataset.row).join()`); got != "exposed" {
		t.Errorf("the box leaves %q", got)
	}
	press("\t\r") // the first link, to the evidence of a row
	if got := ask[bool](t, v, `location.hash === "`+evidence+`" && document.querySelector(":target").checkVisibility()`); !got {
		t.Error("a cell does not lead to its evidence")
	}
	if got := ask[int](t, v, `Array.from(document.querySelectorAll("a")).filter(a => a.getAttribute("href").startsWith("#") && document.getElementById(a.hash.slice(1)) === null).length`); got != 0 {
		t.Errorf("%d links lead nowhere", got)
	}
	if got := ask[int](t, v, `document.querySelectorAll("main script, img, [onerror], a:not([href^='#'])").length`); got != 0 {
		t.Errorf("%d elements come from hostile names", got)
	}
	if got := ask[bool](t, v, `document.querySelector("section.route h3").textContent.includes("<script>alert(1)</script>")`); !got {
		t.Error("a hostile name is not shown as it is")
	}
	if picture != "" {
		image, err := chromedp.Run(v.ctx, chromedp.FullScreenshot(100))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(picture, image, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.requests) == 0 || slices.ContainsFunc(v.requests, func(url string) bool { return !strings.HasSuffix(url, "/page") }) {
		t.Errorf("requests: %q, want the page and nothing else", v.requests)
	}
	if len(v.messages) > 0 {
		t.Errorf("the console says %q", v.messages)
	}
}
