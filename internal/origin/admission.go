package origin

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Admissions is the fact that says in which functions of a package the header is
// set to something that lets an attacker in, or a WebSocket is opened, whoever
// calls them. What other packages pass to a function may open it further, or open
// it at all: that is theirs to report.
type Admissions struct {
	Functions []string // sorted
	Ranks     []int    // how far each opens, as rank has it
	Upgrades  []string // functions that open WebSockets under every configuration, sorted
	Followed  []Followed
}

// AFact marks Admissions as a fact.
func (*Admissions) AFact() {}

// String lists the functions, for tests.
func (a *Admissions) String() string { return "admits in " + strings.Join(a.Functions, ", ") }

// rank is the higher the more a write gives away. With 0, there is none.
func (w *Write) rank() int {
	rank := 1
	if w.Reflected {
		rank += 8
	}
	if w.Credentials != None {
		rank += 4
	}
	if w.Certain {
		rank += 2
	}
	return rank
}

func (s *search) exportAdmissions(pass *analysis.Pass) {
	ranks := map[string]int{}
	for _, w := range s.result.Writes {
		if s.flow.InPackage(w.Site) {
			ranks[w.Site.Func.Name] = max(ranks[w.Site.Func.Name], w.rank())
		}
	}
	upgrades := map[string]bool{}
	for _, socket := range s.result.Sockets {
		if s.flow.InPackage(socket.applied) && socket.Certain && socket.Attacker.Origin != "" {
			upgrades[socket.applied.Func.Name] = true
		}
	}
	if len(ranks)+len(upgrades)+len(s.kept) == 0 {
		return
	}
	fact := &Admissions{Functions: slices.Sorted(maps.Keys(ranks)), Upgrades: slices.Sorted(maps.Keys(upgrades)), Followed: s.kept}
	for _, name := range fact.Functions {
		fact.Ranks = append(fact.Ranks, ranks[name])
	}
	pass.ExportPackageFact(fact)
}

func (s *search) importAdmissions(pass *analysis.Pass) {
	s.told, s.toldUpgrades, s.followed = map[string]int{}, map[string]bool{}, map[string][]string{}
	for _, f := range pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*Admissions); ok && f.Package != pass.Pkg {
			for i, name := range fact.Functions {
				s.told[name] = fact.Ranks[i]
			}
			for _, name := range fact.Upgrades {
				s.toldUpgrades[name] = true
			}
			for _, f := range fact.Followed {
				s.followed[f.Function] = f.Variables
			}
		}
	}
}

// opens reports whether a write in another package opens more from here than is
// reported there, and where that can be shown here.
func (s *search) opens(w *Write) bool {
	return w.rank() > s.told[w.Site.Func.Name] && s.flow.InPackage(w.at(s.flow))
}

// opensFurther does so for an upgrade: what decides about it was given from here,
// and is no setting.
func (s *search) opensFurther(socket *Socket) bool {
	return socket.Cause != "" && socket.Certain && !s.toldUpgrades[socket.applied.Func.Name] && s.flow.InPackage(socket.at(s.flow))
}
