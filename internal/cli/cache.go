package cli

import (
	"crypto/sha256"
	"debug/elf"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/soplint/soplint/internal/cache"
	"github.com/soplint/soplint/internal/nearest"
)

// cacheVariable names the environment variable that says where the cache is.
const cacheVariable = "SOPLINT_CACHE"

// cacheDir is the folder of the cache: what the environment says, or one in the
// user's folder for caches.
func cacheDir() (string, error) {
	if dir := os.Getenv(cacheVariable); dir != "" {
		return dir, nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("set %s: %w", cacheVariable, err)
	}
	return filepath.Join(dir, "soplint"), nil
}

func openCache() (*cache.Store, error) {
	dir, err := cacheDir()
	if err != nil {
		return nil, err
	}
	return cache.Open(dir)
}

// cacheFor opens the cache for an analysis and tells what build of the command
// its entries are from. Without a cache the analysis takes longer, no more.
func (a *app) cacheFor(o *options) (store *cache.Store, identity string) {
	if o.noCache || o.survey != nil { // the cache has no maps
		return nil, ""
	}
	identity, err := buildIdentity()
	if err == nil {
		store, err = openCache()
	}
	if err != nil {
		if !o.quiet {
			fmt.Fprintf(a.stderr, "soplint: works without a cache: %v\n", err)
		}
		return nil, ""
	}
	return store, identity
}

// buildIdentity tells this build of the command from all others: by the
// identifier that the linker gave it, or by what it consists of.
func buildIdentity() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", err
	}
	if file, err := elf.Open(name); err == nil {
		defer file.Close()
		if section := file.Section(".note.go.buildid"); section != nil {
			if note, err := section.Data(); err == nil && len(note) > noteHead {
				return string(note), nil
			}
		}
	}
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return "", err
	}
	return string(h.Sum(nil)), nil
}

// noteHead is the size of a note without what it says, with the name of Go.
const noteHead = 16

// cache is the command of that name.
func (a *app) cache(args []string) (int, error) {
	commands := []string{"clean", "info"}
	if len(args) != 1 {
		return 0, fmt.Errorf("cache takes one argument: %s", strings.Join(commands, " or "))
	}
	store, err := openCache()
	if err != nil {
		return 0, err
	}
	switch args[0] {
	case "clean":
		return exitClean, store.Clean()
	case "info":
		return exitClean, a.cacheInfo(store)
	}
	return 0, fmt.Errorf("unknown command cache %s%s", args[0], nearest.Suggest(args[0], commands))
}

func (a *app) cacheInfo(store *cache.Store) error {
	info, err := store.Info()
	if err != nil {
		return err
	}
	const megabyte = 1 << 20
	fmt.Fprintf(a.stdout, "folder %s\n%d entries, %.1f MB\n", store.Dir(), info.Entries, float64(info.Bytes)/megabyte)
	if !info.Oldest.IsZero() {
		fmt.Fprintf(a.stdout, "oldest use %s\n", info.Oldest.Format(time.DateOnly))
	}
	return nil
}
