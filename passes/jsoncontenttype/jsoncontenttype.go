package jsoncontenttype

import (
	_ "embed"
	"fmt"
	"go/token"
	"go/types"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/soplint/soplint/internal/ambient"
	"github.com/soplint/soplint/internal/effect"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/ir"
	"github.com/soplint/soplint/internal/protection"
	"github.com/soplint/soplint/internal/routes"
	"github.com/soplint/soplint/internal/rule"
	"github.com/soplint/soplint/internal/settings"
	"github.com/soplint/soplint/internal/ssax"
	"github.com/soplint/soplint/internal/web"
)

//go:embed doc.go
var doc string

// Analyzer reports bodies that are decoded as JSON whatever their Content-Type.
var Analyzer = &analysis.Analyzer{
	Name:       "jsoncontenttype",
	Doc:        rule.Doc(doc),
	URL:        rule.URL("jsoncontenttype"),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, ssax.Analyzer, protection.Analyzer, ambient.Analyzer, routes.Posting},
	ResultType: rule.ResultType,
}

// maxRoutes bounds how many routes a report names.
const maxRoutes = 5

func run(pass *analysis.Pass) (any, error) {
	c := &checker{
		posts:  pass.ResultOf[routes.Posting].(*routes.Posts),
		source: pass.ResultOf[ssax.Analyzer].(*ssax.Package),
		found:  map[key]*rule.Report{},
		routes: map[flow.Site]int{},
	}
	posts := slices.Concat(c.posts.Posted, c.posts.Offered)
	slices.SortStableFunc(posts, func(a, b *routes.Post) int { return len(a.Lack) - len(b.Lack) }) // what no setting decides says more
	for _, post := range posts {
		if change := meant(post); change != nil {
			for i := range post.Decodings {
				c.decoding(post, change, &post.Decodings[i])
			}
		}
	}
	reporter := rule.NewReporter(pass)
	for _, k := range c.order {
		reporter.Report(*c.found[k])
	}
	mutations(pass, reporter)
	return reporter.Result(), nil
}

type checker struct {
	posts  *routes.Posts
	source *ssax.Package
	found  map[key]*rule.Report
	order  []key
	routes map[flow.Site]int // by report, how many it names
}

// A key tells reports apart: one for each place and rule.
type key struct {
	site flow.Site
	rule string
}

// meant returns the change that shows best what a handler does; nil if it only
// keeps books, or lets somebody in, who then acts for himself. What a program
// keeps in memory for its own use has nothing of the request.
func meant(post *routes.Post) *routes.Change {
	names := append(web.Words(post.Name()), web.Words(post.Route.Pattern)...)
	if anyOf(names, harmless) || signsUp(names) {
		return nil
	}
	var best *routes.Change
	for i := range post.Changes {
		if c := &post.Changes[i]; c.Minor == "" && (lasts(c) || c.Given) && (best == nil || weight(c) > weight(best)) {
			best = c
		}
	}
	return best
}

// harmless are words for what proves itself in another way, or only answers.
var harmless = []string{
	"login", "signin", "oauth", "oauth2", "oidc", "saml", "sso", "authenticate", "webhook", "webhooks", "search", "query", "validate",
	"verify", "callback", "metrics", "healthz", "signup",
}

// signsUp reports whether names say that somebody gets an account, who needs none for
// that: a foreign page can do the same by itself.
func signsUp(names []string) bool {
	return slices.Contains(names, "register") && anyOf(names, []string{"user", "users", "account", "accounts"})
}

// anyOf reports whether one of the words is among the names.
func anyOf(names, words []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(words, n) })
}

func weight(c *routes.Change) int {
	weight := -len(c.Path)
	if c.Strong {
		weight += 100
	}
	if lasts(c) {
		weight += 50
	}
	return weight
}

// lasts reports whether a change outlasts the process, or acts by itself.
func lasts(c *routes.Change) bool {
	return c.Strong || c.Kind != effect.Memory && c.Kind != effect.Channel && c.Kind != effect.Mail
}

// decoding judges one place where a body is decoded.
func (c *checker) decoding(post *routes.Post, change *routes.Change, d *routes.Decoding) {
	r := rule.Report{Severity: finding.Warning, Condition: sent}
	c.posts.Flow.Stand(&r, c.standing(d), c.place(post, d))
	if lasts(change) {
		r.Severity = finding.Error
	}
	name := shortName(d.Call)
	switch slips := slipping(d.Types); {
	case d.Form:
		if !c.isForJSON(d.Site) {
			return
		}
		r.Rule = "formbind"
		r.Message = fmt.Sprintf("%s fills what is declared for JSON from a form of any site, and %s follows", name, change.Call)
	case slips == "":
		r.Rule = "unchecked"
		r.Message = fmt.Sprintf("%s takes a body of any Content-Type for JSON, so any site can send it to %s", name, change.Call)
	default:
		r.Rule = "weak"
		r.Message = fmt.Sprintf("%s takes a body with %s for JSON, so any site can send it to %s", name, slips, change.Call)
	}
	post.Lack.Settle(c.posts.Flow, &r)
	c.keep(r, post, change, d)
}

const sent = "a POST takes cookies along from any site if they are SameSite=None, and from a sibling sub-domain in any case; in Chromium " +
	"Basic authentication and client certificates go along from any site; without a login no more is needed than to reach the server"

// slipping names the Content-Type that gets past a check; "" if all do.
func slipping(kinds []string) string {
	if kinds == nil || len(kinds) == len(web.SimpleTypes) {
		return ""
	}
	if slices.Contains(kinds, "") {
		return "no Content-Type"
	}
	return "the Content-Type " + kinds[0]
}

// standing is where a request's body is decoded. A function that is given nothing but
// bytes knows of no request, nor does another package's that is given what to fill as
// well: who calls it decodes a body.
func (c *checker) standing(d *routes.Decoding) flow.Site {
	site := d.Site
	for _, call := range slices.Backward(d.Calls) {
		if !takesBytes(site.Func, !c.posts.Flow.InPackage(site)) {
			break
		}
		site = call
	}
	return site
}

// takesBytes reports whether a function is given bytes and nothing else, except,
// where that is said, values of interfaces.
func takesBytes(fn *ir.Func, filled bool) bool {
	given := false
	for _, p := range fn.Params {
		switch kind := fn.TypeOf(p.Type).Kind; {
		case kind == ir.Bytes:
			given = true
		case !filled || kind != ir.Interface:
			return false
		}
	}
	return given
}

// place is where the code of this package gives a body to who decodes it, or
// registers who does.
func (c *checker) place(post *routes.Post, d *routes.Decoding) token.Pos {
	if at := c.standing(d); at != d.Site && c.posts.Flow.InPackage(at) {
		return at.Pos
	}
	for _, call := range slices.Backward(d.Calls) {
		if c.posts.Flow.InPackage(call) {
			return call.Pos
		}
	}
	return post.Route.Site.Pos
}

// keep records a report, or adds a route to the one of the same place.
func (c *checker) keep(r rule.Report, post *routes.Post, change *routes.Change, d *routes.Decoding) {
	at := c.standing(d)
	k := key{at, r.Rule}
	report := c.found[k]
	if report == nil {
		report = &r
		c.found[k] = report
		c.order = append(c.order, k)
		if at != d.Site || !c.posts.Flow.InPackage(d.Site) {
			c.posts.Flow.Relate(report, d.Site, "the body is decoded here")
		}
		c.posts.Flow.Relate(report, change.Site, "the state is changed here: "+change.Call)
	}
	if r.Severity > report.Severity {
		report.Severity, report.Message = r.Severity, r.Message
	}
	if c.routes[at]++; c.routes[at] <= maxRoutes {
		c.posts.Flow.Relate(report, post.Route.Site, "reached by "+route(post))
	}
}

func route(post *routes.Post) string {
	if post.Route.Pattern == "" {
		return post.Name()
	}
	method := "POST"
	if len(post.Route.Methods) == 0 {
		method = "any method,"
	}
	return strings.TrimSpace(method + " " + post.Route.Pattern)
}

// isForJSON reports whether the binder that is called at a place is given a
// struct that is declared for JSON and for nothing else.
func (c *checker) isForJSON(site flow.Site) bool {
	if !c.posts.Flow.InPackage(site) {
		return false
	}
	for _, fn := range c.source.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok && call.Pos() == site.Pos {
					return slices.ContainsFunc(call.Common().Args, func(v ssa.Value) bool { return declaredForJSON(v) })
				}
			}
		}
	}
	return false
}

// declaredForJSON reports whether a value points to a struct whose fields have
// names for JSON and none for forms.
func declaredForJSON(v ssa.Value) bool {
	if made, ok := v.(*ssa.MakeInterface); ok {
		v = made.X
	}
	ptr, ok := v.Type().Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	structure, ok := ptr.Elem().Underlying().(*types.Struct)
	if !ok {
		return false
	}
	isNamed := false
	for i := range structure.NumFields() {
		tag := reflect.StructTag(structure.Tag(i))
		if _, ok := tag.Lookup("form"); ok {
			return false
		}
		_, named := tag.Lookup("json")
		isNamed = isNamed || named
	}
	return isNamed
}

// versions are parts of paths that only say which major version of a module it is.
var versions = regexp.MustCompile(`/v\d+\b`)

// shortName is the name of a function as code has it.
func shortName(symbol string) string {
	path := versions.ReplaceAllString(symbol, "")
	return strings.NewReplacer("(*", "", "(", "", ")", "").Replace(path[strings.LastIndexByte(path, '/')+1:])
}
