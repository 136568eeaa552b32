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

// readSource reads a file of the program.
func (r *run) readSource(name string) ([]byte, error) {
	if content, ok := r.Overlay[name]; ok {
		return content, nil
	}
	return os.ReadFile(name)
}
