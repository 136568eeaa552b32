package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestVet runs the command the way "go vet" does.
func TestVet(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, content := range map[string]string{
		"go.mod":     "module example.com/app\n\ngo 1.24\n",
		"web/web.go": "package web\n\nfunc Bad() {}\n\nfunc Calls() { Bad() }\n",
		"app.go":     "package app\n\nimport \"example.com/app/web\"\n\nfunc f() { web.Calls() }\n",
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	vet := func(flags ...string) string {
		args := append(append([]string{"vet", "-vettool=" + self}, flags...), "./...")
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), asCommand+"=1", "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "GOENV=off")
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Run(); err == nil {
			t.Errorf("go vet %v: exit code 0, want 1", flags)
		}
		return out.String()
	}
	plain := vet()
	for _, want := range []string{"web/web.go:5:16: calls Bad", "app.go:5:12: calls Calls, which calls Bad"} {
		if !strings.Contains(plain, want) {
			t.Errorf("no %q in:\n%s", want, plain)
		}
	}
	if strings.Contains(plain, "defines Bad") {
		t.Errorf("a note without being asked for:\n%s", plain)
	}
	if notes := vet("-soplint.notes"); !strings.Contains(notes, "web/web.go:3:6: defines Bad") {
		t.Errorf("no note in:\n%s", notes)
	}
}

func TestIsVetCall(t *testing.T) {
	for args, want := range map[string]bool{
		"-V=full":           true,
		"-flags":            true,
		"unit.cfg":          true,
		"-json unit.cfg":    true,
		"":                  false,
		"./...":             false,
		"-format=json ./x":  false,
		"version":           false,
		"-v -o report.json": false,
	} {
		if got := isVetCall(strings.Fields(args)); got != want {
			t.Errorf("isVetCall(%q) = %v", args, got)
		}
	}
}
