package headers

import (
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/web"
)

const unknownText = web.Unknown

// A Setter is the fact that a function sets a response header whose name or
// value, or both, are parameters of it.
type Setter struct {
	Name, Value     string // where they are constants
	NameAt, ValueAt int    // else the parameters, the receiver first; -1 for none
	Adds            bool
}

// AFact marks Setter as a fact.
func (*Setter) AFact() {}

func (s *Setter) String() string {
	return "sets " + part(s.Name, s.NameAt) + " to " + part(s.Value, s.ValueAt)
}

func part(constant string, at int) string {
	if at >= 0 {
		return "parameter " + strconv.Itoa(at)
	}
	return strconv.Quote(constant)
}

// maxWrapping is how many setters may stand within each other.
const maxWrapping = 3

// findSetters finds the functions of the package that set headers for others. It
// returns those that set any.
func (s *search) findSetters() (assigning map[*ssa.Function]bool) {
	assigning = map[*ssa.Function]bool{}
	for wrapping := 0; ; wrapping++ {
		before := len(s.setters)
		for _, fn := range s.code.funcs {
			s.function(fn, func(a assignment) {
				assigning[fn] = true
				if wrapping < maxWrapping {
					s.noteSetter(a)
				}
			})
		}
		if len(s.setters) == before {
			return assigning
		}
	}
}

// noteSetter makes a setter of the function around an assignment whose name or
// value is a parameter.
func (s *search) noteSetter(a assignment) {
	setter := &Setter{Name: a.fixed, Value: a.constant, NameAt: -1, ValueAt: -1, Adds: a.added}
	name, value := s.code.parameterOf(a.name), s.code.parameterOf(a.value)
	var owner *ssa.Function
	for _, p := range []*ssa.Parameter{name, value} {
		if p != nil {
			if owner != nil && owner != p.Parent() {
				return
			}
			owner = p.Parent()
		}
	}
	if owner == nil || s.setters[owner] != nil {
		return
	}
	if !s.fixOrPlace(a.name, name, &setter.Name, &setter.NameAt) || !s.fixOrPlace(a.value, value, &setter.Value, &setter.ValueAt) {
		return
	}
	s.setters[owner] = setter
}

// fixOrPlace describes one of the two parts of an assignment: by the parameter
// that it is, or the one text that it has.
func (s *search) fixOrPlace(v ssa.Value, p *ssa.Parameter, constant *string, at *int) bool {
	switch {
	case v == nil:
		return true
	case p != nil:
		for i, param := range p.Parent().Params {
			if param == p {
				*at = i
			}
		}
		return true
	}
	texts := s.code.fold(v)
	if len(texts) != 1 {
		return false
	}
	*constant = texts[0]
	return true
}

// setterOf returns what is known of the function that is called, nil if it sets
// no header for its caller.
func (s *search) setterOf(call *ssa.CallCommon) *Setter {
	callee := call.StaticCallee()
	if callee == nil {
		return nil
	}
	if setter := s.setters[callee]; setter != nil {
		return setter
	}
	obj, ok := callee.Object().(*types.Func)
	if !ok || obj.Pkg() == nil || obj.Pkg() == s.pass.Pkg {
		return nil
	}
	setter := new(Setter)
	if s.pass.ImportObjectFact(obj.Origin(), setter) {
		return setter
	}
	return nil
}

// exportSetters makes facts of the setters that other packages can call.
func (s *search) exportSetters() {
	for fn, setter := range s.setters {
		if obj, ok := fn.Object().(*types.Func); ok && obj.Exported() {
			s.pass.ExportObjectFact(obj, setter)
		}
	}
}

// parameter returns the argument for the parameter at that place.
func parameter(args []ssa.Value, at int) ssa.Value {
	if at < 0 || at >= len(args) {
		return nil
	}
	return args[at]
}
