package model

import (
	"strings"
	"testing"
)

// FuzzExtend reads a row of a user's, which is a row of the table behind that or
// has an error that names its place, and is never what a built-in row says.
func FuzzExtend(f *testing.F) {
	for _, text := range []string{"web a/b # own", "header.set example.com/x.Set key=0 value=1", "header.set example.com/x.Set key=-1 value=x", "wbe x", "",
		"web a=b c=d", "origin.header (net/http.Header).Get key=0", "cors.new example.com/x.New library=gin"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, errs := Extend([]UserRow{{Text: text, File: "own", Line: 7}})
		if added := len(table.Rows()) - len(Builtin().Rows()); added+len(errs) != 1 {
			t.Errorf("%q: %d rows and the errors %v", text, added, errs)
		}
		for _, err := range errs {
			if !strings.HasPrefix(err.Error(), "own:7: ") {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}

// FuzzParseRow wants a row to mean the same when its words are joined again.
func FuzzParseRow(f *testing.F) {
	f.Add("role symbol a=b c=d # x")
	f.Add("role symbol a=b a=c")
	f.Add("role\tsymbol =")
	f.Fuzz(func(t *testing.T, text string) {
		row, err := parseRow(text)
		if err != nil || row == nil {
			return
		}
		joined := row.Role + " " + row.Symbol
		for name, value := range row.Args {
			joined += " " + name + "=" + value
		}
		again, err := parseRow(joined)
		if err != nil || again.Role != row.Role || again.Symbol != row.Symbol || len(again.Args) != len(row.Args) {
			t.Errorf("%q: %v is %v, %v", text, row, again, err)
		}
	})
}
