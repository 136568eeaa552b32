package driver

import (
	"fmt"
	"go/token"
	"go/types"
	"os"

	"golang.org/x/tools/go/gcexportdata"
)

// An exportReader reads the types of packages from export data. It is used
// while nothing is type-checked: reading a package completes others that are
// mentioned in it, which must not happen while they are in use.
type exportReader struct {
	fset     *token.FileSet
	packages map[string]*types.Package
	count    int
}

// read gives every node, dependencies first, the types in its export data. A
// node that has none, or whose export data cannot be read, stays without; an
// import of it fails.
func (r *exportReader) read(nodes []*node) {
	for _, n := range nodes {
		if n.Export == "" {
			continue
		}
		pkg, err := r.readOne(n)
		if err != nil {
			n.Error = &listedError{Err: err.Error()}
			continue
		}
		n.types = pkg
		r.count++
	}
}

func (r *exportReader) readOne(n *node) (*types.Package, error) {
	if pkg := r.packages[n.ImportPath]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	file, err := os.Open(n.Export)
	if err != nil {
		return nil, fmt.Errorf("cannot read its export data: %w", err)
	}
	defer file.Close()
	data, err := gcexportdata.NewReader(file)
	if err != nil {
		return nil, exportError(err)
	}
	pkg, err := gcexportdata.Read(data, r.fset, r.packages, n.ImportPath)
	if err != nil {
		return nil, exportError(err)
	}
	return pkg, nil
}

// exportError says what helps: export data is unreadable when the go command
// is much newer than the one that built this program.
func exportError(err error) error {
	return fmt.Errorf("cannot read its export data: %w; rebuild soplint with the go command in PATH", err)
}
