package driver

import (
	"reflect"
	"testing"

	"github.com/soplint/soplint/internal/finding"
)

// FuzzDecodeEntry wants an entry of the cache to be an error, or one that comes out as
// it went in.
func FuzzDecodeEntry(f *testing.F) {
	e := &entry{api: digest{1}, objectFacts: true, facts: []byte("facts")}
	e.found.Findings = []finding.Finding{{Check: "corsorigin", Message: "every site"}}
	for _, e := range []*entry{e, {}} {
		data, err := e.encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		f.Add(data[:len(data)-3])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		read, err := decodeEntry(data)
		if err != nil {
			return
		}
		written, err := read.encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := decodeEntry(written)
		if err != nil || !reflect.DeepEqual(read, again) {
			t.Errorf("wrote %+v, read %+v: %v", read, again, err)
		}
	})
}
