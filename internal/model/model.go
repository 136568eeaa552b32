// Package model holds what soplint knows of libraries, as rows of data.
//
// A row gives one symbol of one library one role:
//
//	header.set (net/http.Header).Set key=0 value=1   # comment
//
// The first word is the role; the engine and the passes define what each role
// means (docs: the comment at the top of libraries/*.model). The second is the
// symbol: for functions and methods what (*types.Func).Origin().FullName()
// prints, interface methods included; for types the path and name; for struct
// fields path.Type.Field. What follows are the role's arguments. Argument
// positions count from 0 and leave the receiver out; "recv" stands for it.
//
// The package has no logic beyond parsing and looking up. The same grammar
// serves the built-in models and those that users write for their own
// frameworks.
package model

import (
	"bufio"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

// A Row says that Symbol plays Role.
type Row struct {
	Role   string
	Symbol string
	Args   map[string]string
	File   string // where the row stands
	Line   int
	Index  int // in Table.Rows
}

// Arg returns the row's argument of that name, "" if it has none.
func (r *Row) Arg(name string) string { return r.Args[name] }

// Name returns the symbol's own name, without package and type.
func (r *Row) Name() string { return r.Symbol[strings.LastIndexByte(r.Symbol, '.')+1:] }

// Sibling returns the name of the method of the same type, or function of the
// same package, that has the row's role and arguments but for that value of one;
// "" if there is none.
func (t *Table) Sibling(row *Row, arg, value string) string {
	owner := strings.TrimSuffix(row.Symbol, row.Name())
	for _, other := range t.rows {
		if other.Role != row.Role || strings.TrimSuffix(other.Symbol, other.Name()) != owner {
			continue
		}
		args := maps.Clone(other.Args)
		args[arg] = row.Arg(arg)
		if other.Arg(arg) == value && maps.Equal(args, row.Args) {
			return other.Name()
		}
	}
	return ""
}

// List returns the items, parted by commas, of the row's argument of that name.
func (r *Row) List(name string) []string { return strings.Split(r.Args[name], ",") }

// A Table is a set of rows that can be looked up by symbol.
type Table struct {
	rows     []*Row
	bySymbol map[string][]*Row
	alike    map[string]string // path of a package -> path of the one whose rows it shares

	sortOnce sync.Once
	sorted   []string // the symbols

	nameOnce sync.Once
	names    map[string]bool // what symbols end with, behind the last dot
}

// WithAlike returns a table with the same rows, in which the symbols of some
// packages mean what the rows say of the same names in another: forks and
// copies of libraries.
func (t *Table) WithAlike(alike map[string]string) *Table {
	return &Table{rows: t.rows, bySymbol: t.bySymbol, alike: alike}
}

// Copies returns the paths of the packages that share the rows of that one,
// sorted.
func (t *Table) Copies(path string) []string {
	var copies []string
	for copied, like := range t.alike {
		if like == path {
			copies = append(copies, copied)
		}
	}
	slices.Sort(copies)
	return copies
}

// Rows returns all rows in the order of their files and lines.
func (t *Table) Rows() []*Row { return t.rows }

// Lookup returns the rows of symbol, nil if there are none.
func (t *Table) Lookup(symbol string) []*Row {
	rows := t.bySymbol[symbol]
	for path, like := range t.alike {
		if rows == nil && strings.Contains(symbol, path+".") {
			rows = t.bySymbol[strings.Replace(symbol, path+".", like+".", 1)]
		}
	}
	return rows
}

// Names reports whether there are rows of a function, method, type or field of that
// name, without path and type. To ask that first spares the making of symbols.
func (t *Table) Names(name string) bool {
	t.nameOnce.Do(func() {
		t.names = make(map[string]bool, len(t.bySymbol))
		for symbol := range t.bySymbol {
			t.names[symbol[strings.LastIndexByte(symbol, '.')+1:]] = true
		}
	})
	return t.names[name]
}

// Find returns the row that gives symbol that role, nil if there is none.
func (t *Table) Find(role, symbol string) *Row { return WithRole(t.Lookup(symbol), role) }

// WithRole returns the first of rows that has that role, nil if none has.
func WithRole(rows []*Row, role string) *Row {
	for _, r := range rows {
		if r.Role == role {
			return r
		}
	}
	return nil
}

// HasPrefix reports whether a symbol with rows begins with prefix.
func (t *Table) HasPrefix(prefix string) bool {
	t.sortOnce.Do(func() { t.sorted = slices.Sorted(maps.Keys(t.bySymbol)) })
	i, _ := slices.BinarySearch(t.sorted, prefix)
	return i < len(t.sorted) && strings.HasPrefix(t.sorted[i], prefix)
}

// Packages returns the import paths that the rows with this role name as their
// symbol, sorted.
func (t *Table) Packages(role string) []string {
	paths := map[string]bool{}
	for _, r := range t.rows {
		if r.Role == role {
			paths[r.Symbol] = true
		}
	}
	return slices.Sorted(maps.Keys(paths))
}

//go:embed libraries/*.model
var libraries embed.FS

// Builtin returns the table of the models that come with soplint, but for those
// of effects.
var Builtin = sync.OnceValue(func() *Table {
	return embedded(func(name string) bool { return !strings.HasPrefix(name, effectFiles) })
})

// Effects returns the table of what calls change. It stands apart: the engine
// takes a function that it looks up in its own table for one that matters to
// what it replays, and neither os.Remove nor a query does.
var Effects = sync.OnceValue(func() *Table {
	return embedded(func(name string) bool { return strings.HasPrefix(name, effectFiles) })
})

const effectFiles = "effects-"

// embedded reads the files of those names.
func embedded(wanted func(name string) bool) *Table {
	t := &Table{bySymbol: map[string][]*Row{}}
	files, err := fs.Glob(libraries, "libraries/*.model")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, name := range files {
		if !wanted(path.Base(name)) {
			continue
		}
		f, err := libraries.Open(name)
		if err != nil {
			panic(err) // the file was just listed
		}
		if err := t.Add(path.Base(name), f); err != nil {
			panic(err) // a test parses every embedded file
		}
	}
	return t
}

// Add reads rows in the grammar of the package comment. The error names file
// and line of the first row that does not parse or says again what an earlier
// row says.
func (t *Table) Add(file string, r io.Reader) error {
	scanner := bufio.NewScanner(r)
	for line := 1; scanner.Scan(); line++ {
		row, err := parseRow(scanner.Text())
		if err == nil && row != nil {
			row.File, row.Line = file, line
			err = t.insert(row)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", file, line, err)
		}
	}
	return scanner.Err()
}

func (t *Table) insert(row *Row) error {
	for _, other := range t.bySymbol[row.Symbol] {
		if other.Role == row.Role && maps.Equal(other.Args, row.Args) {
			return fmt.Errorf("%s %s stands already at %s:%d", row.Role, row.Symbol, other.File, other.Line)
		}
	}
	row.Index = len(t.rows)
	t.rows = append(t.rows, row)
	t.bySymbol[row.Symbol] = append(t.bySymbol[row.Symbol], row)
	return nil
}

// parseRow returns nil for a line that holds no row.
func parseRow(line string) (*Row, error) {
	if i := strings.Index(line, "#"); i >= 0 {
		line = line[:i]
	}
	words := strings.Fields(line)
	if len(words) == 0 {
		return nil, nil
	}
	if len(words) == 1 {
		return nil, fmt.Errorf("role %q has no symbol", words[0])
	}
	row := &Row{Role: words[0], Symbol: words[1], Args: map[string]string{}}
	for _, word := range words[2:] {
		name, value, found := strings.Cut(word, "=")
		if !found || name == "" {
			return nil, fmt.Errorf("argument %q is not of the form name=value", word)
		}
		if _, twice := row.Args[name]; twice {
			return nil, fmt.Errorf("argument %q stands twice", name)
		}
		row.Args[name] = value
	}
	return row, nil
}
