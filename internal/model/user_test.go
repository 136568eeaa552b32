package model

import (
	"strings"
	"testing"
)

func TestExtend(t *testing.T) {
	t1, errs := Extend([]UserRow{
		{Text: "header.set (*example.com/web.Context).SetHeader key=0 value=1", File: "f", Line: 3},
		{Text: "web example.com/web", File: "f", Line: 4},
		{Text: "cors.new example.com/web.CORS library=rs/cors options=0", File: "f", Line: 5},
	})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if row := t1.Find("header.set", "(*example.com/web.Context).SetHeader"); row == nil || row.Line != 3 {
		t.Errorf("got %+v", row)
	}
	if t1.Find("header.get", "(net/http.Header).Get") == nil {
		t.Error("the built-in rows are gone")
	}
	if Builtin().Find("web", "example.com/web") != nil {
		t.Error("the built-in table has changed")
	}
}

func TestExtendRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "f:1: row is empty",
		"header.set":                       `f:1: role "header.set" has no symbol`,
		"header.sett a.B key=0":            `f:1: unknown role "header.sett" (did you mean header.set?)`,
		"header.set a.B key=0":             "f:1: header.set needs an argument value=…",
		"header.set a key=0 value=1":       "f:1: header.set needs a symbol such as example.com/web.Func or (*example.com/web.Type).Method, not \"a\"",
		"header.set a.B key=0 value=1 x=2": `f:1: header.set has no argument "x" (want key, value)`,
		"header.set a.B key=x value=1":     "f:1: key=x is not the position of an argument, which counts from 0",
		"request.part a.B.C is=hostt":      "f:1: unknown value is=hostt (did you mean host?)",
		"web net/http":                     "f:1: web net/http stands already at nethttp.model:",
	} {
		_, errs := Extend([]UserRow{{Text: text, File: "f", Line: 1}})
		if len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), want) {
			t.Errorf("%q: got %v, want %s", text, errs, want)
		}
	}
}
