package protection

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

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

// guards finds whether the program protects more than single routes. It is
// evidence for silence, so names are enough: of a package or a function that is
// about request forgery, and of the headers that a middleware reads.
func (s *search) guards(source *ssax.Package) {
	own := s.importsGuard()
	for _, fn := range source.Funcs {
		own = own || s.guardsIn(fn)
	}
	if own {
		s.pass.ExportPackageFact(&Protected{Routes: true})
	}
	s.result.Guards = own || slices.ContainsFunc(s.pass.AllPackageFacts(), func(fact analysis.PackageFact) bool {
		_, ok := fact.Fact.(*Protected)
		return ok
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

func isForgery(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "csrf") || strings.Contains(name, "xsrf") || strings.Contains(name, "nosurf") ||
		strings.Contains(name, "crossorigin") || strings.Contains(name, "cross_origin")
}

// telling are headers that tell where a request comes from, or that a form cannot
// have.
var telling = []string{"origin", "sec-fetch-site", "x-requested-with"}

// guardsIn reports whether a function protects, or is called what does.
func (s *search) guardsIn(fn *ssa.Function) bool {
	reads, goesOn, opens := false, false, false
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if s.wraps(instr) {
				return true
			}
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			name := ssax.CalleeName(call.Common())
			if isForgery(name[strings.LastIndexByte(name, '.')+1:]) && !strings.HasPrefix(name, "net/http.") {
				return true
			}
			for _, row := range s.table.Lookup(name) {
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

// wraps reports whether an instruction protects more than one route: what a
// library returns is put around a handler, and not at once given to a route.
func (s *search) wraps(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.MakeClosure:
		name := strings.TrimSuffix(ssax.FuncName(instr.Fn.(*ssa.Function)), "$bound")
		return s.table.Find("csrf.wrap", name) != nil || s.table.Find("csrf.check", name) != nil
	case *ssa.Call:
		name := ssax.CalleeName(&instr.Call)
		switch {
		case name == "" && s.maker(instr) != "":
			return !s.servesOne(instr)
		case s.table.Find("csrf.wrap", name) != nil:
			return !s.servesOne(instr)
		case s.table.Find("csrf.check", name) != nil:
			return len(*instr.Referrers()) > 0
		case s.table.Find("csrf.make", name) != nil:
			return slices.ContainsFunc(*instr.Referrers(), func(use ssa.Instruction) bool {
				call, ok := use.(*ssa.Call)
				return !ok || call.Call.Value != instr
			})
		}
	}
	return false
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
				if s.table.Find("route", ssax.CalleeName(&use.Call)) == nil {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}
