package report

import "github.com/soplint/soplint/internal/source"

// A sourceCache gives the files of the analysed program; each is read once.
type sourceCache struct {
	readFile func(file string) ([]byte, error)
	files    map[string]*source.Text
}

func newSourceCache(readFile func(file string) ([]byte, error)) *sourceCache {
	return &sourceCache{readFile: readFile, files: make(map[string]*source.Text)}
}

// file returns nil for a file that cannot be read.
func (s *sourceCache) file(name string) *source.Text {
	if known, ok := s.files[name]; ok {
		return known
	}
	var text *source.Text
	if s.readFile != nil {
		if data, err := s.readFile(name); err == nil {
			text = source.New(string(data))
		}
	}
	s.files[name] = text
	return text
}

// line returns the text of the line with that number, which counts from 1.
func (s *sourceCache) line(name string, number int) (string, bool) {
	text := s.file(name)
	if text == nil {
		return "", false
	}
	return text.Line(number)
}

// column turns a column in bytes into one in UTF-16 code units, both counted
// from 1. In a file that cannot be read it stays what it is.
func (s *sourceCache) column(name string, line, column int) int {
	text := s.file(name)
	if text == nil {
		return column
	}
	return text.Column(line, column)
}
