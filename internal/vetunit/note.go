package vetunit

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"os"

	"golang.org/x/tools/go/gcexportdata"
)

// A note is what the tool writes about a package, in the form that unitchecker
// reads: a word by which it knows the form, the lengths of what follows, the types
// as indexed export data, facts. Behind that it looks at nothing.
type note struct {
	types   []byte // empty: they are where the compiler wrote them
	reaches bool   // a web package
}

const (
	magic      = "vetx"
	headerSize = len(magic) + 8

	// Behind what soplint writes without unitchecker.
	reachesNone = "soplint: no web package"
	reachesSome = "soplint: a web package"
)

// readNote reads a note of soplint's or of unitchecker's, which is about a package
// that was analysed.
func readNote(name string) (note, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return note{}, err
	}
	if len(data) < headerSize || string(data[:len(magic)]) != magic {
		return note{}, fmt.Errorf("%s is not what soplint writes about a package", name)
	}
	length := uint64(binary.LittleEndian.Uint32(data[len(magic):]))
	if length > uint64(len(data)-headerSize) {
		return note{}, fmt.Errorf("%s is cut off", name)
	}
	types := data[headerSize : headerSize+int(length)]
	return note{types: types, reaches: !bytes.HasSuffix(data, []byte(reachesNone))}, nil
}

// write writes a note about a package of which there are no facts.
func (n note) write(name string) error {
	data := append([]byte(magic), make([]byte, headerSize-len(magic))...)
	binary.LittleEndian.PutUint32(data[len(magic):], uint32(len(n.types)))
	data = append(data, n.types...)
	if n.reaches {
		data = append(data, reachesSome...)
	} else {
		data = append(data, reachesNone...)
	}
	return os.WriteFile(name, data, 0o666)
}

// compiledTypes returns the types of a package that the compiler has written about.
func compiledTypes(path, name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("the go command names no export data of %s: %w", path, err)
	}
	defer file.Close()
	reader, err := gcexportdata.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("export data of %s: %w", path, err)
	}
	fset := token.NewFileSet()
	pkg, err := gcexportdata.Read(reader, fset, map[string]*types.Package{}, path)
	if err != nil {
		return nil, fmt.Errorf("export data of %s: %w", path, err)
	}
	return indexed(fset, pkg)
}

// typesOfLeaf returns the types of a package that imports none, from its source:
// nothing says there whether what the compiler writes is at hand elsewhere.
func (u *Unit) typesOfLeaf() ([]byte, error) {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range u.said.GoFiles {
		file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	// The version of the language is left open: the compiler has held the package to it.
	checker := types.Config{IgnoreFuncBodies: true, Sizes: types.SizesFor("gc", build.Default.GOARCH), Importer: onlyUnsafe{}}
	pkg, err := checker.Check(u.said.ImportPath, fset, files, nil)
	if err != nil {
		return nil, err
	}
	return indexed(fset, pkg)
}

// onlyUnsafe imports the one package that is in no file.
type onlyUnsafe struct{}

func (onlyUnsafe) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	return nil, fmt.Errorf("the go command does not say what %s is", path)
}

// indexed returns the types of a package as unitchecker reads them: the indexed
// form, without the letter that says so elsewhere.
func indexed(fset *token.FileSet, pkg *types.Package) ([]byte, error) {
	var b bytes.Buffer
	if err := gcexportdata.Write(&b, fset, pkg); err != nil {
		return nil, err
	}
	return bytes.TrimPrefix(b.Bytes(), []byte("i")), nil
}
