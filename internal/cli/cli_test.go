package cli

import (
	"bytes"
	"os"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/soplint/soplint/internal/driver/drivertest"
)

func TestMainRunsTheRealChecks(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if code := Main([]string{"list"}, nil, &stdout, &stderr); code != 0 || stderr.Len() > 0 {
		t.Errorf("exit code %d, standard error %q", code, stderr.String())
	}
	if strings.Contains(stdout.String(), "badcall") || !strings.Contains(stdout.String(), "soplint/ignore") {
		t.Errorf("lists\n%s", stdout.String())
	}
}

func TestFlagsBehindPackages(t *testing.T) {
	var o options
	if err := o.parse([]string{"./a", "--format=json", "./b", "-v", "--", "-c"}); err != nil {
		t.Fatal(err)
	}
	if o.format != "json" || !o.verbose || strings.Join(o.patterns, " ") != "./a ./b -c" {
		t.Errorf("got %+v", o)
	}
}

// The report in a file is the one on standard output.
func TestOutputFile(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("GOFLAGS", "-mod=mod")
	t.Setenv("GOWORK", "off")
	t.Setenv(cacheVariable, t.TempDir())
	for name, content := range map[string]string{"go.mod": "module example.com/web\n", "web.go": "package web\n\nfunc bad() {}\n"} {
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var stdout, nothing bytes.Buffer
	(&app{checks: drivertest.Checks(), web: drivertest.WebPackage, stdout: &stdout, stderr: &nothing}).main(nil)
	(&app{checks: drivertest.Checks(), web: drivertest.WebPackage, stdout: &nothing, stderr: &nothing}).main([]string{"-o", "report"})
	data, err := os.ReadFile("report")
	if err != nil {
		t.Fatal(err)
	}
	if string(data) != stdout.String() || stdout.Len() == 0 || nothing.Len() > 0 {
		t.Errorf("file %q, standard output %q, else %q", data, stdout.String(), nothing.String())
	}
}

func TestProgressLine(t *testing.T) {
	var out bytes.Buffer
	p := &progress{out: &out, timer: time.NewTimer(time.Hour), text: "loading packages"}
	p.update(1, 9)
	if out.Len() > 0 {
		t.Errorf("%q before patience is over", out.String())
	}
	p.start()
	p.update(2, 9) // too soon after the line before
	p.shown = time.Time{}
	p.update(3, 9)
	p.stop()
	p.update(4, 9)
	want := "\r\x1b[Ksoplint: 1 of 9 packages\r\x1b[Ksoplint: 3 of 9 packages\r\x1b[K"
	if out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

func TestMemoryIsTheUsersChoice(t *testing.T) {
	old := debug.SetGCPercent(77)
	defer debug.SetGCPercent(old)
	t.Setenv("GOGC", "77")
	tuneMemory()()
	if now := debug.SetGCPercent(77); now != 77 {
		t.Errorf("GOGC is 77, collecting at %d", now)
	}
}
