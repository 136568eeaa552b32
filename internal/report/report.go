// Package report writes what a run found, in the formats that people and
// programs read. Every writer gets the same plain data.
package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/soplint/soplint/internal/finding"
)

// A Report is what one run has to say.
type Report struct {
	Version  string // of the tool
	Rules    []Rule // those that findings were looked for of
	Findings []finding.Finding
	Problems []finding.Problem
}

// A Rule is what the formats that explain themselves say about a kind of finding.
type Rule struct {
	ID       string // check/rule
	Severity finding.Severity
	Summary  string
	Help     string // the documentation of the check
	URL      string
	Tags     []string
}

// document is the JSON form; its shape is part of the command's contract.
type document struct {
	Schema   int               `json:"schema"`
	Tool     tool              `json:"tool"`
	Findings []finding.Finding `json:"findings"`
	Errors   []finding.Problem `json:"errors"`
}

type tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// JSON writes r as one document. Lists are never null.
func JSON(w io.Writer, r *Report) error {
	doc := document{
		Schema:   1,
		Tool:     tool{Name: "soplint", Version: r.Version},
		Findings: make([]finding.Finding, 0, len(r.Findings)),
		Errors:   append([]finding.Problem{}, r.Problems...),
	}
	for _, f := range r.Findings {
		f.Related = append([]finding.Related{}, f.Related...)
		fixes := make([]finding.Fix, 0, len(f.Fixes))
		for _, fix := range f.Fixes {
			fix.Edits = append([]finding.Edit{}, fix.Edits...)
			fixes = append(fixes, fix)
		}
		f.Fixes = fixes
		doc.Findings = append(doc.Findings, f)
	}
	return writeJSON(w, doc)
}

// writeJSON writes content as one document, indented, and with nothing in it that
// drives a terminal.
func writeJSON(w io.Writer, content any) error {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(content); err != nil {
		return err
	}
	_, err := w.Write(escapeJSON(out.Bytes()))
	return err
}

// escapeJSON escapes what could drive a terminal and the JSON package lets
// through. In a document such characters are only found in strings.
func escapeJSON(document []byte) []byte {
	if !bytes.ContainsFunc(document, func(r rune) bool { return r != '\n' && unprintable(r) }) {
		return document
	}
	out := make([]byte, 0, len(document))
	for _, r := range string(document) {
		if r == '\n' || !unprintable(r) {
			out = utf8.AppendRune(out, r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			out = fmt.Appendf(out, `\u%04x`, unit)
		}
	}
	return out
}
