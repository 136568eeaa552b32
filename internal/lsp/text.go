package lsp

import (
	"net/url"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/soplint/soplint/internal/source"
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

// positionOf turns line and column, which count from 1 and in bytes, into what
// the protocol counts.
func positionOf(t *source.Text, line, column int) position {
	return position{Line: max(line-1, 0), Character: max(t.Column(line, column)-1, 0)}
}

// positionAt turns an offset in bytes into a position.
func positionAt(t *source.Text, offset int) position {
	line, column := t.Place(offset)
	return position{Line: line - 1, Character: column - 1}
}

func before(a, b position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Character < b.Character
}

// touches reports whether the ranges have a place in common, their ends
// included.
func touches(a, b textRange) bool { return !before(a.End, b.Start) && !before(b.End, a.Start) }
