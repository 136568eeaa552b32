package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestNeovim runs the language server under a real editor.
func TestNeovim(t *testing.T) {
	source := "package web\n\nfunc Bad() {}\n\nfunc f() {\n\tBad()\n}\n"
	got := neovim(t, "nvim.lua", source)
	want := "found 6:2 soplint badcall/direct calls Bad\n" +
		"after the edit in line 8\n" +
		"action Remove the call\n" +
		"action Ignore badcall/direct here, with a reason to be written\n" +
		"gone after the fix\n"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if data, _ := os.ReadFile("web/web.go"); string(data) != source {
		t.Errorf("the file was changed:\n%s", data)
	}
}

// TestNeovimBesideGopls runs it in a buffer that gopls has, too.
func TestNeovimBesideGopls(t *testing.T) {
	if _, err := exec.LookPath("gopls"); err != nil {
		t.Skip("needs gopls: go install golang.org/x/tools/gopls@v0.23.0")
	}
	got := neovim(t, "nvim_gopls.lua", "package web\n\nimport \"fmt\"\n\nfunc Bad() {}\n\nfunc f() {\n\tfmt.Printf(\"%d\", \"x\")\n\tBad()\n}\n")
	want := "soplint in line 9\n" +
		"gopls in line 8\n" +
		"hover of soplint: **badcall/direct** (error): calls Bad\n" +
		"hover of gopls: func Bad()\n" +
		"both are there\n"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// neovim runs a script of testdata for a module with one package, and returns what
// it prints.
func neovim(t *testing.T, script, source string) string {
	t.Helper()
	if _, err := exec.LookPath("nvim"); err != nil {
		t.Skip("needs Neovim: apt-get install neovim")
	}
	script, err := filepath.Abs(filepath.Join("testdata", script))
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := writeFiles(t, map[string]string{"go.mod": "module example.com/app\n\ngo 1.24\n", "web/web.go": source})
	t.Setenv("SOPLINT_TEST_ROOT", dir)
	t.Setenv("SOPLINT_TEST_SERVER", self)
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv(asCommand, "1")
	out, err := exec.Command("nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", "luafile "+script).Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}
