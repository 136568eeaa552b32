package protection

import (
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
)

// Protected is the fact that a package protects more than single routes, or may.
type Protected struct {
	Routes bool // more than single ones
}

// AFact marks Protected as a fact.
func (*Protected) AFact() {}

// String says so, for tests.
func (*Protected) String() string { return "protected" }

// guards finds whether the program protects more than single routes. What a
// library protects can be seen at the routes; of the rest names are evidence enough
// for silence: of a package or a function that is about request forgery, and of the
// headers that a middleware reads.
func (s *search) guards(source *ssax.Package) {
	own := s.importsGuard() || s.callsGuard()
	for _, fn := range source.Funcs {
		own = own || s.guardsIn(fn)
		s.result.Wraps = append(s.result.Wraps, s.wrapsIn(fn)...)
	}
	if own || len(s.result.Wraps) > 0 {
		s.pass.ExportPackageFact(&Protected{Routes: true})
	}
	s.result.Guards = own || slices.ContainsFunc(s.pass.AllPackageFacts(), func(fact analysis.PackageFact) bool {
		_, ok := fact.Fact.(*Protected)
		return ok && fact.Package != s.pass.Pkg
	})
}

// importsGuard reports whether the package imports one that is about request
// forgery and that the models do not know.
func (s *search) importsGuard() bool {
	for _, imported := range s.pass.Pkg.Imports() {
		path := imported.Path()
		if isForgery(path) && !s.table.HasPrefix(path+".") && !s.table.HasPrefix("(*"+path+".") {
			return true
		}
	}
	return false
}

// callsGuard reports whether the package calls a function that is about request forgery
// and that the models do not know.
func (s *search) callsGuard() bool {
	for name := range s.trace.CalleeNames {
		if isForgery(name[strings.LastIndexByte(name, '.')+1:]) && !strings.HasPrefix(name, "net/http.") && s.table.Find("csrf.make", name) == nil {
			return true
		}
	}
	return false
}

func isForgery(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "csrf") || strings.Contains(name, "xsrf") || strings.Contains(name, "nosurf") ||
		strings.Contains(name, "crossorigin") || strings.Contains(name, "cross_origin")
}

// telling are headers that tell where a request comes from, or that a form cannot
// have.
var telling = []string{"origin", "sec-fetch-site", "x-requested-with"}

// guardsIn reports whether a function protects by itself, or is called what does.
func (s *search) guardsIn(fn *ssa.Function) bool {
	reads, goesOn, opens := false, false, false
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if s.asksForVerdict(instr) {
				return true
			}
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			for _, row := range s.trace.Rows(call.Common()) {
				key, _ := ssax.Text(ssax.Argument(call.Common(), row.Arg("key")))
				key = strings.ToLower(key)
				switch row.Role {
				case "header.get":
					if isForgery(key) || isForgery(strings.ToLower(row.Arg("name"))) {
						return true
					}
					reads = reads || slices.Contains(telling, key) || slices.Contains(telling, strings.ToLower(row.Arg("name")))
				case "header.set", "header.add":
					opens = opens || key == "access-control-allow-origin"
				case "route.next", "route.abort":
					goesOn = true
				}
			}
		}
	}
	return reads && goesOn && !opens
}

// asksForVerdict reports whether an instruction asks a library about a request, or
// hands on a function that protects: what for is not seen at the routes.
func (s *search) asksForVerdict(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.MakeClosure:
		name := strings.TrimSuffix(ssax.FuncName(instr.Fn.(*ssa.Function)), "$bound")
		return s.table.Find("csrf.wrap", name) != nil || s.table.Find("csrf.check", name) != nil
	case *ssa.Call:
		return s.trace.Row("csrf.check", &instr.Call) != nil && len(*instr.Referrers()) > 0
	}
	return false
}

// wrapsIn returns where a function puts a library's protection around more than one
// route: what the library returns is given to somebody, and not at once to a route.
func (s *search) wrapsIn(fn *ssa.Function) []token.Pos {
	var found []token.Pos
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				if made := s.wraps(call); made != nil {
					found = append(found, made.Pos())
				}
			}
		}
	}
	return found
}

// wraps returns the call that makes the protection which a call puts around a
// handler, nil if it does not.
func (s *search) wraps(call *ssa.Call) *ssa.Call {
	rows := s.trace.Rows(&call.Call)
	switch {
	case rows == nil && s.trace.CalleeName(&call.Call) == "":
		if made := s.maker(call); made != nil && !s.servesOne(call) {
			return made
		}
	case model.WithRole(rows, "csrf.wrap") != nil && !s.servesOne(call):
		return call
	case model.WithRole(rows, "csrf.make") != nil && slices.ContainsFunc(*call.Referrers(), func(use ssa.Instruction) bool {
		applied, ok := use.(*ssa.Call)
		return !ok || applied.Call.Value != call
	}):
		return call
	}
	return nil
}

// servesOne reports whether a protected handler is nothing but the handler of a
// route.
func (s *search) servesOne(made *ssa.Call) bool {
	for work := []ssa.Value{made}; len(work) > 0; work = work[1:] {
		for _, use := range *work[0].Referrers() {
			switch use := use.(type) {
			case *ssa.ChangeInterface:
				work = append(work, use)
			case *ssa.MakeInterface:
				work = append(work, use)
			case *ssa.DebugRef:
			case *ssa.Call:
				if s.trace.Row("route", &use.Call) == nil {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}
