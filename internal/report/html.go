package report

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/surface"
)

//go:embed page
var pages embed.FS

// A page is what every page shows: its own style and script, and the policy
// under which a browser runs nothing else and asks nobody for anything.
type page struct {
	Policy string
	Style  template.CSS
	Script template.JS
}

func newPage() (*page, error) {
	style, err := pages.ReadFile("page/page.css")
	if err != nil {
		return nil, err
	}
	script, err := pages.ReadFile("page/page.js")
	if err != nil {
		return nil, err
	}
	policy := "default-src 'none'; style-src " + digest(style) + "; script-src " + digest(script) + "; base-uri 'none'; form-action 'none'"
	return &page{Policy: policy, Style: template.CSS(style), Script: template.JS(script)}, nil
}

// digest names an inline style or script in a Content-Security-Policy
// (https://www.w3.org/TR/CSP3/#grammardef-hash-source).
func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// writePage fills in the named template with data and writes what comes of it.
// readFile gives the source by the names that places use.
func writePage(w io.Writer, name string, data any, readFile func(file string) ([]byte, error)) error {
	functions := template.FuncMap{"source": sourceLine(readFile)}
	parsed, err := template.New(name).Funcs(functions).ParseFS(pages, "page/"+name, "page/parts.html")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, data); err != nil {
		return err
	}
	return writePrintable(w, out.String())
}

// sourceLine returns a function that gives the line at a place, or nothing where
// it cannot be read or would fill the page.
func sourceLine(readFile func(file string) ([]byte, error)) func(surface.Place) string {
	sources := newSourceCache(readFile)
	return func(place surface.Place) string {
		line, ok := sources.line(place.File, place.Line)
		if !ok || len(line) > longestSnippet {
			return ""
		}
		return Printable(strings.TrimSpace(line))
	}
}

// writePrintable writes text with its lines as they are and each made printable:
// what a name holds that turns the order of characters around or hides some must
// not reach the page.
func writePrintable(w io.Writer, text string) error {
	for line := range strings.Lines(text) {
		content, end := strings.CutSuffix(line, "\n")
		content = Printable(content)
		if end {
			content += "\n"
		}
		if _, err := io.WriteString(w, content); err != nil {
			return err
		}
	}
	return nil
}

// SurfaceHTML writes s as one page that needs nothing else. readFile gives the
// source by the names that places use.
func SurfaceHTML(w io.Writer, s *Surface, readFile func(file string) ([]byte, error)) error {
	p, err := newPage()
	if err != nil {
		return err
	}
	return writePage(w, "map.html", struct {
		*page
		*Surface
		Summary    surface.Summary
		Routes     []surface.Route
		Unresolved []surface.Unresolved
	}{p, s, s.Map.Summary(), s.Map.Routes, s.Map.Unresolved}, readFile)
}

// HTMLOptions give the page of findings what a report does not hold.
type HTMLOptions struct {
	// ReadFile gives the source by the name that findings use.
	ReadFile func(file string) ([]byte, error)
	// Diff is what the fix of a finding changes, empty where that is not known.
	Diff func(f *finding.Finding) string
}

// HTML writes r as one page that needs nothing else. Findings that are
// suppressed are counted and left out.
func HTML(w io.Writer, r *Report, o HTMLOptions) error {
	p, err := newPage()
	if err != nil {
		return err
	}
	content := &findingsPage{page: p, Version: r.Version, Problems: r.Problems}
	for i := range r.Findings {
		content.add(&r.Findings[i], o)
	}
	return writePage(w, "findings.html", content, o.ReadFile)
}

// A findingsPage is what the page of findings shows.
type findingsPage struct {
	*page
	Version  string
	Findings []shownFinding
	Problems []finding.Problem

	Errors, Warnings, Notes, Suppressed int
}

// A shownFinding is a finding with its places the way pages show them.
type shownFinding struct {
	*finding.Finding
	Code surface.Place
	Path []surface.Evidence
	Diff string // what its fix changes
}

func (p *findingsPage) add(f *finding.Finding, o HTMLOptions) {
	if f.Suppressed {
		p.Suppressed++
		return
	}
	switch f.Severity {
	case finding.Error:
		p.Errors++
	case finding.Warning:
		p.Warnings++
	case finding.Note:
		p.Notes++
	}
	shown := shownFinding{Finding: f, Code: surface.Place{File: f.File, Line: f.Line, Column: f.Column}}
	for _, related := range f.Related {
		at := surface.Place{File: related.File, Line: related.Line, Column: related.Column}
		shown.Path = append(shown.Path, surface.Evidence{Text: related.Message, Code: at})
	}
	if len(f.Fixes) > 0 && o.Diff != nil {
		shown.Diff = o.Diff(f)
	}
	p.Findings = append(p.Findings, shown)
}
