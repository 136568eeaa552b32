package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hostile unpacks a module of somebody who means harm, and goes there. The folder
// beside it is the user's.
func hostile(t *testing.T, files map[string]string) (outside string) {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	files["module/go.mod"] = "module example.com/hostile\n\ngo 1.24\n"
	files["outside/secret"] = secret
	for name, content := range files {
		full := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o666); err != nil {
			t.Skipf("no such names here: %v", err)
		}
	}
	t.Chdir(filepath.Join(root, "module"))
	for name, value := range map[string]string{"GOPROXY": "off", "GOFLAGS": "-mod=mod", "GOENV": "off", "GOWORK": "", "GOTOOLCHAIN": "local"} {
		t.Setenv(name, value)
	}
	return filepath.Join(root, "outside", "secret")
}

const secret = "secret: [never, shown\n"

const reported = `package hostile

import "net/http"

func handle(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	w.Header().Set("Access-Control-Allow-Credentials", "True")
}
`

// soplint runs the command and returns all that it prints.
func soplint(args ...string) (code int, printed string) {
	var stdout, stderr bytes.Buffer
	code = Main(args, strings.NewReader(""), &stdout, &stderr)
	return code, stdout.String() + stderr.String()
}

// TestLinksAreNotWrittenThrough names files to write that are links which the
// module brings.
func TestLinksAreNotWrittenThrough(t *testing.T) {
	outside := hostile(t, map[string]string{"module/a.go": reported})
	if err := os.Symlink(outside, "report"); err != nil {
		t.Skip("no symbolic links here")
	}
	for _, args := range [][]string{{"-o", "report"}, {"-format=json", "-o=report"}, {"-write-baseline=report"}} {
		code, printed := soplint(args...)
		if code != exitProblems || !strings.Contains(printed, "it is a symbolic link; name the file itself") {
			t.Errorf("%v: exit code %d: %s", args, code, printed)
		}
		if data, err := os.ReadFile(outside); err != nil || string(data) != secret {
			t.Errorf("%v: the file of the user is now %q, %v", args, data, err)
		}
	}
}

// TestFixStaysInModule fixes a source file that is a link to one of the user's.
func TestFixStaysInModule(t *testing.T) {
	outside := hostile(t, map[string]string{"outside/a.go": reported})
	mine := filepath.Join(filepath.Dir(outside), "a.go")
	if err := os.Symlink(mine, "a.go"); err != nil {
		t.Skip("no symbolic links here")
	}
	if linked, _ := os.ReadFile("a.go"); string(linked) != reported {
		t.Fatal("the link leads nowhere")
	}
	_, printed := soplint("-fix")
	if data, err := os.ReadFile(mine); err != nil || string(data) != reported {
		t.Errorf("the file of the user is now %q, %v: %s", data, err, printed)
	}
}

// TestConfigurationElsewhere has the configuration lead to a file of the user's,
// which messages would quote, and to a pipe, which would never end.
func TestConfigurationElsewhere(t *testing.T) {
	outside := hostile(t, map[string]string{"module/a.go": reported})
	if err := os.Symlink(outside, ".soplint.yml"); err != nil {
		t.Skip("no symbolic links here")
	}
	code, printed := soplint()
	if code != exitProblems || !strings.Contains(printed, "is a symbolic link to a file elsewhere") || strings.Contains(printed, "never") {
		t.Errorf("exit code %d: %s", code, printed)
	}
	if err := os.Remove(".soplint.yml"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(".soplint.yml", 0o777); err != nil {
		t.Fatal(err)
	}
	if code, printed := soplint(); code != exitProblems || !strings.Contains(printed, "is no file") {
		t.Errorf("exit code %d: %s", code, printed)
	}
}

// TestNoEscapes has names, texts and mistakes of the module hold what drives a
// terminal, and wants none of it in what is printed.
func TestNoEscapes(t *testing.T) {
	const escape = "\x1b]0;owned\x07\x1b[2J\u202e\u009b31m"
	hostile(t, map[string]string{
		"module/a.go":                      reported,
		"module/b" + escape + ".go":        strings.ReplaceAll(reported, "handle", "other"),
		"module/c/broken" + escape + ".go": "package c\n\nvar x int = \"" + escape + "\"\n",
		"module/d/d.go":                    "package d\n\nimport \"net/http\"\n\nvar _ = http.StatusOK\n\n//soplint:ignore " + escape + " why\n//soplint:ignore" + escape + "\nvar y = z\n",
		"module/page" + escape + ".html":   "<script>parent.postMessage(1, '*') // " + escape + "</script>",
		"module/e/e.go":                    "package e\n\nimport (\n\t\"embed\"\n\t\"net/http\"\n)\n\n//go:embed *.html\nvar f embed.FS\n\nvar _ = http.FS(f)\n",
		"module/e/p.html":                  "<script>parent.postMessage('" + escape + "', '*')</script>{{define \"a\"}}{{template \"a\"}}{{end}}",
	})
	for _, args := range [][]string{{}, {"-v"}, {"-format=json"}, {"-format=sarif"}, {"-format=github"}, {"-format=html"}, {"-checks=" + escape}, {"-" + escape},
		{"-config=" + escape}, {"-baseline=" + escape}, {"./" + escape}, {"explain", escape}, {"-C", escape}, {"-tags=" + escape}} {
		_, printed := soplint(args...)
		if i := strings.IndexAny(printed, "\x1b\x07\u202e\u009b"); i >= 0 && !strings.HasPrefix(strings.Join(args, ""), "-format=json") && !strings.HasPrefix(strings.Join(args, ""), "-format=sarif") {
			t.Errorf("%q prints %q", args, printed[max(0, i-80):min(len(printed), i+20)])
		} else if strings.ContainsAny(printed, "\x1b\x07") {
			t.Errorf("%q prints what drives a terminal", args)
		}
	}
}

// TestNothingRuns analyses a module that asks for commands in all ways that Go
// source has for that.
func TestNothingRuns(t *testing.T) {
	outside := hostile(t, map[string]string{
		"module/a.go": strings.Replace(reported, "func handle", `//go:generate touch generated

func init() { os.WriteFile("init", nil, 0o666) }

var _ = os.WriteFile("variable", nil, 0o666)

func handle`, 1),
		"module/a_test.go":    "package hostile\n\nimport (\n\t\"os\"\n\t\"testing\"\n)\n\nfunc TestMain(m *testing.M) { os.WriteFile(\"test\", nil, 0o666) }\n",
		"module/Makefile":     "all:\n\ttouch made\n",
		"module/.soplint.yml": "development: ['$(touch configured)']\n",
		"module/b/b.go":       "package b\n\nimport (\n\t_ \"embed\"\n\t\"net/http\"\n)\n\n//go:embed ../../outside/secret\nvar s string\n\nvar _ = http.StatusOK\n",
	})
	source, err := os.ReadFile("a.go")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("a.go", bytes.Replace(source, []byte(`import "net/http"`), []byte("import (\n\t\"net/http\"\n\t\"os\"\n)"), 1), 0o666); err != nil {
		t.Fatal(err)
	}
	before := listing(t)
	for _, args := range [][]string{{}, {"-tests"}, {"-diff"}} {
		if _, printed := soplint(args...); strings.Contains(printed, "never") {
			t.Errorf("%v shows what stands in %s: %s", args, outside, printed)
		}
	}
	if after := listing(t); after != before {
		t.Errorf("there is now\n%s\nand was\n%s", after, before)
	}
}

func listing(t *testing.T) string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

// TestDeepSource has what can be nested in Go source nested deep, and deeper than
// go/parser takes it (golang.org/issue/46516), beside a handler that is reported.
func TestDeepSource(t *testing.T) {
	nested := func(open, inner, shut string, depth int) string {
		return strings.Repeat(open, depth) + inner + strings.Repeat(shut, depth)
	}
	for name, test := range map[string]struct {
		value string
		want  int
	}{
		"parentheses":     {nested("(", "1", ")", 10_000), exitFindings},
		"too many":        {nested("(", "1", ")", 100_001), exitProblems},
		"literals":        {nested("[]any{", "1", "}", 1000), exitFindings},
		"closures":        {nested("func() int { return ", "1", " }()", 50), exitFindings},
		"calls":           {nested("f(", "1", ")", 1000), exitFindings},
		"unary operators": {nested("- ", "f(1)", "", 1000), exitFindings},
		"a sum":           {nested("f(1) + ", "1", "", 1000), exitFindings},
		"indices":         {nested("x[", "1", "]", 500), exitFindings},
	} {
		t.Run(name, func(t *testing.T) {
			hostile(t, map[string]string{
				"module/a.go":         reported,
				"module/deep/deep.go": "package deep\n\nimport \"net/http\"\n\nfunc f(n int) int { return http.StatusOK }\n\nvar x [2]int\n\nvar y any = " + test.value + "\n",
			})
			code, printed := soplint("./...")
			if code != test.want || !strings.Contains(printed, "corsorigin/reflected") {
				t.Errorf("exit code %d: %.500s", code, printed)
			}
		})
	}
}

// TestWorkFiles has the module bring a go.work: one that is none, one that takes
// itself for a module of another folder, and one that unites it with a folder of
// the user's, of which nothing may be reported or changed.
func TestWorkFiles(t *testing.T) {
	outside := hostile(t, map[string]string{
		"module/a.go":      reported,
		"outside/go.mod":   "module example.com/mine\n\ngo 1.24\n",
		"outside/mine.go":  strings.Replace(reported, "package hostile", "package mine", 1),
		"module/go.work":   "go 1.24\n\nuse (\n\t.\n\t../outside\n)\n",
		"module/b/go.work": "go 1.24\n\nuse .\n",
		"module/c/go.work": strings.Repeat("use (\n", 100_000),
		"module/d/go.work": "go 1.24\n\nuse \x1b[2J\n",
		"module/e/go.work": "go 1.24\n\nreplace example.com/hostile => /\n\nuse ..\n",
		"module/b/go.mod":  "module example.com/hostile/b\n\ngo 1.24\n",
		"module/b/b.go":    strings.Replace(reported, "package hostile", "package b", 1),
		"module/c/c.go":    "package c\n",
		"module/d/d.go":    "package d\n",
		"module/e/e.go":    "package e\n",
	})
	mine := filepath.Join(filepath.Dir(outside), "mine.go")
	before, err := os.ReadFile(mine)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOFLAGS", "")
	code, printed := soplint("-fix", "./...")
	if strings.Contains(printed, "mine.go") {
		t.Errorf("exit code %d: %s", code, printed)
	}
	if fixed, err := os.ReadFile("a.go"); err != nil || string(fixed) == reported {
		t.Errorf("nothing was fixed: exit code %d: %s", code, printed)
	}
	if after, err := os.ReadFile(mine); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file of the user is now %q, %v", after, err)
	}
	for folder, want := range map[string]int{"b": exitFindings, "c": exitProblems, "d": exitProblems, "e": exitProblems} {
		if code, printed := soplint("-C", folder, "./..."); code != want || strings.Contains(printed, "\x1b") {
			t.Errorf("%s: exit code %d: %.300s", folder, code, printed)
		}
	}
}

// TestFullDisk wants a report that cannot be written to be an error that says so.
func TestFullDisk(t *testing.T) {
	const full = "/dev/full"
	if _, err := os.Stat(full); err != nil {
		t.Skip("no device here that is always full")
	}
	hostile(t, map[string]string{"module/a.go": reported})
	for _, flag := range []string{"-o=" + full, "-write-baseline=" + full} {
		if code, printed := soplint(flag); code != exitProblems || !strings.Contains(printed, "no space left on device") {
			t.Errorf("%s: exit code %d: %s", flag, code, printed)
		}
	}
	device, err := os.OpenFile(full, os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer device.Close()
	var stderr bytes.Buffer
	if code := Main(nil, strings.NewReader(""), device, &stderr); code != exitProblems || !strings.Contains(stderr.String(), "no space left on device") {
		t.Errorf("to the standard output: exit code %d: %s", code, &stderr)
	}
}
