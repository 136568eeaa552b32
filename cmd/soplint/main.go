// Soplint finds the places where a Go server lets other web sites read its
// answers or act through its users' browsers. Run "soplint help" for its use.
package main

import (
	"os"

	"github.com/soplint/soplint/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
