package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/soplint/soplint/internal/finding"
)

// GitHub writes r as workflow commands, which GitHub shows as annotations of
// the changed lines. Findings that are suppressed are left out.
func GitHub(w io.Writer, r *Report) error {
	var out bytes.Buffer
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Suppressed {
			continue
		}
		message := f.Message
		if f.Condition != "" {
			message += "\nwhen: " + f.Condition
		}
		annotate(&out, githubLevel(f.Severity), message, []property{
			{"file", f.File}, {"line", number(f.Line)}, {"col", number(f.Column)},
			{"endLine", number(f.EndLine)}, {"endColumn", number(f.EndColumn)}, {"title", f.ID()},
		})
	}
	for i := range r.Problems {
		p := &r.Problems[i]
		message := p.Message
		if p.Package != "" {
			message = "could not analyse " + p.Package + ": " + message
		}
		annotate(&out, "error", message, []property{{"file", p.File}, {"line", number(p.Line)}, {"title", "soplint"}})
	}
	_, err := w.Write(out.Bytes())
	return err
}

func githubLevel(s finding.Severity) string {
	if s == finding.Note {
		return "notice"
	}
	return s.String()
}

// A property of a workflow command; one without a value is left out.
type property struct{ name, value string }

func number(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprint(n)
}

func annotate(out *bytes.Buffer, level, message string, properties []property) {
	var words []string
	for _, p := range properties {
		if p.value != "" {
			words = append(words, p.name+"="+escapeProperty.Replace(Printable(p.value)))
		}
	}
	fmt.Fprintf(out, "::%s %s::%s\n", level, strings.Join(words, ","), escapeMessage.Replace(printableLines(message)))
}

func printableLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = Printable(line)
	}
	return strings.Join(lines, "\n")
}

// What would end a command, or a property of it, is escaped as the runner of
// GitHub Actions reads it.
var (
	escapeMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	escapeProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
