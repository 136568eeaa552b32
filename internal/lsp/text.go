package lsp

import (
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// pathOf returns the path of a file: URI, "" for other documents.
func pathOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Path == "" {
		return ""
	}
	path := u.Path
	if runtime.GOOS == "windows" { // /c:/folder
		path = strings.TrimPrefix(path, "/")
	}
	return filepath.Clean(filepath.FromSlash(path))
}

func uriOf(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// A text is the content of a file, in which positions are counted by lines and
// by UTF-16 code units, bytes, or offsets.
type text struct {
	content string
	lines   []int // where they begin
}

func newText(content string) *text {
	t := &text{content: content, lines: []int{0}}
	for i := range len(content) {
		if content[i] == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
	return t
}

// line returns the line with that number, which counts from 0, without its end.
func (t *text) line(number int) string {
	if number < 0 || number >= len(t.lines) {
		return ""
	}
	line, _, _ := strings.Cut(t.content[t.lines[number]:], "\n")
	return strings.TrimSuffix(line, "\r")
}

// position turns line and column, which count from 1 and in bytes, into what
// the protocol counts.
func (t *text) position(line, column int) position {
	before := t.line(line - 1)
	before = before[:max(min(column-1, len(before)), 0)]
	return position{Line: max(line-1, 0), Character: units(before)}
}

// at turns an offset in bytes into a position.
func (t *text) at(offset int) position {
	offset = min(offset, len(t.content))
	line := 0
	for line+1 < len(t.lines) && t.lines[line+1] <= offset {
		line++
	}
	return position{Line: line, Character: units(t.content[t.lines[line]:offset])}
}

func units(s string) int {
	n := 0
	for _, r := range s {
		if r == utf8.RuneError {
			n++
		} else {
			n += utf16.RuneLen(r)
		}
	}
	return n
}

func before(a, b position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Character < b.Character
}

// touches reports whether the ranges have a place in common, their ends
// included.
func touches(a, b textRange) bool { return !before(a.End, b.Start) && !before(b.End, a.Start) }
