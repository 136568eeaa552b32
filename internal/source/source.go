// Package source counts positions in files: findings have lines and columns in
// bytes, editors and SARIF want UTF-16 code units, fixes have offsets.
package source

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A Text is the content of a file, and where its lines begin.
type Text struct {
	Content string
	lines   []int
}

// New returns the text with that content.
func New(content string) *Text {
	t := &Text{Content: content, lines: []int{0}}
	for i := range len(content) {
		if content[i] == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
	return t
}

// Line returns the line with that number, which counts from 1, without its end.
func (t *Text) Line(number int) (string, bool) {
	if number < 1 || number > len(t.lines) {
		return "", false
	}
	line, _, _ := strings.Cut(t.Content[t.lines[number-1]:], "\n")
	return strings.TrimSuffix(line, "\r"), true
}

// Column turns a column in bytes into one in UTF-16 code units, both counted
// from 1. Beyond the end of the line it is that end; on a line that is not
// there it stays what it is.
func (t *Text) Column(line, column int) int {
	text, ok := t.Line(line)
	if !ok {
		return column
	}
	return units(text[:min(max(column-1, 0), len(text))]) + 1
}

// Place turns an offset in bytes into a line and a column in UTF-16 code units,
// both counted from 1. Beyond the end it is that end.
func (t *Text) Place(offset int) (line, column int) {
	offset = min(max(offset, 0), len(t.Content))
	for line < len(t.lines) && t.lines[line] <= offset {
		line++
	}
	return line, units(t.Content[t.lines[line-1]:offset]) + 1
}

// units counts UTF-16 code units. A byte that is not UTF-8 is read as one.
func units(text string) int {
	n := 0
	for _, r := range text {
		if r == utf8.RuneError {
			n++
		} else {
			n += utf16.RuneLen(r)
		}
	}
	return n
}
