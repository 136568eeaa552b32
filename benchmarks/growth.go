//go:build linux

package main

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/soplint/soplint/benchmarks/synthetic"
)

// A series is a row of modules of which one dimension grows.
type series struct {
	name  string
	sizes []synthetic.Size
	of    func(synthetic.Size) int
	cpu   []spread // by size
	wall  []spread
	peak  []spread
	floor []spread // CPU time of go list -export
}

// allSeries lists what is measured. The smallest modules come first: a larger one has
// all packages of those before it, so few have to be built for it.
func allSeries(largest int) []*series {
	packages := &series{name: "packages", of: func(s synthetic.Size) int { return s.Packages }}
	for _, part := range []int{8, 4, 2, 1} {
		packages.sizes = append(packages.sizes, synthetic.Size{Packages: largest / part, Routes: 4, Depth: 4})
	}
	routes := &series{name: "routes in each of 50 packages", of: func(s synthetic.Size) int { return s.Routes }}
	depth := &series{name: "depth of calls in each of 50 packages", of: func(s synthetic.Size) int { return s.Depth }}
	for _, n := range []int{16, 32, 64, 128} {
		routes.sizes = append(routes.sizes, synthetic.Size{Packages: 50, Routes: n, Depth: 4})
		depth.sizes = append(depth.sizes, synthetic.Size{Packages: 50, Routes: 4, Depth: n})
	}
	return []*series{packages, routes, depth}
}

// grow measures soplint on modules of growing size and on hostile inputs, and writes
// a page about both.
func grow(ctx context.Context, largest, runs int, work, page string) error {
	tools, _, err := install(ctx, filepath.Join(work, "bin"), "go list -export")
	if err != nil {
		return err
	}
	var cold []*tool
	for _, t := range tools {
		if t.state == "" && t.program != floor {
			cold = append(cold, t)
		}
	}
	measureModule := func(dir string) (map[string][]figure, error) {
		if err := goCommand(ctx, dir, nil, "list", "-export", "-deps", "./..."); err != nil {
			return nil, err
		}
		figures, _, err := measure(ctx, dir, filepath.Join(work, "caches"), cold, runs, math.MaxInt64)
		return figures, err
	}
	all := allSeries(largest)
	for _, s := range all {
		dir := filepath.Join(work, "growth", strings.Fields(s.name)[0])
		for _, size := range s.sizes {
			log.Printf("%s: %d", s.name, s.of(size))
			if err := writeModule(dir, synthetic.Module(size)); err != nil {
				return err
			}
			figures, err := measureModule(dir)
			if err != nil {
				return err
			}
			s.add(figures)
		}
	}
	hostile, err := measureHostile(filepath.Join(work, "hostile"), measureModule)
	if err != nil {
		return err
	}
	plot := strings.TrimSuffix(page, filepath.Ext(page)) + ".svg"
	if err := os.WriteFile(plot, plotGrowth(all), 0o644); err != nil {
		return err
	}
	return os.WriteFile(page, growthPage(ctx, all, hostile, runs, filepath.Base(plot)), 0o644)
}

// measureHostile returns what soplint takes for each hostile input. The go command
// compiles them first, without inlining, which would take the compiler minutes.
func measureHostile(dir string, measureModule func(dir string) (map[string][]figure, error)) (map[string][]figure, error) {
	if err := os.Setenv("GOFLAGS", os.Getenv("GOFLAGS")+" -gcflags=-l"); err != nil {
		return nil, err
	}
	hostile := make(map[string][]figure)
	for _, input := range synthetic.Hostiles() {
		log.Printf("hostile input: %s", input.Name)
		if err := writeModule(dir, map[string]string{"go.mod": "module example.com/hostile\n\ngo 1.24\n", "main.go": input.Source(input.Size)}); err != nil {
			return nil, err
		}
		figures, err := measureModule(dir)
		if err != nil {
			return nil, err
		}
		hostile[input.Name] = figures["soplint"]
	}
	return hostile, nil
}

func (s *series) add(figures map[string][]figure) {
	s.floor = append(s.floor, spreadOf(figures["go list -export"], cpu))
	s.cpu = append(s.cpu, spreadOf(figures["soplint"], cpu))
	s.wall = append(s.wall, spreadOf(figures["soplint"], wall))
	s.peak = append(s.peak, spreadOf(figures["soplint"], memory))
}

// writeModule writes the files of a generated module to a folder of its own, in the
// place of those of the module before it, which may have had more.
func writeModule(dir string, files map[string]string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	for name, content := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// exponent fits a power to what the sizes cost more than the smallest, by the least
// squares of the logarithms, and returns its exponent: 1 is linear growth, whatever a
// run costs besides.
func (s *series) exponent(values []spread) float64 {
	var n, sumX, sumY, sumXX, sumXY float64
	for i, size := range s.sizes[1:] {
		x := math.Log(float64(s.of(size) - s.of(s.sizes[0])))
		y := math.Log(max(values[i+1].median-values[0].median, 1e-3))
		n, sumX, sumY, sumXX, sumXY = n+1, sumX+x, sumY+y, sumXX+x*x, sumXY+x*y
	}
	return (n*sumXY - sumX*sumY) / (n*sumXX - sumX*sumX)
}

// exponentText is the exponent, or a dash where the largest size costs less than twice
// what the smallest does: what is the same for all, and chance, outweigh the size then.
func (s *series) exponentText(values []spread) string {
	if values[len(values)-1].median < 2*values[0].median {
		return "–"
	}
	return fmt.Sprintf("%.2f", s.exponent(values))
}

const growthIntroduction = `# Growth

Written by ` + "`go run ./benchmarks -growth`" + `, at revision %s, on %s/%s with %d CPUs, as medians of %d runs with the least
and the largest in brackets, without results to reuse and with a warm build cache. The modules are generated
(benchmarks/synthetic): packages with routes, whose handlers call through functions of their own and of other packages
to where something changes. Time and memory include those of the go command, whose part stands beside them.

The exponent is that of a power fitted to what each size costs more than the smallest, in medians: 1 is linear. What a
run costs whatever the size does not count, and there is none where the largest size costs less than twice what the
smallest does.

![CPU time and memory by size](%s)
`

func growthPage(ctx context.Context, all []*series, hostile map[string][]figure, runs int, plot string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, growthIntroduction, revision(ctx), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runs, plot)
	for _, s := range all {
		fmt.Fprintf(&b, "\n## By %s\n\n| %s | CPU, s | wall, s | memory, MiB | CPU of go list, s |\n| --- | --- | --- | --- | --- |\n", s.name, strings.Fields(s.name)[0])
		for i, size := range s.sizes {
			fmt.Fprintf(&b, "| %d | %s | %s | %s | %s |\n", s.of(size), s.cpu[i].text("%.2f"), s.wall[i].text("%.2f"), s.peak[i].text("%.0f"), s.floor[i].text("%.2f"))
		}
		fmt.Fprintf(&b, "| exponent | %s | %s | %s | |\n", s.exponentText(s.cpu), s.exponentText(s.wall), s.exponentText(s.peak))
	}
	b.WriteString("\n## Hostile inputs\n\nEach is a package of one file that costs more than its size says; what the size counts is in\n" +
		"benchmarks/synthetic/hostile.go. The go command had compiled them before.\n\n| input | size | CPU, s | wall, s | memory, MiB |\n| --- | --- | --- | --- | --- |\n")
	for _, input := range synthetic.Hostiles() {
		f := hostile[input.Name]
		fmt.Fprintf(&b, "| %s | %d | %s | %s | %s |\n", input.Name, input.Size, spreadOf(f, cpu).text("%.2f"), spreadOf(f, wall).text("%.2f"), spreadOf(f, memory).text("%.0f"))
	}
	return b.Bytes()
}

// Sizes in the plot of growth, in pixels.
const (
	chartWidth  = 260
	chartHeight = 180
	chartMargin = 50
)

// plotGrowth draws CPU time and memory by size, a chart for each series, with straight
// axes from 0: linear growth is a straight line.
func plotGrowth(all []*series) []byte {
	var b bytes.Buffer
	step := chartWidth + 2*chartMargin
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n"+
		"<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n", step*len(all), chartHeight+2*chartMargin)
	for i, s := range all {
		fmt.Fprintf(&b, "<g transform=\"translate(%d,%d)\">\n<text x=\"0\" y=\"-28\" font-weight=\"bold\">by %s</text>\n", i*step+chartMargin, chartMargin, s.name)
		fmt.Fprintf(&b, "<path d=\"M0 0V%d H%d\" fill=\"none\" stroke=\"#444\"/>\n", chartHeight, chartWidth)
		s.draw(&b, s.cpu, "CPU, s", "#2563eb", -10, "%.1f")
		s.draw(&b, s.peak, "memory, MiB", "#b45309", 6, "%.0f")
		for _, size := range s.sizes {
			fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%d</text>\n", s.x(size), chartHeight+16, s.of(size))
		}
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// x returns where a size stands in the chart.
func (s *series) x(size synthetic.Size) int {
	return s.of(size) * chartWidth / s.of(s.sizes[len(s.sizes)-1])
}

// draw draws values as a line, with the last written at its end and the name at the top.
func (s *series) draw(b *bytes.Buffer, values []spread, name, color string, nameY int, format string) {
	largest := 0.0
	for _, v := range values {
		largest = max(largest, v.median)
	}
	points := make([]string, len(values))
	for i, v := range values {
		points[i] = fmt.Sprintf("%d,%d", s.x(s.sizes[i]), chartHeight-int(v.median/largest*chartHeight*0.9))
	}
	fmt.Fprintf(b, "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n", strings.Join(points, " "), color)
	fmt.Fprintf(b, "<text x=\"4\" y=\"%d\" fill=\"%s\">%s: "+format+"</text>\n", nameY, color, name, values[len(values)-1].median)
}
