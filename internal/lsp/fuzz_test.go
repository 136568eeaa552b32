package lsp

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

// FuzzRead reads messages until an error, which comes at the end at the latest, and
// writes them: they are the same when read again.
func FuzzRead(f *testing.F) {
	for _, text := range []string{"Content-Length: 2\r\n\r\n{}", "content-length: 2\nX: y\n\n{}Content-Length: 0\r\n\r\n", "Content-Length: -1\r\n\r\n",
		"Content-Length: 99999999999\r\n\r\n", "Content-Length: 5\r\n\r\n{}", "\r\n", ": \r\n\r\n", "Content-Length: 60000000\r\n\r\n{"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c := newConn(bytes.NewReader(data), io.Discard)
		for read := 0; ; {
			content, err := c.read()
			if err != nil {
				if errors.Is(err, io.EOF) && err != io.EOF && len(content) > 0 {
					t.Errorf("%q comes with %v", content, err)
				}
				return
			}
			if read += len(content); read > len(data) {
				t.Fatalf("%d bytes were read of %d", read, len(data))
			}
		}
	})
}
