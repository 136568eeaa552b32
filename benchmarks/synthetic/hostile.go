// Package synthetic writes Go modules that nobody wrote by hand: inputs that cost
// an analyzer more than their size says, and programs of any size that look like
// those of people.
package synthetic

import (
	"fmt"
	"math/bits"
	"strings"
)

// A Hostile is a kind of package that is costly to analyse.
type Hostile struct {
	Name string
	Size int // how large the input of the published bounds is, in what Source counts
	// Source returns the package's only file; a size twice as large makes it about
	// twice as much to analyse.
	Source func(size int) string
}

// Hostiles returns the inputs under the bounds that docs/benchmarks.md gives.
func Hostiles() []Hostile {
	return []Hostile{
		{"long handler", 10_000, longHandler},
		{"switch over the path", 1_000, pathSwitch},
		{"switch over the origin", 1_000, originSwitch},
		{"chain of conditions", 1_000, conditionChain},
		{"conditions in a row", 300, conditionRow},
		{"nested conditions", 100, nestedConditions},
		{"nested loops", 100, nestedLoops},
		{"calls put off in a loop", 100, deferredInLoop},
		{"nested closures", 200, nestedClosures},
		{"wrapped handlers", 500, wrappedHandlers},
		{"nested calls", 500, nestedCalls},
		{"nested literals", 2_000, nestedLiterals},
		{"recursive generics", 200, recursiveGenerics},
		{"nested type arguments", 1 << 12, nestedTypeArguments},
		{"table of texts", 20_000, textTable},
		{"table of handlers", 1_000, handlerTable},
		{"long concatenation", 3_000, concatenation},
		{"texts that double", 64, doublingTexts},
		{"functions calling each other", 60, mutualCalls},
		{"long chain of calls", 1_000, callChain},
		{"routes in one function", 2_000, routes},
		{"routes in an endless loop", 100, routesInLoop},
		{"nested groups of routes", 300, routeGroups},
		{"routes by what is configured", 14, routesBySettings},
		{"implementations of an interface", 500, implementations},
		{"stores to one field", 3_000, fieldStores},
		{"jumps", 1_000, jumps},
	}
}

// A source is a file that is being written.
type source struct{ strings.Builder }

func newSource(imports ...string) *source {
	s := &source{}
	s.line("package main")
	for _, path := range imports {
		s.line("import %q", path)
	}
	return s
}

func (s *source) line(format string, args ...any) {
	fmt.Fprintf(s, format, args...)
	s.WriteByte('\n')
}

// times writes one line for each number below n.
func (s *source) times(n int, format string) {
	for i := range n {
		s.line("%s", strings.ReplaceAll(format, "#", fmt.Sprint(i)))
	}
}

// serve ends the file with a main function that serves a handler.
func (s *source) serve(handler string) string {
	s.line("func main() {\nhttp.HandleFunc(\"/\", %s)\nhttp.ListenAndServe(\":80\", nil)\n}", handler)
	return s.String()
}

const handlerHead = "func handle(w http.ResponseWriter, r *http.Request) {"

func longHandler(lines int) string {
	s := newSource("net/http", "os")
	s.line("%s", handlerHead)
	for i := range lines / 10 {
		s.line("v%d := r.FormValue(\"v%d\")\nif v%d == \"\" {\nhttp.Error(w, \"v%d\", 400)\nreturn\n}", i, i, i, i)
		s.line("if r.Header.Get(\"Origin\") == v%d {\nw.Header().Set(\"Access-Control-Allow-Origin\", v%d)\n}\nos.WriteFile(\"v%d\", []byte(v%d), 0o600)", i, i, i, i)
	}
	s.line("}")
	return s.serve("handle")
}

func pathSwitch(cases int) string {
	s := newSource("net/http", "os")
	s.line(handlerHead + "\nswitch r.URL.Path {")
	s.times(cases, "case \"/#\":\nw.Header().Set(\"Access-Control-Allow-Origin\", r.Header.Get(\"Origin\"))\nos.Remove(r.FormValue(\"#\"))")
	s.line("}\n}")
	return s.serve("handle")
}

func originSwitch(cases int) string {
	s := newSource("net/http")
	s.line(handlerHead + "\norigin := r.Header.Get(\"Origin\")\nswitch origin {")
	s.times(cases, "case \"https://#.example.com\":\nw.Header().Set(\"Access-Control-Allow-Origin\", origin)")
	s.line("default:\nw.Header().Set(\"Access-Control-Allow-Origin\", \"null\")\n}\nw.Header().Set(\"Access-Control-Allow-Credentials\", \"true\")\n}")
	return s.serve("handle")
}

func conditionChain(conditions int) string {
	s := newSource("net/http", "strings")
	s.line(handlerHead + "\norigin := r.Header.Get(\"Origin\")\nif origin == \"\" {")
	s.times(conditions, "} else if strings.HasSuffix(origin, \"#.example.com\") && r.FormValue(\"#\") != \"\" {\nw.Header().Set(\"Access-Control-Allow-Origin\", origin)")
	s.line("}\n}")
	return s.serve("handle")
}

func conditionRow(conditions int) string {
	s := newSource("net/http", "strings")
	s.line(handlerHead + "\norigin, allow := r.Header.Get(\"Origin\"), \"\"")
	s.times(conditions, "if strings.HasPrefix(origin, \"https://#.\") || r.FormValue(\"#\") == origin {\nallow = origin\n}")
	s.line("w.Header().Set(\"Access-Control-Allow-Origin\", allow)\n}")
	return s.serve("handle")
}

func nestedConditions(depth int) string {
	s := newSource("net/http")
	s.line("%s", handlerHead)
	s.times(depth, "if r.Header.Get(\"X-#\") != r.FormValue(\"#\") {\nw.Header().Set(\"Access-Control-Allow-Origin\", r.Header.Get(\"Origin\"))")
	s.line("%s", strings.Repeat("}\n", depth+1))
	return s.serve("handle")
}

func nestedLoops(depth int) string {
	s := newSource("net/http")
	s.line("%s", handlerHead)
	s.times(depth, "for i# := range r.Header[\"X-#\"] {\nif i# > 2 { continue }\nw.Header().Add(\"Access-Control-Allow-Origin\", r.Header[\"X-#\"][i#])")
	s.line("%s", strings.Repeat("}\n", depth+1))
	return s.serve("handle")
}

func routesInLoop(statements int) string {
	s := newSource("net/http", "os")
	s.line("%s\nos.Remove(r.URL.Path)\n}", handlerHead)
	s.line("func register() {\nfor {")
	s.times(statements, "http.HandleFunc(\"/#\", handle)")
	s.line("}\n}")
	return s.serve("handle")
}

func deferredInLoop(statements int) string {
	s := newSource("net/http")
	s.line("%s\nfor range len(r.URL.Path) {", handlerHead)
	s.times(statements, "if r.Header.Get(\"X-#\") != \"\" {\ndefer w.Header().Add(\"Access-Control-Allow-Origin\", r.Header.Get(\"X-#\"))\n}")
	s.line("}\n}")
	return s.serve("handle")
}

func nestedClosures(depth int) string {
	s := newSource("net/http")
	s.line(handlerHead + "\norigin := r.Header.Get(\"Origin\")")
	s.times(depth, "func(w# string) {\nw.Header().Set(\"X-#\", origin+w#)")
	s.line("w.Header().Set(\"Access-Control-Allow-Origin\", origin)")
	s.line("%s}", strings.Repeat("}(origin)\n", depth))
	return s.serve("handle")
}

func wrappedHandlers(depth int) string {
	s := newSource("net/http")
	s.line("func wrap(next http.Handler) http.Handler {\nreturn http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {\nif r.Header.Get(\"Origin\") != \"\" {\nw.Header().Set(\"Access-Control-Allow-Origin\", r.Header.Get(\"Origin\"))\n}\nnext.ServeHTTP(w, r)\n})\n}")
	s.line(handlerHead + "}")
	s.line("func main() {\nvar h http.Handler = http.HandlerFunc(handle)")
	s.times(depth, "h = wrap(h)")
	s.line("http.ListenAndServe(\":80\", h)\n}")
	return s.String()
}

func nestedCalls(depth int) string {
	s := newSource("net/http", "strings")
	s.line("%s", handlerHead)
	s.line("w.Header().Set(\"Access-Control-Allow-Origin\", %sr.Header.Get(\"Origin\")%s)\n}", strings.Repeat("strings.ToLower(", depth), strings.Repeat(")", depth))
	return s.serve("handle")
}

func nestedLiterals(depth int) string {
	s := newSource("net/http")
	s.line("var tree = %s\"leaf\"%s", strings.Repeat("[]any{http.StatusOK, ", depth), strings.Repeat("}", depth))
	s.line(handlerHead + "\nw.Header().Set(\"Access-Control-Allow-Origin\", tree[1].([]any)[1].(string))\n}")
	return s.serve("handle")
}

func recursiveGenerics(functions int) string {
	s := newSource("net/http")
	s.line("type pair[A, B any] struct { a A; b B; next *pair[B, A] }")
	for i := range functions {
		s.line("func f%d[A, B any](w http.ResponseWriter, r *http.Request, p pair[A, B]) {\nw.Header().Set(\"X\", \"%d\")", i, i)
		s.line("f%d[B, A](w, r, *p.next)\nf%d[A, A](w, r, pair[A, A]{})\n}", (i+1)%functions, (i*7+3)%functions)
	}
	s.line(handlerHead + "\nw.Header().Set(\"Access-Control-Allow-Origin\", r.Header.Get(\"Origin\"))\nf0(w, r, pair[int, string]{})\n}")
	return s.serve("handle")
}

// nestedTypeArguments has types whose names, written out, are as long as size.
func nestedTypeArguments(size int) string {
	depth := bits.Len(uint(size)) - 1
	s := newSource("net/http")
	s.line("type Pair[A, B any] struct { A A; B B }\nfunc (p Pair[A, B]) Get(r *http.Request) string { return r.Header.Get(\"Origin\") }")
	s.line("func Two[A, B any](a A, b B) Pair[A, B] { return Pair[A, B]{a, b} }")
	s.line(handlerHead + "\nv0 := 1")
	for i := range depth {
		s.line("v%d := Two(v%d, v%d)", i+1, i, i)
	}
	s.line("w.Header().Set(\"Access-Control-Allow-Origin\", v%d.Get(r))\n}", depth)
	s.line("type Named struct { Pair[int, int] }")
	return s.serve("handle")
}

func textTable(rows int) string {
	s := newSource("net/http")
	s.line("var table = []struct { origin string; headers map[string]string }{")
	s.times(rows/2, "{\"https://#.example.com\", map[string]string{\"Access-Control-Allow-Origin\": \"https://#.example.com\"}},")
	s.line("}\nvar allowed = map[string]bool{")
	s.times(rows/2, "\"https://#.example.com\": true,")
	s.line("}")
	s.line(handlerHead + "\norigin := r.Header.Get(\"Origin\")\nif allowed[origin] {\nw.Header().Set(\"Access-Control-Allow-Origin\", origin)\n}")
	s.line("for _, row := range table {\nif row.origin == origin {\nfor k, v := range row.headers { w.Header().Set(k, v) }\n}\n}\n}")
	return s.serve("handle")
}

func handlerTable(rows int) string {
	s := newSource("net/http", "os")
	s.line("var table = map[string]http.HandlerFunc{")
	s.times(rows, "\"/#\": func(w http.ResponseWriter, r *http.Request) { os.Remove(\"#\"); w.Header().Set(\"Access-Control-Allow-Origin\", r.Header.Get(\"Origin\")) },")
	s.line("}\nfunc main() {\nfor path, h := range table { http.HandleFunc(path, h) }\nhttp.ListenAndServe(\":80\", nil)\n}")
	return s.String()
}

func concatenation(terms int) string {
	s := newSource("net/http")
	s.line(handlerHead + "\norigin := r.Header.Get(\"Origin\")\nw.Header().Set(\"Access-Control-Allow-Origin\", \"\" +")
	s.times(terms/2, "\"#\" + origin +")
	s.line("\"\")\nw.Header().Set(\"Set-Cookie\", \"\" +")
	s.times(terms/2, "\"# text\" + \"more; \" +")
	s.line("\"\")\n}")
	return s.serve("handle")
}

// doublingTexts has loops that each append a text to itself.
func doublingTexts(rounds int) string {
	s := newSource("net/http", "strings")
	s.line(handlerHead + "\norigin := r.Header.Get(\"Origin\")\nsum, all, joined := \"ab\", \"ab\", origin")
	s.line("for i := 0; i < %d; i++ {\nsum += sum\nall = strings.ReplaceAll(all, \"a\", \"ab\")", rounds)
	s.line("joined = strings.Join([]string{joined, sum, joined}, sum)\n}")
	s.line("w.Header().Set(\"Access-Control-Allow-Origin\", joined)\nw.Header().Set(\"Vary\", sum+all)\n}")
	return s.serve("handle")
}

// mutualCalls has each function call all others.
func mutualCalls(functions int) string {
	s := newSource("net/http")
	for i := range functions {
		s.line("func f%d(w http.ResponseWriter, r *http.Request, origin string) {\nif origin == \"%d\" { w.Header().Set(\"Access-Control-Allow-Origin\", origin) }", i, i)
		s.times(functions, "f#(w, r, origin + r.FormValue(\"#\"))")
		s.line("}")
	}
	s.line(handlerHead + "\nf0(w, r, r.Header.Get(\"Origin\"))\n}")
	return s.serve("handle")
}

func callChain(functions int) string {
	s := newSource("net/http", "os")
	for i := range functions {
		s.line("func f%d(w http.ResponseWriter, r *http.Request, origin string) {\nif r.FormValue(\"%d\") == origin { os.Remove(origin) }\nf%d(w, r, origin)\n}", i, i, i+1)
	}
	s.line("func f%d(w http.ResponseWriter, r *http.Request, origin string) {\nw.Header().Set(\"Access-Control-Allow-Origin\", origin)\n}", functions)
	s.line(handlerHead + "\nf0(w, r, r.Header.Get(\"Origin\"))\n}")
	return s.serve("handle")
}

func routes(count int) string {
	s := newSource("net/http", "os")
	s.line("func main() {\nmux := http.NewServeMux()")
	s.times(count, "mux.HandleFunc(\"/#\", func(w http.ResponseWriter, r *http.Request) {\nos.WriteFile(\"#\", []byte(r.FormValue(\"#\")), 0o600)\nw.Header().Set(\"Access-Control-Allow-Origin\", r.Header.Get(\"Origin\"))\n})")
	s.line("http.ListenAndServe(\":80\", mux)\n}")
	return s.String()
}

// routeGroups has each group made of the one before it, with a middleware and
// routes of its own.
func routeGroups(depth int) string {
	s := newSource("net/http", "os")
	s.line("func wrap(next http.Handler) http.Handler {\nreturn http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {\nw.Header().Set(\"Vary\", \"Origin\")\nnext.ServeHTTP(w, r)\n})\n}")
	s.line("func main() {\nmux0 := http.NewServeMux()")
	for i := range depth {
		s.line("mux%d := http.NewServeMux()\nmux%d.Handle(\"/%d/\", wrap(mux%d))", i+1, i, i, i+1)
		s.line("mux%d.HandleFunc(\"/x%d\", func(w http.ResponseWriter, r *http.Request) { os.Remove(r.FormValue(\"name\")) })", i+1, i)
	}
	s.line("http.ListenAndServe(\":80\", mux0)\n}")
	return s.String()
}

// routesBySettings has each route wrapped by a function that returns one middleware or
// another, by a setting. Told apart, the ways through that double with every route, so a
// few are enough to show it.
func routesBySettings(count int) string {
	s := newSource("net/http", "os")
	s.line("var limited bool\nfunc configure() { limited = os.Getenv(\"LIMITED\") != \"\" }")
	for _, name := range []string{"limit", "pass"} {
		s.line("func %s(next http.HandlerFunc) http.HandlerFunc {\nreturn func(w http.ResponseWriter, r *http.Request) {\nw.Header().Set(\"Vary\", \"Origin\")\nnext(w, r)\n}\n}", name)
	}
	s.line("func wrap(next http.HandlerFunc) http.HandlerFunc {\nif limited {\nreturn limit(next)\n}\nreturn pass(next)\n}")
	s.line("func main() {\nconfigure()\nmux := http.NewServeMux()")
	s.times(count, "mux.HandleFunc(\"/#\", wrap(func(w http.ResponseWriter, r *http.Request) { os.Remove(r.FormValue(\"name\")) }))")
	s.line("http.ListenAndServe(\":80\", mux)\n}")
	return s.String()
}

func implementations(types int) string {
	s := newSource("net/http", "os")
	s.line("type action interface { do(http.ResponseWriter, *http.Request) }")
	s.times(types, "type t# struct{ next action }\nfunc (t t#) do(w http.ResponseWriter, r *http.Request) {\nif t.next != nil { t.next.do(w, r) }\nos.Remove(r.FormValue(\"#\"))\nw.Header().Set(\"Access-Control-Allow-Origin\", r.Header.Get(\"Origin\"))\n}")
	s.line("var actions = []action{")
	s.times(types, "t#{},")
	s.line("}")
	s.line(handlerHead + "\nfor _, a := range actions { a.do(w, r) }\n}")
	return s.serve("handle")
}

func fieldStores(stores int) string {
	s := newSource("net/http")
	s.line("type config struct { origin string; all map[string]string }\nvar current config")
	s.line("%s", handlerHead)
	s.times(stores, "current.origin = r.FormValue(\"#\")\ncurrent.all[\"#\"] = current.origin")
	s.line("w.Header().Set(\"Access-Control-Allow-Origin\", current.origin)\nw.Header().Set(\"Access-Control-Allow-Credentials\", current.all[\"0\"])\n}")
	return s.serve("handle")
}

func jumps(labels int) string {
	s := newSource("net/http")
	s.line(handlerHead + "\norigin, n := r.Header.Get(\"Origin\"), 0")
	for i := range labels {
		s.line("l%d:\nn++\nif r.FormValue(\"%d\") == origin { goto l%d }\nw.Header().Set(\"Access-Control-Allow-Origin\", origin)", i, i, (i*7+1)%labels)
	}
	s.line("}")
	return s.serve("handle")
}
