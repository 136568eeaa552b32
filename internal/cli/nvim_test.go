package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestNeovim runs the language server under a real editor.
func TestNeovim(t *testing.T) {
	if _, err := exec.LookPath("nvim"); err != nil {
		t.Skip("needs Neovim: apt-get install neovim")
	}
	script, err := filepath.Abs("testdata/nvim.lua")
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	source := "package web\n\nfunc Bad() {}\n\nfunc f() {\n\tBad()\n}\n"
	dir := writeFiles(t, map[string]string{"go.mod": "module example.com/app\n\ngo 1.24\n", "web/web.go": source})
	t.Setenv("SOPLINT_TEST_ROOT", dir)
	t.Setenv("SOPLINT_TEST_SERVER", self)
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv(asCommand, "1")
	out, err := exec.Command("nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", "luafile "+script).Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := "found 6:2 soplint badcall/direct calls Bad\n" +
		"after the edit in line 8\n" +
		"action Remove the call\n" +
		"action Ignore badcall/direct here, with a reason to be written\n" +
		"gone after the fix\n"
	if string(out) != want {
		t.Errorf("got:\n%s\nwant:\n%s", out, want)
	}
	if data, _ := os.ReadFile("web/web.go"); string(data) != source {
		t.Errorf("the file was changed:\n%s", data)
	}
}
