//go:build linux

package main

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// A report is what is written about all runs.
type report struct {
	tools   []*tool
	missing []string
	modules []moduleFigures
}

type moduleFigures struct {
	module  string
	runs    int                 // of each tool
	figures map[string][]figure // by the name of the tool
}

// A spread is the median of some figures, the least and the largest.
type spread struct{ median, least, largest float64 }

func spreadOf(figures []figure, value func(figure) float64) spread {
	values := make([]float64, len(figures))
	for i, f := range figures {
		values[i] = value(f)
	}
	return spreadIn(values)
}

func spreadIn(values []float64) spread {
	slices.Sort(values)
	middle := values[len(values)/2]
	if len(values)%2 == 0 {
		middle = (middle + values[len(values)/2-1]) / 2
	}
	return spread{middle, values[0], values[len(values)-1]}
}

func cpu(f figure) float64    { return f.cpu.Seconds() }
func wall(f figure) float64   { return f.wall.Seconds() }
func memory(f figure) float64 { return float64(f.memory) / (1 << 20) }

func (s spread) text(format string) string {
	return fmt.Sprintf(format+" ("+format+"–"+format+")", s.median, s.least, s.largest)
}

// write writes the page, and the plot beside it.
func (r *report) write(ctx context.Context, page string) error {
	plot := strings.TrimSuffix(page, filepath.Ext(page)) + ".svg"
	if err := os.MkdirAll(filepath.Dir(page), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(plot, r.plot(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(page, r.page(ctx, filepath.Base(plot)), 0o644)
}

const introduction = `# Benchmarks

Written by ` + "`go run ./benchmarks`" + `, at revision %s, on %s/%s with %d CPUs. The tools ran in turn; the
figures are medians of the runs, with the least and the largest in brackets. The build cache was warm in all of them.
Memory is the peak of the largest process.

A tool by its name alone had no results of its own to reuse; go vet, staticcheck and golangci-lint then analyse the
dependencies, too. The states say what the tools that keep results found: "nothing changed" since they ran, "one file
changed", which got a function that nothing calls, in the package on which most others of the module depend, or
"dependencies warm", where every file of the module has changed and only what was found in its dependencies is of use.

` + "`go list -export`" + ` is what a tool has to do first that looks into dependencies, and ` + "`go list`" + ` what any has
to do. The floor (benchmarks/floor) is the former, and then parsing and type-checking the packages that soplint looks at,
without looking. Ratios are of runs that followed each other.

![CPU time of the tools](%s)

`

func (r *report) page(ctx context.Context, plot string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, introduction, revision(ctx), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), plot)
	b.WriteString("| tool | version |\n| --- | --- |\n")
	for _, t := range r.tools {
		if t.state == "" {
			fmt.Fprintf(&b, "| %s | %s |\n", t.program, t.version)
		}
	}
	for _, why := range r.missing {
		fmt.Fprintf(&b, "\n%s, so it has no figures.\n", why)
	}
	for _, m := range r.modules {
		fmt.Fprintf(&b, "\n## %s\n\nRuns of each tool: %d.\n\n| tool | CPU, s | wall, s | memory, MiB |\n| --- | --- | --- | --- |\n", m.module, m.runs)
		for _, t := range r.tools {
			f := m.figures[t.name()]
			if len(f) < m.runs {
				fmt.Fprintf(&b, "| %s | failed in %d of %d runs | | |\n", t.name(), m.runs-len(f), m.runs)
				continue
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", t.name(),
				spreadOf(f, cpu).text("%.2f"), spreadOf(f, wall).text("%.2f"), spreadOf(f, memory).text("%.0f"))
		}
		b.WriteString("\n")
		m.compare(&b, "soplint", floor, "the floor")
		m.compare(&b, "soplint, "+unchanged, "go list -export", "`go list -export`")
		m.compare(&b, "soplint, "+unchanged, "go list", "`go list`")
	}
	return b.Bytes()
}

// compare says how many times the CPU time of one tool another takes.
func (m *moduleFigures) compare(b *bytes.Buffer, tool, with, called string) {
	var ratios []float64
	for i := range min(len(m.figures[tool]), len(m.figures[with])) {
		ratios = append(ratios, cpu(m.figures[tool][i])/cpu(m.figures[with][i]))
	}
	if len(ratios) > 0 {
		fmt.Fprintf(b, "- %s: %s times the CPU time of %s\n", tool, spreadIn(ratios).text("%.2f"), called)
	}
}

// revision returns that of the repository.
func revision(ctx context.Context) string {
	out, _ := exec.CommandContext(ctx, "git", "rev-parse", "--short", "HEAD").Output()
	return strings.TrimSpace(string(out))
}

// Sizes in the plot, in pixels.
const (
	rowHeight  = 20
	labelWidth = 220
	barWidth   = 480
	plotWidth  = labelWidth + barWidth + 90
)

// plot draws the CPU time of each tool as a bar, on a scale of its own for each
// module.
func (r *report) plot() []byte {
	var b bytes.Buffer
	y := 0
	for _, m := range r.modules {
		y += rowHeight
		fmt.Fprintf(&b, "<text x=\"4\" y=\"%d\" font-weight=\"bold\">%s, CPU seconds</text>\n", y-5, html.EscapeString(m.module))
		tools := slices.DeleteFunc(slices.Clone(r.tools), func(t *tool) bool { return len(m.figures[t.name()]) < m.runs })
		largest := 0.0
		for _, t := range tools {
			largest = max(largest, spreadOf(m.figures[t.name()], cpu).median)
		}
		for _, t := range tools {
			seconds := spreadOf(m.figures[t.name()], cpu).median
			width := int(seconds / largest * barWidth)
			fmt.Fprintf(&b, "<text x=\"4\" y=\"%d\">%s</text><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%.2f</text>\n",
				y+15, html.EscapeString(t.name()), labelWidth, y+3, width, rowHeight-6, color(t), labelWidth+width+6, y+15, seconds)
			y += rowHeight
		}
		y += rowHeight / 2
	}
	header := fmt.Sprintf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">\n"+
		"<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n", plotWidth, y)
	return []byte(header + b.String() + "</svg>\n")
}

func color(t *tool) string {
	if t.program == "soplint" {
		return "#2563eb"
	}
	return "#9aa5b1"
}
