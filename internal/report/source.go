package report

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A sourceCache gives the lines of the analysed program; a file is read once.
type sourceCache struct {
	readFile func(file string) ([]byte, error)
	files    map[string]*source
}

// A source is a file and where its lines begin.
type source struct {
	data  []byte
	lines []int
}

func newSourceCache(readFile func(file string) ([]byte, error)) *sourceCache {
	return &sourceCache{readFile: readFile, files: make(map[string]*source)}
}

// file returns nil for a file that cannot be read.
func (s *sourceCache) file(name string) *source {
	if known, ok := s.files[name]; ok {
		return known
	}
	var f *source
	if s.readFile != nil {
		if data, err := s.readFile(name); err == nil {
			f = &source{data: data, lines: []int{0}}
			for i, b := range data {
				if b == '\n' {
					f.lines = append(f.lines, i+1)
				}
			}
		}
	}
	s.files[name] = f
	return f
}

// line returns the text of the line with that number, which counts from 1.
func (s *sourceCache) line(name string, number int) (string, bool) {
	f := s.file(name)
	if f == nil || number < 1 || number > len(f.lines) {
		return "", false
	}
	text := string(f.data[f.lines[number-1]:])
	text, _, _ = strings.Cut(text, "\n")
	return strings.TrimSuffix(text, "\r"), true
}

// column turns a column in bytes into one in UTF-16 code units, both counted
// from 1. Where the line is not known it stays what it is.
func (s *sourceCache) column(name string, line, column int) int {
	text, ok := s.line(name, line)
	if !ok || column < 1 || column-1 > len(text) {
		return column
	}
	return utf16Length(text[:column-1]) + 1
}

// place turns an offset in bytes into a line and a column in UTF-16 code units.
func (f *source) place(offset int) (line, column int) {
	for line < len(f.lines) && f.lines[line] <= offset {
		line++
	}
	return line, utf16Length(string(f.data[f.lines[line-1]:offset])) + 1
}

func utf16Length(text string) int {
	n := 0
	for _, r := range text {
		if r == utf8.RuneError {
			n++
			continue
		}
		n += utf16.RuneLen(r)
	}
	return n
}
