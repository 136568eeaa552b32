package model

import (
	"strings"
	"testing"
)

func TestBuiltin(t *testing.T) {
	if len(Builtin().Rows()) == 0 {
		t.Fatal("no rows")
	}
	if Builtin().Find("header.get", "(net/http.Header).Get") == nil {
		t.Error("(net/http.Header).Get is not modelled")
	}
}

func TestAddRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"header.set":                             `m:1: role "header.set" has no symbol`,
		"# fine\nheader.set f key":               `m:2: argument "key" is not of the form name=value`,
		"header.set f key=0 key=1":               `m:1: argument "key" stands twice`,
		"header.set f key=0\nheader.set f key=0": `m:2: header.set f stands already at m:1`,
	} {
		err := (&Table{bySymbol: map[string][]*Row{}}).Add("m", strings.NewReader(text))
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// Names has to know the last name of every symbol, or rows would not be found.
func TestNames(t *testing.T) {
	for _, table := range []*Table{Builtin(), Effects(), Builtin().WithAlike(map[string]string{"example.com/fork": "net/http"})} {
		for _, row := range table.Rows() {
			if name := row.Symbol[strings.LastIndex(row.Symbol, ".")+1:]; !table.Names(name) {
				t.Errorf("Names(%q) = false, with %s", name, row.Symbol)
			}
		}
		if table.Names("no name of a symbol") {
			t.Error("Names knows a name that no symbol has")
		}
	}
}
