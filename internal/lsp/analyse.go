package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/soplint/soplint/internal/driver"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/ignore"
	"github.com/soplint/soplint/internal/judge"
	"github.com/soplint/soplint/internal/report"
	"github.com/soplint/soplint/internal/source"
)

// run carries out a job and shows what it found.
func (w *workspace) run(ctx context.Context, j *job) {
	progress := w.beginProgress(j)
	outcome, rules, err := w.analyse(ctx, j, progress)
	progress.end()

	w.mu.Lock()
	defer w.mu.Unlock()
	w.running = nil
	m := j.module
	switch {
	case j.givenUp:
	case errors.Is(err, context.Canceled):
		if m.todo != nil { // else the client is gone
			m.todo.merge(j)
		}
	case err != nil:
		w.tell(messageError, err.Error())
	default:
		m.rules = rules
		w.show(j, outcome)
	}
}

// An outcome is what an analysis found, by the paths of files.
type outcome struct {
	findings map[string][]finding.Finding
	problems []finding.Problem
}

func (w *workspace) analyse(ctx context.Context, j *job, p *progress) (*outcome, map[string]report.Rule, error) {
	m := j.module
	judged, err := judge.New(judge.Options{Dir: m.dir, Checks: w.Checks})
	if err != nil {
		return nil, nil, err
	}
	web := w.WebPackage
	if web == nil {
		web = judged.Config.IsWebPackage
	}
	found, err := driver.Run(ctx, driver.Options{
		Dir: m.dir, Patterns: j.patterns(m.dir), Checks: judged.Chosen.Enabled(), WebPackage: web,
		Cache: w.Cache, Identity: judged.Identity(w.Identity),
		KeepComment: ignore.Wanted, Overlay: unsaved(j.documents), Progress: p.update,
	})
	if err != nil {
		return nil, nil, err
	}
	out := &outcome{findings: make(map[string][]finding.Finding)}
	for _, f := range judged.Judge(found, finding.Note) {
		path := absolute(m.dir, f.File)
		out.findings[path] = append(out.findings[path], f)
	}
	out.problems = found.Problems
	rules := make(map[string]report.Rule)
	for _, r := range judged.Rules() {
		rules[r.ID] = r
	}
	return out, rules, nil
}

// patterns names what to analyse to the go command.
func (j *job) patterns(dir string) []string {
	if j.folders == nil {
		return []string{"./..."}
	}
	var patterns []string
	for _, folder := range slices.Sorted(maps.Keys(j.folders)) {
		if relative, err := filepath.Rel(dir, folder); err == nil {
			patterns = append(patterns, "./"+filepath.ToSlash(relative))
		}
	}
	return patterns
}

// unsaved returns the Go files that differ from what is on disk.
func unsaved(documents map[string]*document) map[string][]byte {
	overlay := make(map[string][]byte)
	for path, d := range documents {
		if filepath.Ext(path) != ".go" {
			continue
		}
		if data, err := os.ReadFile(path); err != nil || string(data) != d.text.Content {
			overlay[path] = []byte(d.text.Content)
		}
	}
	return overlay
}

func absolute(dir, file string) string {
	path := filepath.FromSlash(file)
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// show replaces what was known of the files that the job was about, and tells
// the client of all that is different.
func (w *workspace) show(j *job, o *outcome) {
	m, documents := j.module, j.documents
	failed := make(map[string]bool) // folders of which nothing new is known
	for _, p := range o.problems {
		switch {
		case p.File != "": // the server for Go shows what does not compile
			failed[filepath.Dir(absolute(m.dir, p.File))] = true
		case p.Package == "":
			w.tell(messageWarning, p.Message)
		}
	}
	for path := range m.files {
		folder := filepath.Dir(path)
		if o.findings[path] == nil && (j.folders == nil || j.folders[folder]) && !failed[folder] {
			o.findings[path] = []finding.Finding{}
		}
	}
	for path := range documents { // so that it is known that there is nothing
		if w.moduleOf(path) == m && o.findings[path] == nil && m.files[path] == nil && !failed[filepath.Dir(path)] {
			o.findings[path] = []finding.Finding{}
		}
	}
	for _, path := range slices.Sorted(maps.Keys(o.findings)) {
		k := m.files[path]
		if k == nil {
			k = new(known)
			m.files[path] = k
		}
		k.findings = o.findings[path]
		k.text = contentOf(path, documents)
		w.publish(m, path, k)
	}
}

// contentOf returns the text of a file as it was analysed, or on disk now.
func contentOf(path string, documents map[string]*document) *source.Text {
	if d := documents[path]; d != nil {
		return d.text
	}
	data, _ := os.ReadFile(path) // what cannot be read has no text to count in
	return source.New(string(data))
}

// publish sends the diagnostics of a file, if they are not what the client has.
func (w *workspace) publish(m *module, path string, k *known) {
	params := publishDiagnosticsParams{URI: uriOf(path), Diagnostics: []diagnostic{}}
	for i := range k.findings {
		if f := &k.findings[i]; !f.Suppressed {
			params.Diagnostics = append(params.Diagnostics, w.diagnostic(m, path, k, f))
		}
	}
	encoded, err := json.Marshal(params.Diagnostics)
	if err != nil {
		panic(err) // plain data
	}
	if string(encoded) == k.shown || k.shown == "" && len(params.Diagnostics) == 0 && w.documents[path] == nil {
		return
	}
	k.shown = string(encoded)
	if d := w.documents[path]; d != nil {
		params.Version = &d.version
	}
	w.conn.notify("textDocument/publishDiagnostics", params)
}

func (w *workspace) diagnostic(m *module, path string, k *known, f *finding.Finding) diagnostic {
	d := diagnostic{
		Range:    rangeOf(k.text, f),
		Severity: map[finding.Severity]int{finding.Error: 1, finding.Warning: 2, finding.Note: 3}[f.Severity],
		Code:     f.ID(),
		Source:   "soplint",
		Message:  f.Message,
	}
	if f.URL != "" {
		d.CodeDescription = &codeDescription{Href: f.URL}
	}
	if f.Condition != "" {
		d.Message += "\nwhen: " + f.Condition
	}
	for _, related := range f.Related {
		file := absolute(m.dir, related.File)
		at := positionOf(contentOf(file, w.documents), related.Line, related.Column)
		if file == path {
			at = positionOf(k.text, related.Line, related.Column)
		}
		d.RelatedInformation = append(d.RelatedInformation, relatedInformation{
			Location: location{URI: uriOf(file), Range: textRange{Start: at, End: at}}, Message: related.Message})
	}
	return d
}

func rangeOf(t *source.Text, f *finding.Finding) textRange {
	return textRange{Start: positionOf(t, f.Line, f.Column), End: positionOf(t, f.EndLine, f.EndColumn)}
}

// tell shows the user a message, once.
func (w *workspace) tell(kind int, text string) {
	if w.said[text] {
		return
	}
	w.said[text] = true
	w.conn.notify("window/showMessage", messageParams{Type: kind, Message: "soplint: " + text})
}
