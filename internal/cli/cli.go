// Package cli is the soplint command: flags, subcommands, exit codes.
package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/soplint/soplint/analyzers"
	"github.com/soplint/soplint/internal/report"
	"github.com/soplint/soplint/internal/rule"
)

// The exit codes of the command.
const (
	exitClean    = 0 // nothing at or above -fail-on
	exitFindings = 1
	exitProblems = 2 // something could not be analysed, or bad usage
)

// Main runs the command with args, which do not include its name, and returns
// its exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{checks: analyzers.All(), stdin: stdin, stdout: stdout, stderr: stderr}
	return a.main(args)
}

// An app is the command with all that it depends on.
type app struct {
	checks         []rule.Check
	web            func(path string) bool // nil: as the models say
	stdin          io.Reader
	stdout, stderr io.Writer
}

func (a *app) main(args []string) int {
	command := a.analyse
	if isVetCall(args) {
		command = a.vet
	} else if len(args) > 0 {
		if named, ok := a.commands()[args[0]]; ok {
			command, args = named, args[1:]
		}
	}
	code, err := command(args)
	if err != nil {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			fmt.Fprintf(a.stderr, "soplint: %s\n", report.Printable(line))
		}
		return exitProblems
	}
	return code
}

func (a *app) commands() map[string]func(args []string) (int, error) {
	return map[string]func(args []string) (int, error){
		"cache":   a.cache,
		"explain": a.explain,
		"help":    a.help,
		"list":    a.list,
		"lsp":     a.lsp,
		"map":     a.mapRoutes,
		"version": a.version,
	}
}

const usage = `soplint finds where a Go server lets other sites read its answers or act
through its users' browsers.

usage:
  soplint [flags] [packages]     analyse packages (default ./...)
  soplint list                   list checks and rules with their severities
  soplint explain CHECK[/RULE]   say what a check reports, why, and how to mend it
  soplint map [flags] [packages] show every route: who may read it, send to it, and what stops them
  soplint lsp                    serve an editor on standard input and output
  soplint cache clean|info       empty the cache of results, or say where and how large it is
  soplint version                print the version
  go vet -vettool=$(which soplint) ./...

flags:
`

const exits = `
exit code: 0 nothing at or above -fail-on, 1 findings, 2 bad usage or something
could not be analysed (what could be is still reported)
`

func (a *app) help(args []string) (int, error) {
	if len(args) > 0 {
		return a.explain(args)
	}
	var o options
	flags := o.flagSet()
	flags.SetOutput(a.stdout)
	fmt.Fprint(a.stdout, usage)
	flags.PrintDefaults()
	fmt.Fprint(a.stdout, exits)
	return exitClean, nil
}

// noArguments is the error of subcommands that take none.
func noArguments(command string, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("%s takes no arguments, got %q", command, args[0])
}

var errHelp = errors.New("help asked for")
