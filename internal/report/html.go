package report

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"

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

// SurfaceHTML writes s as one page that needs nothing else. readFile gives the
// source by the names that places use.
func SurfaceHTML(w io.Writer, s *Surface, readFile func(file string) ([]byte, error)) error {
	p, err := newPage()
	if err != nil {
		return err
	}
	sources := newSourceCache(readFile)
	functions := template.FuncMap{"source": func(place surface.Place) string {
		line, ok := sources.line(place.File, place.Line)
		if !ok || len(line) > longestSnippet {
			return ""
		}
		return Printable(strings.TrimSpace(line))
	}}
	parsed, err := template.New("map.html").Funcs(functions).ParseFS(pages, "page/map.html")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	err = parsed.Execute(&out, struct {
		*page
		*Surface
		Summary    surface.Summary
		Routes     []surface.Route
		Unresolved []surface.Unresolved
	}{p, s, s.Map.Summary(), s.Map.Routes, s.Map.Unresolved})
	if err != nil {
		return err
	}
	// What a name holds that turns the order of characters around or hides some
	// must not reach the page.
	for line := range strings.Lines(out.String()) {
		text, end := strings.CutSuffix(line, "\n")
		if end {
			text = Printable(text) + "\n"
		} else {
			text = Printable(text)
		}
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
	}
	return nil
}
