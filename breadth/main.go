// Breadth runs soplint over the modules of modules.txt and writes a table of what
// came of it: whether anything went wrong that is soplint's own fault, how long it
// took, how much memory, how many reports.
//
//	go run . -soplint $(which soplint) -work DIR > ../docs/breadth.md
//
// Every module runs twice, with one processor and its packages by a pattern, then with
// four and its packages by name in another order, and both documents must be the same,
// byte by byte. Modules come through the go command, from where
// GOPROXY says: with GOPROXY=off only those that are in the module cache run.
package main

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
)

func main() {
	var r runner
	list := flag.String("modules", "modules.txt", "`file` with a module and its version on each line")
	only := flag.String("only", "", "run only the modules with `text` in their path")
	flag.StringVar(&r.soplint, "soplint", "soplint", "the `command` to run")
	flag.StringVar(&r.work, "work", "", "`directory` for copies of the modules; those that are there are used again")
	flag.BoolVar(&r.keep, "keep", false, "keep the copies")
	flag.Uint64Var(&r.free, "free", 4, "stop where fewer `gigabytes` are free in the directory of the copies")
	flag.StringVar(&r.kept, "outcomes", "", "`file` that keeps what became of each module, so that a later run goes on where this one ends")
	flag.Parse()
	// Who interrupts a run of hours gets the table of what was run by then.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := r.all(ctx, *list, *only); err != nil {
		fmt.Fprintln(os.Stderr, "breadth:", err)
		os.Exit(1)
	}
	table(os.Stdout, r.outcomes)
	if slices.ContainsFunc(r.outcomes, (*outcome).fails) {
		os.Exit(1)
	}
}

// read returns the modules of a list.
func read(name string) ([]module, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var modules []module
	scanner := bufio.NewScanner(bytes.NewReader(data))
	for scanner.Scan() {
		line, _, _ := strings.Cut(scanner.Text(), "#")
		switch words := strings.Fields(line); len(words) {
		case 0:
		case 2:
			modules = append(modules, module{words[0], words[1]})
		default:
			return nil, fmt.Errorf("%s: %q is not a module and its version", name, line)
		}
	}
	return modules, scanner.Err()
}

// table writes the outcomes as Markdown.
func table(w io.Writer, outcomes []*outcome) {
	sum := new(outcome)
	var whole, partly, none, differ, faults, slow int
	for _, o := range outcomes {
		switch {
		case o.Analysed == 0:
			none++
		case o.Errors > 0:
			partly++
		default:
			whole++
		}
		if o.Differs {
			differ++
		}
		if o.Slow {
			slow++
		}
		faults += len(o.Faults)
		sum.Lines += o.Lines
		sum.Reports += o.Reports
		sum.CPU += o.CPU
		sum.Peak = max(sum.Peak, o.Peak)
	}
	fmt.Fprintf(w, "# Breadth\n\nWritten by [breadth](../breadth): %d modules, each run twice, with\n"+
		"one processor and `./...`, then with four and the packages by name, shuffled.\n\n", len(outcomes))
	fmt.Fprintf(w, "* Analysed whole: %d; in part: %d; not at all, as the go command loads nothing of them: %d.\n", whole, partly, none)
	fmt.Fprintf(w, "* Crashes and errors that are soplint's own: %d. Runs that differ: %d. Runs beyond %s of CPU time: %d.\n", faults, differ, limit, slow)
	fmt.Fprintf(w, "* %d lines of Go, %d reports (errors and warnings; %s per 100,000 lines), %.0f s of CPU time, at most %d MB.\n\n",
		sum.Lines, sum.Reports, sum.rate(), sum.CPU.Seconds(), sum.Peak>>20)
	fmt.Fprint(w, "Packages is how many were parsed: those that reach a web package. Entries are the packages or patterns\n"+
		"that could not be analysed. Time and memory are those of the second run, the go command's included.\n\n")
	fmt.Fprint(w, "| module | lines | packages | entries | reports | per 100,000 lines | CPU s | MB | |\n|---|--:|--:|--:|--:|--:|--:|--:|---|\n")
	for _, o := range outcomes {
		fmt.Fprintf(w, "| %s %s | %d | %d | %d | %d | %s | %.1f | %d | %s |\n",
			o.Path, o.Version, o.Lines, o.Analysed, o.Errors, o.Reports, o.rate(), o.CPU.Seconds(), o.Peak>>20, o.remark())
	}
}
