package model

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/soplint/soplint/internal/nearest"
)

// A UserRow is a row that somebody wrote for a framework of their own.
type UserRow struct {
	Text string
	File string // where it stands
	Line int
}

// Extend returns the built-in models with rows that users wrote. What the
// built-in rows say about a symbol, users can add to, not change. Each error
// is about one row and names its place.
func Extend(rows []UserRow) (*Table, []error) {
	t := &Table{rows: slices.Clone(Builtin().rows), bySymbol: make(map[string][]*Row, len(Builtin().bySymbol))}
	for symbol, known := range Builtin().bySymbol {
		t.bySymbol[symbol] = slices.Clip(known)
	}
	vocabulary := newVocabulary(Builtin().rows)
	var errs []error
	for _, r := range rows {
		row, err := parseRow(r.Text)
		if err == nil && row == nil {
			err = errors.New("row is empty")
		}
		if err == nil {
			err = vocabulary.check(row)
		}
		if err == nil {
			row.File, row.Line = r.File, r.Line
			err = t.insert(row)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", r.File, r.Line, err))
		}
	}
	return t, errs
}

// A vocabulary is what the built-in rows show that rows can say: anything else
// would be without effect, as nothing reads it.
type vocabulary map[string]*roleWords

type roleWords struct {
	rows      int
	arguments map[string]*argumentWords
	packages  bool // the symbols are paths of packages, or names of headers
}

type argumentWords struct {
	rows   int
	values map[string]bool
}

func newVocabulary(rows []*Row) vocabulary {
	v := vocabulary{}
	for _, row := range rows {
		role := v[row.Role]
		if role == nil {
			role = &roleWords{arguments: map[string]*argumentWords{}}
			v[row.Role] = role
		}
		role.rows++
		role.packages = role.packages || !isSymbol(row.Symbol)
		for name, value := range row.Args {
			argument := role.arguments[name]
			if argument == nil {
				argument = &argumentWords{values: map[string]bool{}}
				role.arguments[name] = argument
			}
			argument.rows++
			argument.values[value] = true
		}
	}
	return v
}

// isSymbol reports whether name has a part behind the path of its package.
func isSymbol(name string) bool {
	return strings.Contains(name[strings.LastIndexByte(name, '/')+1:], ".")
}

// closed are the arguments whose values are words that the program knows.
var closed = []string{"is", "library", "result"}

func (v vocabulary) check(row *Row) error {
	role := v[row.Role]
	if role == nil {
		return fmt.Errorf("unknown role %q%s", row.Role, nearest.Suggest(row.Role, slices.Sorted(maps.Keys(v))))
	}
	if !role.packages && !isSymbol(row.Symbol) {
		return fmt.Errorf("%s needs a symbol such as example.com/web.Func or (*example.com/web.Type).Method, not %q", row.Role, row.Symbol)
	}
	for _, name := range slices.Sorted(maps.Keys(role.arguments)) {
		if role.arguments[name].rows == role.rows && row.Args[name] == "" {
			return fmt.Errorf("%s needs an argument %s=…", row.Role, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(row.Args)) {
		argument := role.arguments[name]
		if argument == nil {
			return fmt.Errorf("%s has no argument %q%s", row.Role, name, nearest.Suggest(name, slices.Sorted(maps.Keys(role.arguments))))
		}
		if err := argument.check(name, row.Args[name]); err != nil {
			return err
		}
	}
	return nil
}

func (a *argumentWords) check(name, value string) error {
	if a.values[value] {
		return nil
	}
	known := slices.Sorted(maps.Keys(a.values))
	if slices.Contains(closed, name) {
		return fmt.Errorf("unknown value %s=%s%s", name, value, nearest.Suggest(value, known))
	}
	// An argument that is a position in all built-in rows is one in others.
	positions := !slices.ContainsFunc(known, func(word string) bool { return !isPosition(word) })
	if positions && !isPosition(value) {
		return fmt.Errorf("%s=%s is not the position of an argument, which counts from 0", name, value)
	}
	return nil
}

func isPosition(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && n >= 0 && n < 100
}
