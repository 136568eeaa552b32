package cli

import "github.com/soplint/soplint/internal/model"

// isWebPackage reports whether a package that imports path, directly or not,
// is worth analysing.
func isWebPackage(path string) bool {
	return model.Builtin().Find("web", path) != nil
}
