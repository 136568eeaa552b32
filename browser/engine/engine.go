// Package engine starts real browsers, each with a new profile that is gone when
// the browser is closed.
package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// ErrAbsent is why a browser that is not installed cannot be started.
var ErrAbsent = errors.New("not installed")

// Options say how a browser reaches the web.
type Options struct {
	Proxy   string // address of the proxy for everything
	KeyHash string // base64 of the SHA-256 of the public key to accept certificates of
}

// A Browser is a running browser.
type Browser interface {
	// Version names the browser with its version.
	Version() string

	// Open shows a page in a tab of its own, until closeTab is called.
	Open(ctx context.Context, address string) (closeTab func(), err error)

	// Close ends the browser and removes its profile.
	Close() error
}

// find returns the path of a program: what the environment variable says, where
// there is one, or the first of the names that is on the path.
func find(variable string, names ...string) (string, error) {
	if path := os.Getenv(variable); path != "" {
		return exec.LookPath(path)
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	if variable == "" {
		return "", fmt.Errorf("%s is %w", names[0], ErrAbsent)
	}
	return "", fmt.Errorf("%s is %w (%s can say where it is)", names[0], ErrAbsent, variable)
}

// closeLimit is how long a browser may take to end.
const closeLimit = 10 * time.Second

// newProfile returns a new folder that holds one file.
func newProfile(name, content string) (string, error) {
	dir, err := os.MkdirTemp("", "soplint-browser-")
	if err != nil {
		return "", err
	}
	if err := writeFile(filepath.Join(dir, name), content); err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return dir, nil
}

// writeFile writes a file, and its folder if there is none.
func writeFile(name, content string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(content), 0o600)
}
