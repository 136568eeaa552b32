package script

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

// maxCalls is how many calls within the package are followed to find out whether
// a handler asks who the user is.
const maxCalls = 3

// reading returns where a function asks who the user is that sent the request; its
// Pos is not valid if it does not.
func (s *search) reading(fn *ssa.Function, calls int) Reading {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			name := ssax.CalleeName(call.Common())
			if row := s.table.Find("authority", name); row != nil && heeds(call, row) || s.asksUser(call.Common(), name) {
				return Reading{Pos: call.Pos(), By: shortName(name)}
			}
			callee := call.Common().StaticCallee()
			if calls == 0 || callee == nil || callee.Pkg != s.source.SSA || !s.givenRequest(call.Common()) {
				continue
			}
			if found := s.reading(callee, calls-1); found.Pos.IsValid() {
				return Reading{Pos: call.Pos(), By: found.By}
			}
		}
	}
	return Reading{}
}

// heeds reports whether a call's result is used for more than a name in a log.
func heeds(call ssa.CallInstruction, row *model.Row) bool {
	proof := row.Arg("proof")
	if proof == "" || call.Value() == nil {
		return true
	}
	return slices.ContainsFunc(*call.Value().Referrers(), func(use ssa.Instruction) bool {
		extract, ok := use.(*ssa.Extract)
		return ok && strconv.Itoa(extract.Index) == proof && len(*extract.Referrers()) > 0
	})
}

// about are the words in the names of functions, and of what is kept with a
// request, that tell of its user.
var about = []string{"user", "session", "account", "login", "principal", "identity"}

// asksUser reports whether a call, by its name, asks for the user of the request
// that it is given: currentUser(r), or c.Get("user").
func (s *search) asksUser(call *ssa.CallCommon, name string) bool {
	if name == "" || !s.givenRequest(call) {
		return false
	}
	short := name[strings.LastIndexByte(name, '.')+1:]
	if row := s.table.Find("context.value", name); row != nil {
		key := ssax.Argument(call, row.Arg("key"))
		if boxed, ok := key.(*ssa.MakeInterface); ok {
			key = boxed.X
		}
		text, _ := ssax.Text(key)
		return tells(text)
	}
	return s.table.Lookup(name) == nil && tells(short) && call.Signature().Results().Len() > 0
}

func tells(name string) bool {
	return slices.ContainsFunc(web.Words(name), func(word string) bool { return slices.Contains(about, word) })
}

// givenRequest reports whether a call is given a request, or its context.
func (s *search) givenRequest(call *ssa.CallCommon) bool {
	return slices.ContainsFunc(append(slices.Clone(call.Args), call.Value), func(v ssa.Value) bool {
		if v == nil {
			return false
		}
		name := ssax.TypeName(v.Type())
		return name == "context.Context" || s.table.Find("request", name) != nil
	})
}

// ofPackage returns where any function of the package reads what browsers add to
// a request by themselves.
func (s *search) ofPackage() Reading {
	if s.ambient == nil {
		s.ambient = &Reading{}
		for _, fn := range s.source.Funcs {
			if found := s.reading(fn, 0); found.Pos.IsValid() {
				s.ambient = &found
				break
			}
		}
	}
	return *s.ambient
}

// unsent are headers that tell a script element of another site from a request of
// the site's own, or that it cannot send.
var unsent = []string{"referer", "sec-fetch-site", "sec-fetch-dest", "x-requested-with", "authorization"}

// refuses reports whether a function looks at a header that a script element does
// not send, or compares a secret.
func (s *search) refuses(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && s.checks(call) {
				return true
			}
		}
	}
	return false
}

func (s *search) checks(call *ssa.Call) bool {
	for _, row := range s.table.Lookup(ssax.CalleeName(&call.Call)) {
		switch row.Role {
		case "secret":
			return true
		case "header.get":
			name := row.Arg("name")
			if name == "" {
				name, _ = ssax.Text(ssax.Argument(&call.Call, row.Arg("key")))
			}
			name = strings.ToLower(name)
			if slices.Contains(unsent, name) || strings.Contains(name, "token") || strings.Contains(name, "csrf") {
				return isAsked(call, true)
			}
		}
	}
	return false
}

// isAsked reports whether code asks something of a text: by a function that says
// yes or no, or with compared also by comparing it.
func isAsked(text ssa.Value, compared bool) bool {
	return slices.ContainsFunc(*text.Referrers(), func(use ssa.Instruction) bool {
		switch use := use.(type) {
		case *ssa.BinOp:
			return compared && (use.Op == token.EQL || use.Op == token.NEQ)
		case *ssa.Call:
			basic, ok := use.Type().Underlying().(*types.Basic)
			return ok && basic.Kind() == types.Bool
		}
		return false
	})
}

// shortName is the name of a function without the path of its package.
func shortName(name string) string {
	name = strings.Trim(name[strings.LastIndexByte(name, '/')+1:], "(*")
	return strings.ReplaceAll(name, ")", "")
}
