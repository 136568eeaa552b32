package driver

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/soplint/soplint/internal/finding"
)

// A program is what the go command knows about the packages to analyse.
type program struct {
	env      goEnv
	packages []*listed // dependencies first
	failure  error     // why the go command gave up, if it did
	flags    []string  // that the go command needed besides those asked for
	problems []finding.Problem
	notices  []string
}

// load asks the go command for the packages of patterns. Where the vendor
// folder is incomplete, which makes the go command refuse, it asks again for
// packages from the module cache.
func load(ctx context.Context, g goCommand, patterns []string) (*program, error) {
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	type answer struct {
		env goEnv
		err error
	}
	environment := make(chan answer, 1)
	go func() {
		env, err := g.environment(ctx)
		environment <- answer{env, err}
	}()
	p := new(program)
	p.packages, p.failure = g.list(ctx, patterns)
	env := <-environment
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.env = env.env
	if p.failure == nil {
		p.failure = env.err
	}
	if p.incompleteVendor() {
		if dir := p.withoutVendor(ctx, g, patterns); dir != "" {
			defer os.RemoveAll(dir)
		}
	}
	p.aroundUnreadable(ctx, g, patterns)
	return p, ctx.Err()
}

// incompleteVendor reports whether packages are missing because the go command
// looks for them in a vendor folder only, without having been told to.
func (p *program) incompleteVendor() bool {
	if strings.Contains(p.env.GOFLAGS, "-mod=") {
		return false
	}
	if p.failure != nil && vendorFailure(p.failure.Error()) {
		return true
	}
	for _, pkg := range p.packages {
		if pkg.Error != nil && vendorFailure(pkg.Error.Err) {
			return true
		}
	}
	return false
}

func vendorFailure(text string) bool {
	return strings.Contains(text, "inconsistent vendoring") ||
		strings.Contains(text, "-mod=vendor") ||
		strings.Contains(text, "cannot find module providing package") && strings.Contains(text, "vendor")
}

// withoutVendor loads again with packages from the module cache. Nothing of
// the user's may change, so the go command gets a copy of go.mod to complete;
// in a workspace it takes neither a copy nor -mod=mod, and reads only. The
// directory of the copy is for the caller to remove.
func (p *program) withoutVendor(ctx context.Context, g goCommand, patterns []string) (dir string) {
	flags, mode := []string{"-mod=readonly"}, "-mod=readonly"
	if p.env.GOWORK == "" || p.env.GOWORK == "off" {
		var err error
		if dir, err = copyModuleFiles(p.env.GOMOD); err != nil {
			return dir
		}
		mode = "-mod=mod"
		flags = []string{mode, "-modfile=" + filepath.Join(dir, "go.mod")}
	}
	packages, failure := g.list(ctx, patterns, flags...)
	if failure != nil && len(packages) == 0 {
		return dir // the first answer says more
	}
	p.packages, p.failure, p.flags = packages, failure, flags
	p.notices = append(p.notices, "vendor folder is incomplete: loaded with "+mode)
	return dir
}

// copyModuleFiles copies go.mod and go.sum into a new temporary directory.
func copyModuleFiles(mod string) (dir string, err error) {
	data, err := os.ReadFile(mod)
	if err != nil {
		return "", err
	}
	dir, err = os.MkdirTemp("", "soplint")
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), data, 0o600); err != nil {
		return dir, err
	}
	sums, err := os.ReadFile(filepath.Join(filepath.Dir(mod), "go.sum"))
	if os.IsNotExist(err) {
		return dir, nil
	}
	if err != nil {
		return dir, err
	}
	return dir, os.WriteFile(filepath.Join(dir, "go.sum"), sums, 0o600)
}
