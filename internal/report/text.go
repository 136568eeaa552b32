package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/soplint/soplint/internal/finding"
)

// TextOptions say how much a text report shows.
type TextOptions struct {
	// Terminal shows each finding with its source line, condition and related
	// positions, instead of on one line as compilers do.
	Terminal bool
	Color    bool
	Verbose  bool // with the condition, also where there is no terminal
	// ReadFile gives the source by the name that findings use.
	ReadFile func(file string) ([]byte, error)
}

// Text writes r for people, and for tools that read compiler output. Findings
// that are suppressed are left out.
func Text(w io.Writer, r *Report, o TextOptions) error {
	t := &textWriter{TextOptions: o, sources: newSourceCache(o.ReadFile)}
	for i := range r.Findings {
		if !r.Findings[i].Suppressed {
			t.finding(&r.Findings[i])
		}
	}
	for i := range r.Problems {
		t.problem(&r.Problems[i])
	}
	_, err := w.Write(t.out.Bytes())
	return err
}

type textWriter struct {
	TextOptions
	out     bytes.Buffer
	sources *sourceCache
}

// Escape sequences of terminals.
const (
	bold    = "\x1b[1m"
	red     = "\x1b[1;31m"
	magenta = "\x1b[1;35m"
	cyan    = "\x1b[1;36m"
	green   = "\x1b[1;32m"
	dim     = "\x1b[2m"
	reset   = "\x1b[0m"
)

func (t *textWriter) color(sequence, text string) string {
	if !t.Color || text == "" {
		return text
	}
	return sequence + text + reset
}

func severityColor(s finding.Severity) string {
	switch s {
	case finding.Error:
		return red
	case finding.Warning:
		return magenta
	}
	return cyan
}

func (t *textWriter) finding(f *finding.Finding) {
	fmt.Fprintf(&t.out, "%s %s %s %s\n",
		t.color(bold, place(f.File, f.Line, f.Column)),
		t.color(severityColor(f.Severity), f.Severity.String()+":"),
		Printable(f.Message),
		t.color(dim, "["+Printable(f.ID())+"]"))
	if t.Terminal {
		t.snippet(f)
	}
	if f.Condition != "" && (t.Terminal || t.Verbose) {
		fmt.Fprintf(&t.out, "    %s %s\n", t.color(dim, "when:"), Printable(f.Condition))
	}
	if !t.Terminal {
		return
	}
	for _, related := range f.Related {
		fmt.Fprintf(&t.out, "    %s %s\n", t.color(dim, place(related.File, related.Line, related.Column)), Printable(related.Message))
	}
}

func (t *textWriter) problem(p *finding.Problem) {
	at := "soplint:"
	if p.File != "" {
		at = place(p.File, p.Line, 0)
	}
	message := Printable(p.Message)
	if p.Package != "" {
		message = "could not analyse " + Printable(p.Package) + ": " + message
	}
	fmt.Fprintf(&t.out, "%s %s %s\n", t.color(bold, at), t.color(red, "error:"), message)
}

// place is a position the way compilers write it, without what is not known.
func place(file string, line, column int) string {
	out := Printable(file) + ":"
	if line > 0 {
		out += fmt.Sprintf("%d:", line)
		if column > 0 {
			out += fmt.Sprintf("%d:", column)
		}
	}
	return out
}

// longestSnippet is the length in bytes beyond which a source line is not
// shown: it would fill the screen and hide the message.
const longestSnippet = 240

// snippet shows the source line with what the finding is about underlined.
func (t *textWriter) snippet(f *finding.Finding) {
	line, ok := t.sources.line(f.File, f.Line)
	start := f.Column - 1
	if !ok || len(line) > longestSnippet || start < 0 || start > len(line) {
		return
	}
	end := len(line)
	if f.EndLine == f.Line && f.EndColumn-1 >= start && f.EndColumn-1 <= end {
		end = f.EndColumn - 1
	}
	before, marked, after := Printable(line[:start]), Printable(line[start:end]), Printable(line[end:])
	indent := len(before) - len(strings.TrimLeft(before, " "))
	before = before[indent:]
	underline := "^" + strings.Repeat("~", max(utf8.RuneCountInString(strings.TrimRight(marked, " "))-1, 0))
	fmt.Fprintf(&t.out, "    %s\n", strings.TrimRight(before+marked+after, " "))
	fmt.Fprintf(&t.out, "    %s%s\n", strings.Repeat(" ", utf8.RuneCountInString(before)), t.color(green, underline))
}
