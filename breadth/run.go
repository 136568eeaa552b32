package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// limit is the CPU time that a module may take.
const limit = 120 * time.Second

type module struct{ Path, Version string }

type runner struct {
	soplint, work string
	keep          bool
	free          uint64
	kept          string // the file with the outcomes, if they are to be kept

	outcomes []*outcome
}

// An outcome is what became of a module.
type outcome struct {
	module
	Lines    int // of Go, tests and vendored code left out
	Analysed int // packages
	Errors   int // error entries
	Reports  int // errors and warnings
	CPU      time.Duration
	Peak     int64 // bytes
	Faults   []string
	Differs  bool
	Slow     bool
}

func (o *outcome) fails() bool { return len(o.Faults) > 0 || o.Differs || o.Slow }

func (o *outcome) rate() string {
	if o.Lines == 0 {
		return "0"
	}
	return fmt.Sprintf("%.1f", float64(o.Reports)*100_000/float64(o.Lines))
}

func (o *outcome) remark() string {
	remarks := append([]string(nil), o.Faults...)
	if o.Differs {
		remarks = append(remarks, "two runs differ")
	}
	if o.Slow {
		remarks = append(remarks, "too slow")
	}
	return strings.ReplaceAll(strings.Join(remarks, "; "), "|", "/")
}

// all runs the modules of a list, as many as there is room for, until ctx is done.
func (r *runner) all(ctx context.Context, list, only string) error {
	modules, err := read(list)
	if err != nil {
		return err
	}
	if r.soplint, err = exec.LookPath(r.soplint); err != nil {
		return err
	}
	if r.soplint, err = filepath.Abs(r.soplint); err != nil {
		return err
	}
	if err := os.MkdirAll(r.work, 0o777); err != nil {
		return err
	}
	if err := r.recall(); err != nil {
		return err
	}
	for i, m := range modules {
		if !strings.Contains(m.Path, only) || r.knows(m) {
			continue
		}
		if ctx.Err() != nil {
			fmt.Fprintf(os.Stderr, "breadth: interrupted, %d modules are left\n", len(modules)-i)
			return nil
		}
		var disk syscall.Statfs_t
		if err := syscall.Statfs(r.work, &disk); err != nil {
			return err
		}
		if disk.Bavail*uint64(disk.Bsize)>>30 < r.free {
			fmt.Fprintf(os.Stderr, "breadth: the disk is full, %d modules are left\n", len(modules)-i)
			return nil
		}
		o, err := r.one(m)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s %s: left out: %v\n", m.Path, m.Version, err)
			continue
		}
		fmt.Fprintf(os.Stderr, "%s %s: %d packages, %d entries, %d reports, %.1f s, %d MB %s\n",
			m.Path, m.Version, o.Analysed, o.Errors, o.Reports, o.CPU.Seconds(), o.Peak>>20, o.remark())
		r.outcomes = append(r.outcomes, o)
		if err := r.remember(o); err != nil {
			return err
		}
	}
	return nil
}

// recall reads the outcomes that another run has kept.
func (r *runner) recall() error {
	if r.kept == "" {
		return nil
	}
	data, err := os.ReadFile(r.kept)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	for {
		o := new(outcome)
		if err := decoder.Decode(o); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: %w", r.kept, err)
		}
		r.outcomes = append(r.outcomes, o)
	}
}

// knows reports whether there is an outcome of a module.
func (r *runner) knows(m module) bool {
	return slices.ContainsFunc(r.outcomes, func(o *outcome) bool { return o.module == m })
}

// remember keeps an outcome for runs to come.
func (r *runner) remember(o *outcome) error {
	if r.kept == "" {
		return nil
	}
	line, err := json.Marshal(o)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(r.kept, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	_, err = file.Write(append(line, '\n'))
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return err
}

// one runs a module twice, so differently as may make no difference: with one
// processor and the packages by a pattern, then with four and the packages by name,
// in another order.
func (r *runner) one(m module) (*outcome, error) {
	dir, copied, err := r.checkout(m)
	if copied && !r.keep {
		defer os.RemoveAll(dir)
	}
	if err != nil {
		return nil, err
	}
	o := &outcome{module: m, Lines: lines(dir)}
	first := r.run(dir, 1, "./...")
	second := r.run(dir, 4, shuffled(dir)...)
	o.Differs = !first.slow && !second.slow && !bytes.Equal(first.document, second.document)
	o.Slow = first.slow || second.slow
	o.CPU, o.Peak, o.Analysed = second.cpu, second.peak, second.analysed
	r.read(o, dir, second)
	return o, nil
}

// checkout copies a module out of the cache, which nothing may write to.
func (r *runner) checkout(m module) (dir string, copied bool, err error) {
	dir = filepath.Join(r.work, strings.ReplaceAll(m.Path, "/", "_")+"@"+m.Version)
	if _, err := os.Stat(dir); err == nil {
		return dir, false, nil
	}
	download := exec.Command("go", "mod", "download", "-json", m.Path+"@"+m.Version)
	download.Dir = r.work
	out, err := download.Output()
	var at struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(out, &at); jsonErr != nil {
		return dir, false, err
	}
	if at.Dir == "" {
		return dir, false, fmt.Errorf("%s", at.Error)
	}
	if err := os.CopyFS(dir, os.DirFS(at.Dir)); err != nil {
		return dir, true, err
	}
	err = filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() && entry.Name() != "go.mod" && entry.Name() != "go.sum" {
			return err
		}
		return os.Chmod(name, 0o755)
	})
	mod := filepath.Join(dir, "go.mod")
	if _, missing := os.Stat(mod); err == nil && missing != nil {
		err = os.WriteFile(mod, []byte("module "+m.Path+"\n\ngo 1.20\n"), 0o666)
	}
	return dir, true, err
}

// lines counts those of Go source.
func lines(dir string) int {
	count := 0
	_ = filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil
		case entry.IsDir() && (entry.Name() == "vendor" || entry.Name() == "testdata"):
			return fs.SkipDir
		case strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go"):
			data, _ := os.ReadFile(name)
			count += bytes.Count(data, []byte("\n"))
		}
		return nil
	})
	return count
}

// A run is what soplint did once.
type run struct {
	document, said []byte
	exit, analysed int
	cpu            time.Duration
	peak           int64
	slow           bool
}

var analysedPackages = regexp.MustCompile(`analysed (\d+) packages`)

// shuffled returns the packages of the module in dir in an order of their own, the
// same at each call, or the pattern for all of them where the go command cannot
// tell them apart.
func shuffled(dir string) []string {
	cmd := exec.Command("go", "list", "-e", "-f", "{{.ImportPath}}", "./...")
	cmd.Dir, cmd.Env = dir, environment()
	out, err := cmd.Output()
	packages := strings.Fields(string(out))
	if err != nil || len(packages) == 0 {
		return []string{"./..."}
	}
	rand.New(rand.NewPCG(1, uint64(len(packages)))).Shuffle(len(packages), func(i, j int) {
		packages[i], packages[j] = packages[j], packages[i]
	})
	return packages
}

// environment is what both the go command and soplint run with.
func environment() []string {
	return append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOTOOLCHAIN=local")
}

func (r *runner) run(dir string, processors int, patterns ...string) run {
	ctx, cancel := context.WithTimeout(context.Background(), 5*limit) // what hangs uses no CPU time
	defer cancel()
	cmd := exec.CommandContext(ctx, r.soplint, append([]string{"-v", "-no-cache", "-format=json"}, patterns...)...)
	cmd.Dir = dir
	cmd.Env = append(environment(), fmt.Sprintf("GOMAXPROCS=%d", processors))
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run() // the exit code says the rest
	state := cmd.ProcessState
	result := run{document: stdout.Bytes(), said: stderr.Bytes(), exit: -1}
	if state != nil {
		usage := state.SysUsage().(*syscall.Rusage)
		result.exit, result.cpu, result.peak = state.ExitCode(), state.UserTime()+state.SystemTime(), usage.Maxrss<<10
	}
	result.slow = ctx.Err() != nil || processors > 1 && result.cpu > limit
	if m := analysedPackages.FindSubmatch(result.said); m != nil {
		result.analysed, _ = strconv.Atoi(string(m[1]))
	}
	return result
}

// read takes counts and faults out of the document of a run.
func (r *runner) read(o *outcome, dir string, result run) {
	var document struct {
		Findings []struct {
			Severity   string
			Suppressed bool
		}
		Errors []struct{ Package, File, Message string }
	}
	if err := json.Unmarshal(result.document, &document); err != nil {
		if !result.slow {
			said, _, _ := strings.Cut(string(result.said), "\n")
			o.Faults = append(o.Faults, fmt.Sprintf("exit code %d, no document: %s", result.exit, said))
		}
		return
	}
	o.Errors = len(document.Errors)
	for _, f := range document.Findings {
		if f.Severity != "note" && !f.Suppressed {
			o.Reports++
		}
	}
	for _, e := range document.Errors {
		if strings.Contains(e.Message, "panicked") || strings.Contains(e.Message, "pass ") ||
			strings.HasPrefix(e.Message, "does not type-check") && builds(dir, e.Package) {
			o.Faults = append(o.Faults, e.Package+": "+e.Message)
		}
	}
}

// builds reports whether the go command compiles a package, which then is no
// fault of its authors.
func builds(dir, path string) bool {
	cmd := exec.Command("go", "list", "-export", "-f", "{{.Export}}", path)
	cmd.Dir, cmd.Env = dir, environment()
	out, err := cmd.Output()
	return err == nil && len(bytes.TrimSpace(out)) > 0
}
