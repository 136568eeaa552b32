package cli

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/soplint/soplint/analyzers"
	"github.com/soplint/soplint/internal/driver/drivertest"
	"github.com/soplint/soplint/internal/rule"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata")

// asCommand makes the test binary the soplint command with the checks of
// drivertest, for what ends the process.
const asCommand = "SOPLINT_TEST_COMMAND"

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == asCache {
		if err := serveCache(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if os.Getenv(asCommand) != "" {
		if err := noteUnit(os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(testApp(os.Stdin, os.Stdout, os.Stderr).main(os.Args[1:]))
	}
	os.Exit(m.Run())
}

func testApp(stdin, stdout, stderr *os.File) *app {
	return &app{checks: drivertest.Checks(), web: drivertest.WebPackage, stdin: stdin, stdout: stdout, stderr: stderr}
}

// TestScripts runs the archives in testdata. The comment of an archive is a
// script of these commands, its files are the directory that it runs in:
//
//	env NAME=VALUE      set a variable for what follows
//	cd DIR              change the directory for what follows
//	real                run soplint's own checks from here on, not those of drivertest
//	needs PROGRAM       skip the rest where the program is not installed
//	show FILE           its content must be in file want.N
//	soplint ARGUMENTS   run the command; what it prints must be in file want.N
//
// With -update the files want.N are written.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		file, err := filepath.Abs(file) // scripts change the directory
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s := newScript(t, archive)
			for line := range strings.Lines(string(archive.Comment)) {
				if !s.step(strings.TrimSpace(line)) {
					t.Skipf("stopped at %s", line)
				}
			}
			if *update && s.changed {
				if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

type script struct {
	t       *testing.T
	archive *txtar.Archive
	root    string
	runs    int
	changed bool
	checks  []rule.Check
	web     func(path string) bool
}

// newScript unpacks the archive and shuts the script off from the network and
// from the settings of whoever runs the test.
func newScript(t *testing.T, archive *txtar.Archive) *script {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "want.") {
			continue
		}
		name := filepath.Join(root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(root)
	for name, value := range map[string]string{"GOPROXY": "off", "GOFLAGS": "-mod=mod", "GOENV": "off",
		"GOWORK": "", cacheVariable: filepath.Join(root, "cache"), "GOOS": "", "GOARCH": "", "GOTOOLCHAIN": "local", "NO_COLOR": "1"} {
		t.Setenv(name, value)
	}
	return &script{t: t, archive: archive, root: root, checks: drivertest.Checks(), web: drivertest.WebPackage}
}

// step runs one line and reports whether the script goes on.
func (s *script) step(line string) bool {
	s.t.Helper()
	verb, rest, _ := strings.Cut(line, " ")
	switch verb {
	case "", "#":
	case "env":
		name, value, _ := strings.Cut(rest, "=")
		s.t.Setenv(name, value)
	case "cd":
		s.t.Chdir(filepath.FromSlash(rest))
	case "real":
		s.checks, s.web = analyzers.All(), nil
	case "needs":
		_, err := exec.LookPath(rest)
		return err == nil
	case "show":
		data, err := os.ReadFile(rest)
		if err != nil {
			s.t.Fatal(err)
		}
		s.runs++
		s.expect(fmt.Sprintf("want.%d", s.runs), line, string(data))
	case "soplint":
		s.run(line, strings.Fields(rest))
	default:
		s.t.Fatalf("unknown command %s", verb)
	}
	return true
}

func (s *script) run(line string, args []string) {
	s.t.Helper()
	s.runs++
	var stdout, stderr bytes.Buffer
	a := &app{checks: s.checks, web: s.web, stdout: &stdout, stderr: &stderr}
	code := a.main(args)
	got := fmt.Sprintf("exit %d\n", code)
	if stdout.Len() > 0 {
		got += "[stdout]\n" + stdout.String()
	}
	if stderr.Len() > 0 {
		got += "[stderr]\n" + stderr.String()
	}
	got = strings.ReplaceAll(got, s.root, "$ROOT")
	got = strings.ReplaceAll(got, fmt.Sprintf(`"version": %q`, version()), `"version": "$VERSION"`)
	s.expect(fmt.Sprintf("want.%d", s.runs), line, got)
}

func (s *script) expect(name, line, got string) {
	s.t.Helper()
	for i := range s.archive.Files {
		f := &s.archive.Files[i]
		if f.Name != name {
			continue
		}
		if *update {
			s.changed = s.changed || string(f.Data) != got
			f.Data = []byte(got)
		} else if string(f.Data) != got {
			s.t.Errorf("%s\ngot:\n%s\nwant:\n%s", line, got, f.Data)
		}
		return
	}
	if !*update {
		s.t.Fatalf("%s: the archive has no file %s; got:\n%s", line, name, got)
	}
	s.archive.Files = append(s.archive.Files, txtar.File{Name: name, Data: []byte(got)})
	s.changed = true
}
