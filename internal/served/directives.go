package served

import (
	"bytes"
	"strings"

	"github.com/soplint/soplint/internal/rule"
)

// openers begin the comments of the languages that pages are written in, and
// closers end them.
var (
	openers = []string{"<!--", "{{- /*", "{{/*", "{{ /*", "/*", "//"}
	closers = []string{"*/ -}}", "*/}}", "*/ }}", "*/", "-->"}
)

// directives returns the comments that suppress reports: in HTML, in JavaScript
// and in templates.
func (f *File) directives() []rule.Directive {
	if !bytes.Contains(f.content, []byte("soplint:ignore")) && !bytes.Contains(f.content, []byte("nolint:")) {
		return nil
	}
	var found []rule.Directive
	offset := 0
	for line := range bytes.Lines(f.content) {
		if d, ok := f.directive(string(line), offset); ok {
			found = append(found, d)
		}
		offset += len(line)
	}
	return found
}

func (f *File) directive(line string, offset int) (rule.Directive, bool) {
	for _, word := range []string{"soplint:ignore", "nolint:"} {
		at := strings.Index(line, word)
		if at < 0 {
			continue
		}
		before := strings.TrimRight(line[:at], " \t")
		for _, opener := range openers {
			code, ok := strings.CutSuffix(before, opener)
			if !ok {
				continue
			}
			text := strings.TrimSpace(line[at:])
			for _, closer := range closers {
				text = strings.TrimSpace(strings.TrimSuffix(text, closer))
			}
			return rule.Directive{
				Pos: f.Pos(offset + len(code)), End: f.Pos(offset + len(strings.TrimRight(line, "\r\n"))),
				Text: "//" + text, Alone: strings.TrimSpace(code) == "",
			}, true
		}
	}
	return rule.Directive{}, false
}
