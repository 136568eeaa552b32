package report

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/surface"
)

// maxDrawn is the number of routes beyond which a drawing shows nothing but
// lines.
const maxDrawn = 60

// A graph leads from routes by what runs before them to what they change.
type graph struct {
	nodes []node
	edges [][2]int // by index of nodes
}

// A node is a route, a middleware or a kind of change.
type node struct {
	label  string
	open   bool // an attacker's page can read, open or drive the route
	column int  // from the left
}

// newGraph draws the routes of a map in their order.
func newGraph(m *surface.Map) (*graph, error) {
	if len(m.Routes) > maxDrawn {
		return nil, fmt.Errorf("the map has %d routes, and a drawing at most %d: pick some with -exposed, -method or -check, or use -format=html", len(m.Routes), maxDrawn)
	}
	g := &graph{}
	last := 1
	for i := range m.Routes {
		last = max(last, len(m.Routes[i].Middleware)+1)
	}
	known := map[string]int{}
	for i := range m.Routes {
		r := &m.Routes[i]
		at := g.add(node{label: strings.Join(r.Methods, ",") + " " + r.Pattern, open: r.Exposed()})
		for j, step := range r.Middleware {
			at = g.lead(known, at, node{label: step.Name, column: j + 1})
		}
		for _, kind := range r.Kinds() {
			g.lead(known, at, node{label: kind, column: last})
		}
	}
	return g, nil
}

func (g *graph) add(n node) int {
	n.label = Printable(n.label)
	g.nodes = append(g.nodes, n)
	return len(g.nodes) - 1
}

// lead adds an edge to a node, which routes share, and returns the node.
func (g *graph) lead(known map[string]int, from int, n node) int {
	key := fmt.Sprint(n.column, n.label)
	to, found := known[key]
	if !found {
		to = g.add(n)
		known[key] = to
	}
	if edge := [2]int{from, to}; !slices.Contains(g.edges, edge) {
		g.edges = append(g.edges, edge)
	}
	return to
}

// mark is the label, with the sign that the page has for what is open.
func (n *node) mark() string {
	if n.open {
		return "▲ " + n.label
	}
	return n.label
}

// SurfaceDot writes s in the language of Graphviz
// (https://graphviz.org/doc/info/lang.html).
func SurfaceDot(w io.Writer, s *Surface) error {
	g, err := newGraph(&s.Map)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	fmt.Fprint(&out, "digraph routes {\n\trankdir=LR;\n\tnode [shape=box, fontname=monospace];\n")
	quote := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	for i := range g.nodes {
		style := ""
		if g.nodes[i].open {
			style = ", penwidth=3"
		}
		fmt.Fprintf(&out, "\tn%d [label=\"%s\"%s];\n", i, quote.Replace(g.nodes[i].mark()), style)
	}
	for _, e := range g.edges {
		fmt.Fprintf(&out, "\tn%d -> n%d;\n", e[0], e[1])
	}
	fmt.Fprint(&out, "}\n")
	_, err = w.Write(out.Bytes())
	return err
}

// The measures of drawings, in pixels, and the longest label, in characters.
const (
	charWidth, lineHeight = 8, 34
	boxHeight, gap        = 24, 70
	longestLabel          = 44
)

// SurfaceSVG writes s as a drawing that needs nothing else: a column for the
// routes, one for each middleware that they go through, and one for what they
// change.
func SurfaceSVG(w io.Writer, s *Surface) error {
	g, err := newGraph(&s.Map)
	if err != nil {
		return err
	}
	left, rows, width := g.layout()
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="monospace" font-size="13">`+"\n", left[len(left)-1], (slices.Max(rows)+2)*lineHeight)
	fmt.Fprint(&out, "<title>Routes, what runs before them, and what they change</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n")
	for _, e := range g.edges {
		from, to := &g.nodes[e[0]], &g.nodes[e[1]]
		x1, y1 := left[from.column]+width[from.column], rows[e[0]]*lineHeight+lineHeight
		x2, y2 := left[to.column], rows[e[1]]*lineHeight+lineHeight
		fmt.Fprintf(&out, `<path d="M%d %dC%d %d %d %d %d %d" fill="none" stroke="#666"/>`+"\n", x1, y1, x1+gap/2, y1, x2-gap/2, y2, x2, y2)
	}
	for i := range g.nodes {
		n := &g.nodes[i]
		stroke := `stroke="#00558c"`
		if n.open {
			stroke = `stroke="#9c3d00" stroke-width="3"`
		}
		x, y := left[n.column], rows[i]*lineHeight+lineHeight
		fmt.Fprintf(&out, `<g><title>%s</title><rect x="%d" y="%d" width="%d" height="%d" fill="#fff" %s/><text x="%d" y="%d">%s</text></g>`+"\n",
			escapeXML(n.mark()), x, y-boxHeight/2, width[n.column], boxHeight, stroke, x+charWidth, y+5, escapeXML(short(n.mark())))
	}
	fmt.Fprint(&out, "</svg>\n")
	_, err = w.Write(out.Bytes())
	return err
}

// layout gives columns their places and widths, and nodes their rows. The last
// place is the width of the drawing.
func (g *graph) layout() (left, rows, width []int) {
	width = make([]int, 1)
	for i := range g.nodes {
		n := &g.nodes[i]
		for len(width) <= n.column {
			width = append(width, 0)
		}
		width[n.column] = max(width[n.column], (len([]rune(short(n.mark())))+2)*charWidth)
	}
	rows = make([]int, len(g.nodes)+1)
	left = []int{gap / 2}
	for column, w := range width {
		g.place(rows, column)
		left = append(left, left[column]+w+gap)
	}
	left[len(left)-1] -= gap / 2
	return left, rows, width
}

// place gives the nodes of a column their rows: beside the middle of what leads
// to them, as far as there is room.
func (g *graph) place(rows []int, column int) {
	var nodes []int
	for i := range g.nodes {
		if g.nodes[i].column == column {
			nodes = append(nodes, i)
			rows[i] = g.middle(rows, i)
		}
	}
	slices.SortStableFunc(nodes, func(a, b int) int { return cmp.Compare(rows[a], rows[b]) })
	next := 0
	for _, i := range nodes {
		rows[i] = max(rows[i], next)
		next = rows[i] + 1
	}
}

// middle is the mean row of what leads to a node, 0 where nothing does.
func (g *graph) middle(rows []int, to int) int {
	sum, n := 0, 0
	for _, e := range g.edges {
		if e[1] == to {
			sum, n = sum+rows[e[0]], n+1
		}
	}
	return sum / max(n, 1)
}

// short is a label as far as a box has room for it.
func short(label string) string {
	if runes := []rune(label); len(runes) > longestLabel {
		return string(runes[:longestLabel-1]) + "…"
	}
	return label
}

func escapeXML(text string) string {
	var out strings.Builder
	xml.EscapeText(&out, []byte(text)) // a Builder takes everything
	return out.String()
}
