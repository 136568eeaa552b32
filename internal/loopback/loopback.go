// Package loopback finds packages whose servers listen on loopback addresses only,
// and whether anything in them tells a page of the server's own from one whose
// name was made to point at the server (DNS rebinding).
package loopback

import (
	"go/token"
	"go/types"
	"net"
	"net/netip"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/ssax"
)

// Analyzer finds the servers of a package that listen on loopback addresses.
var Analyzer = &analysis.Analyzer{
	Name:       "soplintloopback",
	Doc:        "soplintloopback: find servers on loopback addresses for the other passes of soplint; reports nothing itself",
	URL:        "https://github.com/soplint/soplint",
	Run:        run,
	Requires:   []*analysis.Analyzer{ssax.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
}

// A Result is what is known of a package.
type Result struct {
	Listens []Listen  // in source order; none where one of the addresses is not known to be a loopback address
	Sockets token.Pos // where a WebSocket is opened, NoPos where none is

	// Tells is set where code of the package looks at something that a page under
	// another name does not have, or cannot make up: Host, Origin, cookies,
	// passwords, tokens, TLS; or hands its handlers to code that is not seen.
	Tells bool
}

// A Listen is a place where a server starts to listen.
type Listen struct {
	Pos     token.Pos
	Address string // as far as it is known
	Default bool   // and somebody may set another one
}

func run(pass *analysis.Pass) (any, error) {
	source := pass.ResultOf[ssax.Analyzer].(*ssax.Package)
	s := &search{table: model.Builtin(), source: source, result: &Result{}}
	if source.SSA == nil {
		return s.result, nil
	}
	s.trace = source.Tracer()
	for _, fn := range source.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				s.instruction(instr)
			}
		}
	}
	s.listens()
	return s.result, nil
}

type search struct {
	table  *model.Table
	source *ssax.Package
	trace  *ssax.Tracer
	result *Result
	given  []given
	serves bool
}

// given is an address that the code gives to a server.
type given struct {
	pos     token.Pos
	address ssa.Value
	serve   bool // it counts only where the package serves from listeners
}

func (s *search) instruction(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		s.call(instr)
	case *ssa.Store:
		if field, ok := instr.Addr.(*ssa.FieldAddr); ok && ssax.FieldRow(s.table, "server.address", field) != nil {
			s.given = append(s.given, given{pos: instr.Pos(), address: instr.Val})
		}
	case *ssa.FieldAddr:
		row := ssax.FieldRow(s.table, "request.part", instr)
		s.result.Tells = s.result.Tells || row != nil && row.Arg("is") == "host"
	}
}

func (s *search) call(call ssa.CallInstruction) {
	common := call.Common()
	rows := s.trace.Rows(common)
	for _, row := range rows {
		switch row.Role {
		case "server.listen":
			address := ssax.Argument(common, row.Arg("addr"))
			if list := ssax.Variadic(address); len(list) > 0 {
				address = list[0]
			}
			s.given = append(s.given, given{pos: call.Pos(), address: address, serve: row.Arg("serve") != ""})
		case "server.serve":
			s.serves = true
		case "ws.upgrade":
			s.result.Sockets = call.Pos()
		case "server.tls", "authority", "secret":
			s.result.Tells = true
		case "request.get":
			s.result.Tells = s.result.Tells || row.Arg("is") == "host"
		case "header.get":
			s.result.Tells = s.result.Tells || asks(common, row)
		}
	}
	s.result.Tells = s.result.Tells || len(rows) == 0 && s.hidesHandler(common)
}

// asks reports whether a call reads a header that says more than what form an
// answer is to have.
func asks(call *ssa.CallCommon, row *model.Row) bool {
	name := row.Arg("name")
	if name == "" {
		name, _ = ssax.Text(ssax.Argument(call, row.Arg("key")))
	}
	name = strings.ToLower(name)
	return !slices.Contains([]string{"accept", "accept-encoding", "accept-language", "content-type", "content-length", "user-agent", "range"}, name)
}

// hidesHandler reports whether a call hands a handler to a function of another
// module that returns one: what that does is not seen.
func (s *search) hidesHandler(call *ssa.CallCommon) bool {
	callee := call.StaticCallee()
	if callee == nil || callee.Pkg == s.source.SSA || callee.Pkg == nil || ssax.IsStandard(callee.Pkg.Pkg.Path()) {
		return false
	}
	return holdsHandler(call.Signature().Params()) && holdsHandler(call.Signature().Results())
}

func holdsHandler(tuple *types.Tuple) bool {
	for v := range tuple.Variables() {
		if name := ssax.TypeName(v.Type()); name == "net/http.Handler" || name == "net/http.HandlerFunc" {
			return true
		}
	}
	return false
}

// listens keeps where servers listen, if all addresses are loopback ones.
func (s *search) listens() {
	for _, g := range s.given {
		if g.serve && !s.serves {
			continue
		}
		listen := Listen{Pos: g.pos}
		traced := s.trace.Of(g.address)
		for _, source := range traced.Sources {
			text, isDefault := s.text(source)
			if !isLoopback(text) {
				s.result.Listens = nil
				return
			}
			listen.Address, listen.Default = text, listen.Default || isDefault
		}
		if traced.Open || listen.Address == "" {
			s.result.Listens = nil
			return
		}
		s.result.Listens = append(s.result.Listens, listen)
	}
}

// text returns what an address begins with.
func (s *search) text(v ssa.Value) (text string, isDefault bool) {
	switch v := v.(type) {
	case *ssa.Const:
		text, _ = ssax.Text(v)
		return text, false
	case *ssa.BinOp:
		return s.text(v.X)
	case *ssa.UnOp:
		return s.preset(v.X), true
	case *ssa.Call:
		if row := s.trace.Row("text.format", &v.Call); row != nil {
			return s.text(ssax.Argument(&v.Call, row.Arg("format")))
		}
	}
	return "", false
}

// preset returns the default of a setting, "" where v points to none.
func (s *search) preset(v ssa.Value) string {
	for _, source := range s.trace.Of(v).Sources {
		call, ok := source.(*ssa.Call)
		if !ok {
			continue
		}
		if row := s.trace.Row("setting.default", &call.Call); row != nil {
			text, _ := ssax.Text(ssax.Argument(&call.Call, row.Arg("value")))
			return text
		}
	}
	return ""
}

// isLoopback reports whether an address, of which the port may be missing or a
// verb of a format, is one that only this machine reaches. One whose port is 0
// does not count: it is another at every start (https://pkg.go.dev/net#Listen),
// and no page can name it.
func isLoopback(address string) bool {
	host := address
	if h, port, err := net.SplitHostPort(address); err == nil {
		if port == "0" {
			return false
		}
		host = h
	}
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback()
}
