package synthetic

import "fmt"

// A Size says how much of everything a module has.
type Size struct {
	Packages int // besides the main one, which registers the routes of all
	Routes   int // in each package
	Depth    int // calls in a package from a handler to where it changes something
}

// Module returns the files of a program, by their names. What a package has does not
// depend on how many there are: each calls the one whose number is half of its own, so
// a program with more of them has longer ways through packages, but not much longer.
func Module(size Size) map[string]string {
	files := map[string]string{"go.mod": "module example.com/synthetic\n\ngo 1.24\n"}
	all := &source{}
	all.line("package main\nimport \"net/http\"")
	all.times(size.Packages, "import \"example.com/synthetic/p#\"")
	all.line("func main() {\nmux := http.NewServeMux()")
	all.times(size.Packages, "p#.Register(mux)")
	all.line("http.ListenAndServe(\":80\", mux)\n}")
	files["main.go"] = all.String()
	for i := range size.Packages {
		files[fmt.Sprintf("p%d/p.go", i)] = member(i, size)
	}
	return files
}

// member returns the source of one of the packages of a module.
func member(number int, size Size) string {
	s := &source{}
	s.line("package p%d", number)
	deeper, last := "os", "return os.WriteFile(name, []byte(value), 0o600)"
	if number > 0 {
		deeper = fmt.Sprintf("example.com/synthetic/p%d", number/2)
		last = fmt.Sprintf("return p%d.Save(name, value)", number/2)
	}
	for _, path := range []string{"encoding/json", "net/http", "strings", deeper} {
		s.line("import %q", path)
	}
	s.line("func allowed(origin string) bool { return strings.HasSuffix(origin, \".example.com\") }")
	s.line("func Save(name, value string) error { return step0(name, value) }")
	for i := range size.Depth - 1 {
		s.line("func step%d(name, value string) error {\nif name == \"%d\" { return nil }\nreturn step%d(name, value)\n}", i, i, i+1)
	}
	s.line("func step%d(name, value string) error { %s }", size.Depth-1, last)
	for i := range size.Routes {
		s.line("func handle%d(w http.ResponseWriter, r *http.Request) {", i)
		switch i % 4 {
		case 0:
			s.line("if origin := r.Header.Get(\"Origin\"); allowed(origin) {\nw.Header().Set(\"Access-Control-Allow-Origin\", origin)\n}\nw.Write([]byte(r.URL.Path))")
		case 1:
			s.line("if r.Method != http.MethodPost {\nhttp.Error(w, \"no\", http.StatusMethodNotAllowed)\nreturn\n}\nSave(\"%d\", r.FormValue(\"value\"))", i)
		case 2:
			s.line("var in struct{ Name, Value string }\nif err := json.NewDecoder(r.Body).Decode(&in); err != nil {\nhttp.Error(w, err.Error(), 400)\nreturn\n}\nstep0(in.Name, in.Value)")
		default:
			s.line("for _, part := range strings.Split(r.URL.Query().Get(\"name\"), \",\") {\nw.Write([]byte(part))\n}")
		}
		s.line("}")
	}
	s.line("func Register(mux *http.ServeMux) {")
	for i := range size.Routes {
		s.line("mux.HandleFunc(\"/%d/%d\", handle%d)", number, i, i)
	}
	s.line("}")
	return s.String()
}
