package conformance

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/soplint/soplint/analyzers"
	"github.com/soplint/soplint/internal/corsconfig"
	"github.com/soplint/soplint/internal/driver"
	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/web"
)

// checkReports has soplint analyse the subject's program, once for each
// configuration, and holds what it reports against the running library.
func (s subject) checkReports(t *testing.T) {
	var configs []corsconfig.Config
	for _, c := range append(commonConfigs(), s.extra...) {
		// A list beside a callback is a matter of the library's answers alone.
		if s.takes(c) && (!c.OriginsSet || c.Func == nil) {
			configs = append(configs, c)
		}
	}
	reported := analyse(t, s.program, configs)
	findings := 0
	for i, c := range configs {
		serving, refused := s.tryStart(c)
		claims := claims{subject: s, config: c, serving: serving, refused: refused}
		for _, f := range reported[i] {
			findings++
			if problem := claims.holds(f); problem != "" {
				t.Errorf("%s, %s: %s [%s]\n\tbut %s", s.library, describe(c), f.Message, f.ID(), problem)
			}
		}
		if problem := claims.missing(reported[i]); problem != "" {
			t.Errorf("%s, %s: %s, which is not reported\n\treported: %s", s.library, describe(c), problem, texts(reported[i]))
		}
	}
	t.Logf("%s: %d configurations analysed, %d findings", s.library, len(configs), findings)
}

func texts(findings []finding.Finding) string {
	var all []string
	for _, f := range findings {
		all = append(all, f.Message+" ["+f.ID()+"]")
	}
	return strings.Join(all, "; ")
}

// analyse returns what soplint reports on a function of package programs for
// each configuration in the place of its parameter.
func analyse(t *testing.T, program string, configs []corsconfig.Config) [][]finding.Finding {
	dir, err := os.MkdirTemp(".", "analysed")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	source, starts := generate(t, program, configs)
	common, err := os.ReadFile(filepath.Join("programs", "programs.go"))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"programs.go": common, "configurations.go": source} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	outcome, err := driver.Run(t.Context(), driver.Options{Patterns: []string{"./" + dir}, Checks: analyzers.All()})
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range outcome.Problems {
		t.Fatalf("%s:%d: %s", problem.File, problem.Line, problem.Message)
	}
	reported := make([][]finding.Finding, len(configs))
	for _, f := range outcome.Findings {
		if !strings.HasPrefix(f.Check, "cors") {
			continue // WebSockets are the matter of conformance/ws
		}
		i, found := slices.BinarySearch(starts, f.Line)
		if !found {
			i--
		}
		if filepath.Base(f.File) != "configurations.go" || i < 0 {
			t.Fatalf("%s:%d: %s: it is about no configuration", f.File, f.Line, f.Message)
		}
		reported[i] = append(reported[i], f)
	}
	return reported
}

// generate writes a function for each configuration, with the imports and the
// body of the program. It returns the lines at which they start, too.
func generate(t *testing.T, program string, configs []corsconfig.Config) (source []byte, starts []int) {
	imports, body := sourceOf(t, program)
	var b bytes.Buffer
	fmt.Fprintf(&b, "package programs\n\n%s\n", imports)
	for i, c := range configs {
		starts = append(starts, bytes.Count(b.Bytes(), []byte("\n"))+1)
		known := c
		known.Func = nil
		fmt.Fprintf(&b, "func configuration%d() (Serve, error) {\n\tc := %#v\n", i, known)
		if c.Func != nil {
			fmt.Fprintf(&b, "\tc.Func = %s\n", callbackName(c))
		}
		fmt.Fprintf(&b, "%s}\n", body)
	}
	return b.Bytes(), starts
}

// sourceOf returns the import declaration and the body of a function of package
// programs.
func sourceOf(t *testing.T, program string) (imports, body string) {
	files, err := filepath.Glob(filepath.Join("programs", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, content, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		text := func(from, to token.Pos) string {
			return string(content[fset.Position(from).Offset:fset.Position(to).Offset])
		}
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Name.Name == program {
				first := file.Decls[0]
				return text(first.Pos(), first.End()), text(fn.Body.Lbrace+1, fn.Body.Rbrace)
			}
		}
	}
	t.Fatalf("package programs has no function %s", program)
	return "", ""
}

// claims holds what is said of a configuration against the library.
type claims struct {
	subject subject
	config  corsconfig.Config
	serving serve
	refused string
}

// named finds the origin that a report names.
var named = regexp.MustCompile(`(?:accepts|lets in) ((?:https?://)?[^ "]+)$`)

// quoted finds the entry that a report quotes.
var quoted = regexp.MustCompile(`the entry ("(?:[^"\\]|\\.)*")`)

// holds says in which way a report is not true, "" if it is.
func (c claims) holds(f finding.Finding) string {
	if strings.Contains(f.Message, "when the program starts") {
		return c.startRefused(f)
	}
	if c.refused != "" {
		return "the library does not start: " + c.refused
	}
	switch f.ID() {
	case "corsheader/invalid":
		return c.letsNobodyIn(f)
	case "corsheader/vary":
		return c.doesNotVary()
	case "corscredentials/wildcard":
		if answer := ask(c.serving, web.Any); answer.AllowOrigin != "*" || !answer.Credentials {
			return fmt.Sprintf("the answer is %+v", answer)
		}
		return ""
	}
	origin := web.Any
	if m := named.FindStringSubmatch(f.Message); m != nil {
		origin = m[1]
	}
	if strings.Contains(f.Message, "every http Origin") || strings.Contains(f.Message, "any http page") {
		origin = strings.Replace(web.Any, "https:", "http:", 1)
	}
	if f.Rule == "null" {
		origin = "null"
	}
	answer := ask(c.serving, origin)
	switch {
	case answer.AllowOrigin != origin && (answer.AllowOrigin != "*" || answer.Credentials):
		return fmt.Sprintf("the answer to %s is %+v", origin, answer)
	case answer.Credentials != strings.Contains(f.Condition, "cookies go along"):
		return fmt.Sprintf("the answer to %s is %+v, and the condition %s", origin, answer, f.Condition)
	}
	return ""
}

func (c claims) startRefused(f finding.Finding) string {
	said := strings.TrimPrefix(f.Condition, "it says: ")
	if c.refused == "" || !strings.Contains(c.refused, said) {
		return fmt.Sprintf("the library says at start-up: %q, not %q", c.refused, said)
	}
	return ""
}

// letsNobodyIn asks the library with every origin that the entry can be meant
// for, and where it stands alone with all others, too.
func (c claims) letsNobodyIn(f finding.Finding) string {
	entry, err := strconv.Unquote(quoted.FindStringSubmatch(f.Message)[1])
	if err != nil {
		return err.Error()
	}
	asked := web.Meant(entry)
	if len(c.config.Origins) == 1 && c.config.Origins[0] == entry {
		asked = append(asked, origins...)
	}
	for _, origin := range asked {
		if answer := ask(c.serving, origin); answer.AllowOrigin == origin || answer.AllowOrigin == "*" {
			return fmt.Sprintf("the answer to %s is %+v", origin, answer)
		}
	}
	return ""
}

func (c claims) doesNotVary() string {
	served := 0
	for _, origin := range c.meant() {
		switch answer := ask(c.serving, origin); {
		case answer.AllowOrigin == origin && answer.Vary:
			return fmt.Sprintf("the answer to %s is %+v", origin, answer)
		case answer.AllowOrigin == origin:
			served++
		}
	}
	if served < 2 {
		return "fewer than two origins are let in"
	}
	return ""
}

func (c claims) meant() []string {
	var all []string
	for _, entry := range c.config.Origins {
		all = append(all, web.Meant(entry)...)
	}
	return all
}

// attackers are those of the origins that an attacker can have whatever the
// program trusts.
var attackers = []string{
	web.Any, "null", "https://evilexample.com", "https://example.com.evil.example", "http://localhost.evil.example", "https://example.community",
}

// missing names what a page of an attacker gets, or what cannot work, and no
// report says.
func (c claims) missing(findings []finding.Finding) string {
	has := func(id string) bool {
		return slices.ContainsFunc(findings, func(f finding.Finding) bool { return strings.HasPrefix(f.ID(), id) })
	}
	if c.refused != "" {
		if slices.Equal(c.config.Origins, []string{"*"}) && c.config.Credentials && !has("corscredentials/refused") {
			return "it refuses to start: " + c.refused
		}
		return ""
	}
	for _, origin := range attackers {
		answer := ask(c.serving, origin)
		switch {
		case answer.AllowOrigin == "*" && answer.Credentials && !has("corscredentials/"):
			return fmt.Sprintf("%s gets %+v", origin, answer)
		case (answer.AllowOrigin == origin || answer.AllowOrigin == "*") && !has("corsorigin/") && !has("corscredentials/"):
			return fmt.Sprintf("%s gets %+v", origin, answer)
		}
	}
	meant := c.meant()
	let := func(origin string) bool {
		answer := ask(c.serving, origin)
		return answer.AllowOrigin == origin || answer.AllowOrigin == "*"
	}
	// An entry null that lets nobody in is nobody's loss.
	if len(c.config.Origins) == 1 && c.config.Origins[0] != "null" && len(meant) > 0 && !slices.ContainsFunc(append(meant, origins...), let) && !has("corsheader/invalid") {
		return "it lets nobody in"
	}
	return ""
}
