package jsoncontenttype

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ambient"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/protection"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/ssax"
)

// mutations reports GraphQL servers that take mutations from forms, which carry a login
// of the user's from any site. A server of a library has no routes whose guards could be
// tried, so anything that looks like protection is enough for silence.
func mutations(pass *analysis.Pass, reporter *rule.Reporter) {
	source := pass.ResultOf[ssax.Analyzer].(*ssax.Package)
	authority := pass.ResultOf[ambient.Analyzer].(*ambient.Authority)
	guards := pass.ResultOf[protection.Analyzer].(*protection.Result)
	if source.SSA == nil || authority.None() || authority.Forms() == "" || guards.Guards || len(guards.Wraps) > 0 {
		return
	}
	g := &graphql{table: model.Builtin(), trace: source.Tracer()}
	for _, row := range g.table.Rows() {
		for _, call := range g.callsOf(row) {
			if takes := g.formsAt(row, call); takes != "" {
				reporter.Report(rule.Report{
					Pos: call.Pos(), Rule: "formbind", Severity: finding.Warning, Condition: authority.Forms(),
					Message: fmt.Sprintf("%s takes mutations of GraphQL from a form of any site", takes),
				})
			}
		}
	}
}

// A graphql finds what GraphQL servers take (libraries/graphql.model).
type graphql struct {
	table *model.Table
	trace *ssax.Tracer
}

// callsOf returns the calls that say what a server takes.
func (g *graphql) callsOf(row *model.Row) []ssa.CallInstruction {
	if row.Role == "graphql.server" || row.Role == "graphql.add" {
		return g.trace.CallsOf(row.Symbol)
	}
	return nil
}

// formsAt names what has a server take mutations from forms, if a call does.
func (g *graphql) formsAt(row *model.Row, call ssa.CallInstruction) string {
	server, made := call, row
	if row.Role == "graphql.add" {
		made = g.transport(ssax.Argument(call.Common(), row.Arg("transport")))
		if server = g.server(ssax.Argument(call.Common(), "recv")); server == nil {
			return ""
		}
	}
	if made == nil || made.Arg("form") == "" || !g.mutates(server) {
		return ""
	}
	return shortName(made.Symbol)
}

// transport returns the row of what a server is given as its transport, nil without one.
func (g *graphql) transport(v ssa.Value) *model.Row {
	if v == nil {
		return nil
	}
	for _, source := range g.trace.Of(v).Sources {
		if made, ok := source.(*ssa.MakeInterface); ok {
			source = made.X
		}
		if row := g.table.Find("graphql.transport", ssax.TypeName(source.Type())); row != nil {
			return row
		}
	}
	return nil
}

// server returns the call that made a server, nil if it is not known.
func (g *graphql) server(v ssa.Value) ssa.CallInstruction {
	for _, source := range g.trace.Of(v).Sources {
		if call, ok := source.(*ssa.Call); ok && g.table.Find("graphql.server", ssax.CalleeName(&call.Call)) != nil {
			return call
		}
	}
	return nil
}

// mutates reports whether the schema of a server has mutations: a generated schema is
// made of what answers, an interface with a method Mutation where it has some.
func (g *graphql) mutates(server ssa.CallInstruction) bool {
	row := g.table.Find("graphql.server", ssax.CalleeName(server.Common()))
	for _, source := range g.trace.Of(ssax.Argument(server.Common(), row.Arg("schema"))).Sources {
		call, ok := source.(*ssa.Call)
		if !ok {
			continue
		}
		for param := range call.Call.Signature().Params().Variables() {
			if config := structure(param.Type()); config != nil && answersMutations(config) {
				return true
			}
		}
	}
	return false
}

func structure(t types.Type) *types.Struct {
	found, _ := t.Underlying().(*types.Struct)
	return found
}

// answersMutations reports whether a field of the configuration of a schema is an
// interface with a method Mutation.
func answersMutations(config *types.Struct) bool {
	for field := range config.Fields() {
		if method, _, _ := types.LookupFieldOrMethod(field.Type(), false, field.Pkg(), "Mutation"); types.IsInterface(field.Type()) && method != nil {
			return true
		}
	}
	return false
}
