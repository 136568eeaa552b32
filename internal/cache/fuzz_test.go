package cache

import (
	"bytes"
	"testing"
)

// FuzzOpen wants of a file's content nothing but what was sealed in it, under the key
// that it was sealed for.
func FuzzOpen(f *testing.F) {
	key, other := Key{1}, Key{2}
	sealed := seal(key, []byte("findings"))
	f.Add(sealed)
	f.Add(sealed[:len(sealed)-1])
	f.Add(seal(other, []byte("findings")))
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, content []byte) {
		if data, err := open(key, content); err == nil && !bytes.Equal(seal(key, data), content) {
			t.Errorf("%q comes out of what does not seal it", data)
		}
		data, err := open(key, seal(key, content))
		if err != nil || !bytes.Equal(data, content) {
			t.Errorf("%q was sealed, %q comes out: %v", content, data, err)
		}
		if _, err := open(other, seal(key, content)); err == nil {
			t.Error("what was sealed for a key comes out for another")
		}
	})
}
