package report

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"github.com/soplint/soplint/internal/finding"
)

// elements returns those of a page with that name.
func elements(t *testing.T, page, name string) []*html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var found []*html.Node
	for node := range root.Descendants() {
		if node.Type == html.ElementNode && node.Data == name {
			found = append(found, node)
		}
	}
	return found
}

// attribute returns the value of an attribute, empty where there is none.
func attribute(node *html.Node, key string) string {
	for _, a := range node.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// textOf is the text below a node.
func textOf(node *html.Node) string {
	var text strings.Builder
	for below := range node.Descendants() {
		if below.Type == html.TextNode {
			text.WriteString(below.Data)
		}
	}
	return text.String()
}

func findingsHTML(t *testing.T, r *Report, diff string) string {
	t.Helper()
	var out bytes.Buffer
	o := HTMLOptions{ReadFile: readSource, Diff: func(*finding.Finding) string { return diff }}
	if err := HTML(&out, r, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestHTML(t *testing.T) {
	page := findingsHTML(t, sample(), "-old\n+new\n")
	var rows []string
	for _, row := range elements(t, page, "tr") {
		if kind := attribute(row, "data-row"); kind != "" {
			rows = append(rows, kind)
		}
	}
	if got := strings.Join(rows, " "); got != "exposed closed closed closed closed closed closed" {
		t.Errorf("the rows are %s", got)
	}
	var numbers []string
	for _, number := range elements(t, page, "b") {
		numbers = append(numbers, textOf(number))
	}
	if got := strings.Join(numbers, " "); got != "1 5 1 1 3" {
		t.Errorf("errors, warnings, notes, suppressed and problems are %s", got)
	}
	sections := elements(t, page, "section")
	if len(sections) != 7 {
		t.Fatalf("%d findings have evidence, want 7", len(sections))
	}
	first := textOf(sections[0])
	for _, want := range []string{"web/cors.go:5", "error: Access-Control-Allow-Origin echoes the request's Origin",
		`w.Header().Set("Access-Control-Allow-Origin", o) // echo`, "When: the answer depends on cookies",
		"Origin header read here web/cors.go:4", `o := r.Header.Get("Origin")`, "Fix: Remove the header", "-old\n+new\n"} {
		if !strings.Contains(first, want) {
			t.Errorf("%q is not in the first finding:\n%s", want, first)
		}
	}
	if strings.Contains(textOf(sections[1]), "-old") {
		t.Error("a finding without fix has a diff")
	}
	for _, r := range page {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) {
			t.Errorf("control character %U in the page", r)
		}
	}
}

// Every link within the page leads somewhere, those out of it to documentation,
// and nothing is loaded.
func TestHTMLLinks(t *testing.T) {
	page := findingsHTML(t, sample(), "")
	targets := make(map[string]bool)
	for _, section := range elements(t, page, "section") {
		targets["#"+attribute(section, "id")] = true
	}
	var outside []string
	for _, link := range elements(t, page, "a") {
		if to := attribute(link, "href"); !strings.HasPrefix(to, "#") {
			outside = append(outside, to)
		} else if !targets[to] {
			t.Errorf("%s leads nowhere", to)
		}
	}
	if len(outside) != 1 || outside[0] != "https://example.com/corsorigin#reflected" {
		t.Errorf("links to %q", outside)
	}
	for _, name := range []string{"link", "img", "iframe", "base", "object"} {
		if n := len(elements(t, page, name)); n > 0 {
			t.Errorf("%d elements %s", n, name)
		}
	}
}

// What a program under analysis names so that it does harm stays text.
func TestHTMLHostile(t *testing.T) {
	const text = `"'><img src=x onerror=alert(1)></script><script>alert(1)</script></pre>{{.}}` + "\u202e\x1b"
	r := &Report{Version: text, Findings: []finding.Finding{{Check: text, Rule: text, Severity: finding.Error, Message: text,
		Condition: text, URL: "javascript:alert(1)", Package: text, File: text, Line: 1, Column: 1,
		Related: []finding.Related{{File: text, Line: 1, Message: text}}, Fixes: []finding.Fix{{Message: text}}}},
		Problems: []finding.Problem{{Package: text, File: text, Line: 1, Message: text}}}
	var out bytes.Buffer
	o := HTMLOptions{ReadFile: func(string) ([]byte, error) { return []byte(text), nil }, Diff: func(*finding.Finding) string { return text }}
	if err := HTML(&out, r, o); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	if n := len(elements(t, page, "script")); n != 1 {
		t.Errorf("%d scripts, want the page's own", n)
	}
	if n := len(elements(t, page, "img")); n > 0 {
		t.Errorf("%d images", n)
	}
	for _, link := range elements(t, page, "a") {
		if to := attribute(link, "href"); !strings.HasPrefix(to, "#") {
			t.Errorf("a link to %s", to)
		}
	}
	if strings.ContainsAny(page, "\u202e\x1b") {
		t.Error("characters that turn the order around or drive a terminal are in the page")
	}
	if got := textOf(elements(t, page, "pre")[0]); got != Printable(text) {
		t.Errorf("the diff reads %q", got)
	}
}

func TestHTMLOfNothing(t *testing.T) {
	page := findingsHTML(t, &Report{Version: "v1"}, "")
	if n := len(elements(t, page, "section")); n > 0 || len(elements(t, page, "h2")) > 0 {
		t.Errorf("%d findings in a page of none", n)
	}
}
