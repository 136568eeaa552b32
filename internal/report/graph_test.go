package report

import (
	"bytes"
	"encoding/xml"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/soplint/soplint/internal/surface"
)

const hostileName = `a"b\n\"; } c <script>alert(1)</script> ]]> &amp; '"><image href="https://evil.example/">`

func drawn(routes int) *Surface {
	s := &Surface{}
	for range routes {
		s.Map.Routes = append(s.Map.Routes, surface.Route{Methods: []string{"POST"}, Pattern: "/" + hostileName, Send: surface.Send{Who: surface.AnySite},
			Middleware: []surface.Step{{Name: "outer"}, {Name: hostileName}}, Changes: []surface.Change{{Kind: "database"}, {Kind: "files"}}})
	}
	return s
}

// The drawing is well-formed, and has nothing but what it draws, whatever names
// hold.
func TestSVG(t *testing.T) {
	var out bytes.Buffer
	if err := SurfaceSVG(&out, drawn(2)); err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	decoder := xml.NewDecoder(&out)
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		counts[start.Name.Local]++
		for _, attr := range start.Attr {
			if attr.Name.Local == "href" || strings.HasPrefix(attr.Name.Local, "on") || strings.Contains(attr.Value, "url(") {
				t.Errorf("%s has %s=%q", start.Name.Local, attr.Name.Local, attr.Value)
			}
		}
	}
	// Two routes go by two middlewares, which they share, to two kinds of changes.
	want := map[string]int{"svg": 1, "title": 7, "rect": 7, "path": 5, "g": 6, "text": 6}
	for name, n := range counts {
		if want[name] != n {
			t.Errorf("%d elements %s, want %d", n, name, want[name])
		}
	}
}

// A name cannot end the text that it is in.
func TestDot(t *testing.T) {
	var out bytes.Buffer
	if err := SurfaceDot(&out, drawn(1)); err != nil {
		t.Fatal(err)
	}
	want := `n0 [label="▲ POST /a\"b\\n\\\"; } c <script>`
	if !strings.Contains(out.String(), want) {
		t.Errorf("got %s, want %s in it", out.String(), want)
	}
	if !strings.Contains(out.String(), "n2 -> n4;") {
		t.Errorf("got %s, want the last middleware to lead to the second change", out.String())
	}
}

// Graphviz takes what is written for it.
func TestGraphviz(t *testing.T) {
	dot, err := exec.LookPath("dot")
	if err != nil {
		t.Skip("Graphviz is not installed")
	}
	var in bytes.Buffer
	if err := SurfaceDot(&in, drawn(2)); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(dot, "-Tplain")
	command.Stdin = &in
	out, err := command.CombinedOutput()
	if err != nil || strings.Count(string(out), "\nnode ") != 6 {
		t.Errorf("dot says %v: %s", err, out)
	}
}

func TestDrawnTooLarge(t *testing.T) {
	for _, draw := range []func(io.Writer, *Surface) error{SurfaceDot, SurfaceSVG} {
		var out bytes.Buffer
		if err := draw(&out, drawn(maxDrawn)); err != nil {
			t.Error(err)
		}
		out.Reset()
		if err := draw(&out, drawn(maxDrawn+1)); err == nil || !strings.Contains(err.Error(), "61 routes") || out.Len() > 0 {
			t.Errorf("%v, and %d bytes", err, out.Len())
		}
	}
}

func TestDrawnEmpty(t *testing.T) {
	var out bytes.Buffer
	if err := SurfaceSVG(&out, drawn(0)); err != nil || !strings.HasSuffix(out.String(), "</svg>\n") {
		t.Errorf("%v: %s", err, out.String())
	}
}
