package driver

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// overlayList is the name of the file that lists an overlay for the go command.
const overlayList = "overlay.json"

// writeOverlay writes the overlay into a new directory, which is for the
// caller to remove. The go command takes files that replace files.
func writeOverlay(overlay map[string][]byte) (dir string, err error) {
	dir, err = os.MkdirTemp("", "soplint")
	if err != nil {
		return "", err
	}
	if err := fillOverlay(dir, overlay); err != nil {
		os.RemoveAll(dir)
		return "", err
	}
	return dir, nil
}

func fillOverlay(dir string, overlay map[string][]byte) error {
	replace := make(map[string]string, len(overlay))
	for name, content := range overlay {
		copied := filepath.Join(dir, fmt.Sprintf("%d.go", len(replace)))
		if err := os.WriteFile(copied, content, 0o600); err != nil {
			return err
		}
		replace[name] = copied
	}
	list, err := json.Marshal(struct{ Replace map[string]string }{replace})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, overlayList), list, 0o600)
}

// largest is the size in bytes beyond which a source file is not read: parsed, it
// takes many times as much memory. Nobody writes files that come near it.
const largest = 32 << 20

// readSource reads a file of the program.
func (r *run) readSource(name string) ([]byte, error) {
	if content, ok := r.Overlay[name]; ok {
		return content, nil
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > largest {
		return nil, fmt.Errorf("it is no regular file, or larger than %d MB", largest>>20)
	}
	return os.ReadFile(name)
}
