package vetunit

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// FuzzRead wants the same of a file, or the same error, whenever it is read.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"ImportPath": "a", "ModulePath": "m", "ImportMap": {"b": "c"}, "PackageFile": {"c": "c.a"}}`))
	f.Add([]byte(`{"Module": {"Main": true}, "VetxOnly": true}`))
	f.Add([]byte(`[{"Module": 1}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		name := filepath.Join(t.TempDir(), "vet.cfg")
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		first, err := Read(name)
		second, again := Read(name)
		if (err == nil) != (again == nil) || !reflect.DeepEqual(first, second) {
			t.Fatalf("read once %+v, %v; read twice %+v, %v", first, err, second, again)
		}
		if err == nil && first.isMain() != second.isMain() || err == nil && first.isCompiled() != second.isCompiled() {
			t.Error("the same package is answered for in two ways")
		}
	})
}

// FuzzReadNote wants what is read of a note to be read again once it is written.
func FuzzReadNote(f *testing.F) {
	for _, n := range []note{{reaches: true}, {types: []byte("types")}} {
		name := filepath.Join(f.TempDir(), "vet.out")
		if err := n.write(name); err != nil {
			f.Fatal(err)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		f.Add(data[:len(data)/2])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		name := filepath.Join(t.TempDir(), "vet.out")
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		read, err := readNote(name)
		if err != nil {
			return
		}
		if err := read.write(name); err != nil {
			t.Fatal(err)
		}
		again, err := readNote(name)
		if err != nil || string(again.types) != string(read.types) || again.reaches != read.reaches {
			t.Errorf("wrote %+v, read %+v: %v", read, again, err)
		}
	})
}
