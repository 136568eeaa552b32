package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/surface"
)

// SurfaceSchema is the version of the JSON form of maps.
const SurfaceSchema = 1

// A Surface is what a run of soplint map has to say.
type Surface struct {
	Schema   int               `json:"schema"`
	Version  string            `json:"version"` // of the tool
	Summary  surface.Summary   `json:"summary"`
	Map      surface.Map       `json:"map"`
	Problems []finding.Problem `json:"errors"`
}

// SurfaceJSON writes s as one document, as docs/map.schema.json describes it.
func SurfaceJSON(w io.Writer, s *Surface) error {
	doc := *s
	doc.Schema, doc.Summary = SurfaceSchema, s.Map.Summary()
	doc.Problems = append([]finding.Problem{}, s.Problems...)
	return writeJSON(w, doc)
}

// SurfaceText writes one row for each route, then what is not known.
func SurfaceText(w io.Writer, s *Surface, verbose bool) error {
	var out bytes.Buffer
	table := tabwriter.NewWriter(&out, 0, 0, 2, ' ', tabwriter.StripEscape)
	fmt.Fprintln(table, "METHODS\tPATTERN\tREAD BY\tSENT BY\tSTOPPED\tSOCKET\tAUTHORITY\tCHANGES\tMIDDLEWARE\tHANDLER\tFINDINGS")
	for i := range s.Map.Routes {
		fmt.Fprintln(table, strings.Join(row(&s.Map.Routes[i]), "\t"))
	}
	if len(s.Map.Routes) > 0 {
		if err := table.Flush(); err != nil {
			return err
		}
	}
	if verbose {
		for i := range s.Map.Routes {
			evidence(&out, &s.Map.Routes[i])
		}
	}
	if len(s.Map.Routes) > 0 {
		fmt.Fprintln(&out)
	}
	fmt.Fprintln(&out, Headline(s.Map.Summary()))
	for _, u := range s.Map.Unresolved {
		fmt.Fprintf(&out, "%s not known in full: %s\n", place(u.Code.File, u.Code.Line, u.Code.Column), Printable(u.Reason))
	}
	problems := &textWriter{sources: newSourceCache(nil)}
	for i := range s.Problems {
		problems.problem(&s.Problems[i])
	}
	out.Write(problems.out.Bytes())
	_, err := w.Write(out.Bytes())
	return err
}

// Headline says in one line what the routes come to.
func Headline(s surface.Summary) string {
	text := fmt.Sprintf("routes: %d; any site reads %d (with credentials %d), drives %d, opens the WebSockets of %d", s.Routes, s.Readable, s.Credentials, s.Drivable, s.Sockets)
	if s.Unresolved > 0 {
		text += fmt.Sprintf("; registrations not known in full: %d", s.Unresolved)
	}
	return text
}

// row is what the table says of a route.
func row(r *surface.Route) []string {
	read := r.Read.Label()
	if r.Read.By != "" {
		read += " (" + r.Read.By + ")"
	}
	if n := len(r.Read.Origins); n > 0 && n <= 2 {
		read += ": " + strings.Join(r.Read.Origins, ", ")
	}
	var middleware, findings []string
	for _, step := range r.Middleware {
		middleware = append(middleware, step.Name)
	}
	for _, f := range r.Findings {
		findings = append(findings, f.ID)
	}
	cells := []string{strings.Join(r.Methods, ","), r.Pattern, read, r.Send.Who.Label(), strings.Join(r.Send.Stopped, ", "), r.Socket.Label(),
		strings.Join(r.Authority, ","), strings.Join(r.Kinds(), ","), strings.Join(middleware, " > "), r.Handler + " " + r.Registered.String(),
		strings.Join(findings, " ")}
	for i, cell := range cells {
		if cells[i] = Printable(cell); strings.TrimSpace(cell) == "" {
			cells[i] = "-"
		}
	}
	return cells
}

// evidence lists what a row rests on.
func evidence(out *bytes.Buffer, r *surface.Route) {
	fmt.Fprintf(out, "\n%s %s\n", Printable(strings.Join(r.Methods, ",")), Printable(r.Pattern))
	line := func(code surface.Place, text string) {
		if code.File == "" {
			fmt.Fprintf(out, "    %s\n", Printable(text))
			return
		}
		fmt.Fprintf(out, "    %s %s\n", place(code.File, code.Line, code.Column), Printable(text))
	}
	line(r.Registered, "registered here")
	line(r.Code, "handled by "+r.Handler)
	for _, step := range r.Middleware {
		line(step.Code, "runs before: "+step.Name)
	}
	for _, list := range r.Evidence() {
		for _, e := range list {
			line(e.Code, e.Text)
		}
	}
	for _, c := range r.Changes {
		line(c.Code, "changes "+c.Kind+": "+c.Call)
	}
	for _, f := range r.Findings {
		line(f.Code, fmt.Sprintf("%s: %s [%s]", f.Severity, f.Message, f.ID))
	}
}

// SurfaceDiff writes what differs between two maps: + for what opened, - for
// what closed or stays as narrow. It reports whether anything opened.
func SurfaceDiff(w io.Writer, old, now *Surface) (opened bool, err error) {
	var out bytes.Buffer
	for _, d := range surface.Diff(&old.Map, &now.Map) {
		mark := "-"
		if d.Opened {
			mark, opened = "+", true
		}
		fmt.Fprintf(&out, "%s %s %s: %s\n", mark, Printable(strings.Join(d.Route.Methods, ",")), Printable(d.Route.Pattern), Printable(d.Text))
	}
	before, after := len(old.Map.Unresolved), len(now.Map.Unresolved)
	if before != after {
		fmt.Fprintf(&out, "  registrations that are not known in full: %d, were %d\n", after, before)
	}
	_, err = w.Write(out.Bytes())
	return opened, err
}
