package synthetic

// Server returns the source of a server with that many routes, each with a handler
// of its own that looks like those of people: some check the Origin, some change
// state, most only answer.
func Server(routes int) string {
	s := newSource("encoding/json", "net/http", "os", "strings")
	s.line("type store struct { names map[string]string; dir string }")
	s.line("func (s *store) save(name, value string) error {\ns.names[name] = value\nreturn os.WriteFile(s.dir+name, []byte(value), 0o600)\n}")
	s.line("func allowed(origin string) bool { return strings.HasSuffix(origin, \".example.com\") }")
	s.line("func cors(next http.HandlerFunc) http.HandlerFunc {\nreturn func(w http.ResponseWriter, r *http.Request) {\norigin := r.Header.Get(\"Origin\")")
	s.line("if allowed(origin) {\nw.Header().Set(\"Access-Control-Allow-Origin\", origin)\n}\nnext(w, r)\n}\n}")
	for i := range routes {
		s.line("func (s *store) handle%d(w http.ResponseWriter, r *http.Request) {", i)
		switch i % 4 {
		case 0:
			s.line("if r.Method != http.MethodPost {\nhttp.Error(w, \"no\", http.StatusMethodNotAllowed)\nreturn\n}")
			s.line("if err := s.save(\"%d\", r.FormValue(\"value\")); err != nil {\nhttp.Error(w, err.Error(), 500)\n}", i)
		case 1:
			s.line("var in struct{ Name, Value string }\nif err := json.NewDecoder(r.Body).Decode(&in); err != nil {\nhttp.Error(w, err.Error(), 400)\nreturn\n}\ns.save(in.Name, in.Value)")
		default:
			s.line("value, ok := s.names[r.URL.Query().Get(\"name\")]\nif !ok {\nhttp.NotFound(w, r)\nreturn\n}\nfor _, part := range strings.Split(value, \",\") {\nw.Write([]byte(part))\n}")
		}
		s.line("}")
	}
	s.line("func main() {\ns := &store{names: map[string]string{}, dir: \"data/\"}")
	s.times(routes, "http.HandleFunc(\"/#\", cors(s.handle#))")
	s.line("http.ListenAndServe(\":80\", nil)\n}")
	return s.String()
}
