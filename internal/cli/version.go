package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is that of the module the command was built from, or "devel".
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}

// version prints the version, and what the command was built with and for.
func (a *app) version(args []string) (int, error) {
	if err := noArguments("version", args); err != nil {
		return 0, err
	}
	fmt.Fprintf(a.stdout, "soplint %s %s %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return exitClean, nil
}
