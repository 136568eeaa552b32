package cli

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// asCache is the argument that makes the test binary a program for GOCACHEPROG.
const asCache = "serve-cache"

// These tell it the folder that machines share, and that of this machine.
const (
	sharedFolder  = "SOPLINT_TEST_SHARED"
	machineFolder = "SOPLINT_TEST_MACHINE"
)

// unitLog is the file in which the test binary, as the tool of go vet, notes each
// package that it is called for.
const unitLog = "SOPLINT_TEST_UNIT_LOG"

func noteUnit(args []string) error {
	name := os.Getenv(unitLog)
	if name == "" || len(args) == 0 || !isUnit(args) {
		return nil
	}
	log, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	_, err = log.WriteString(".")
	return err
}

// TestVetSharedCache has go vet use a cache that machines share, as GOCACHEPROG lets
// teams have it: on the second machine, to which the same source was checked out, the
// findings are there and no package is analysed.
func TestVetSharedCache(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	writeFiles(t, map[string]string{ // little, as all that it imports is compiled
		"go.mod":     "module example.com/app\n\ngo 1.24\n",
		"web/web.go": "package web\n\nfunc Bad() {}\n\nfunc Calls() { Bad() }\n",
		"app.go":     "package app\n\nimport \"example.com/app/web\"\n\nfunc f() { web.Calls() }\n",
	})
	t.Setenv("GOCACHEPROG", self+" "+asCache)
	t.Setenv(sharedFolder, t.TempDir())
	onMachine := func() (run vetRun, packages int) {
		log := filepath.Join(t.TempDir(), "log")
		t.Setenv(machineFolder, t.TempDir())
		t.Setenv(unitLog, log)
		run = vet(t)
		content, err := os.ReadFile(log)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		return run, len(content)
	}
	first, made := onMachine()
	first.check(t, []string{"app.go:5:12: calls Calls"}, nil)
	second, used := onMachine()
	if sortedText(second.stderr) != sortedText(first.stderr) {
		t.Errorf("the second machine reports\n%s, the first\n%s", second.stderr, first.stderr)
	}
	if made == 0 || used > 0 {
		t.Errorf("the first machine analyses %d packages, the second %d", made, used)
	}
	writeFile(t, "app.go", "package app\n\nimport \"example.com/app/web\"\n\nfunc f() {\n\tweb.Bad()\n}\n")
	changed, made := onMachine()
	changed.check(t, []string{"app.go:6:2: calls Bad"}, []string{"app.go:5:12"})
	if made != 1 {
		t.Errorf("%d packages are analysed for a change in one", made)
	}
}

func sortedText(text string) string { return strings.Join(sortedLines(text), "") }

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// A cacheRequest and a cacheAnswer are those of the protocol of GOCACHEPROG
// (cmd/go/internal/cacheprog).
type cacheRequest struct {
	ID                 int64
	Command            string
	ActionID, OutputID []byte
	BodySize           int64
}

type cacheAnswer struct {
	ID            int64
	Err           string   `json:",omitempty"`
	KnownCommands []string `json:",omitempty"`
	Miss          bool     `json:",omitempty"`
	OutputID      []byte   `json:",omitempty"`
	Size          int64    `json:",omitempty"`
	DiskPath      string   `json:",omitempty"`
}

// serveCache answers the go command until it closes the cache.
func serveCache(in io.Reader, out io.Writer) error {
	requests, answers := json.NewDecoder(in), json.NewEncoder(out)
	if err := answers.Encode(cacheAnswer{KnownCommands: []string{"get", "put", "close"}}); err != nil {
		return err
	}
	for {
		var request cacheRequest
		if err := requests.Decode(&request); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		answer := cacheAnswer{ID: request.ID}
		var err error
		switch request.Command {
		case "get":
			err = answer.get(request)
		case "put":
			var body []byte
			if request.BodySize > 0 {
				if err := requests.Decode(&body); err != nil {
					return err
				}
			}
			err = answer.put(request, body)
		case "close":
			return answers.Encode(answer)
		}
		if err != nil {
			answer.Err = err.Error()
		}
		if err := answers.Encode(answer); err != nil {
			return err
		}
	}
}

// get fetches an entry from the shared folder to this machine.
func (a *cacheAnswer) get(request cacheRequest) error {
	entry, err := os.ReadFile(filepath.Join(os.Getenv(sharedFolder), hex.EncodeToString(request.ActionID)))
	if err != nil || len(entry) < len(request.ActionID) {
		a.Miss = true
		return nil
	}
	a.OutputID = entry[:len(request.ActionID)]
	return a.keep(entry[len(request.ActionID):])
}

// put gives an entry to the shared folder, and keeps it on this machine.
func (a *cacheAnswer) put(request cacheRequest, body []byte) error {
	a.OutputID = request.OutputID
	shared := filepath.Join(os.Getenv(sharedFolder), hex.EncodeToString(request.ActionID))
	if err := os.WriteFile(shared, append(request.OutputID, body...), 0o600); err != nil {
		return err
	}
	return a.keep(body)
}

func (a *cacheAnswer) keep(body []byte) error {
	a.Size = int64(len(body))
	a.DiskPath = filepath.Join(os.Getenv(machineFolder), hex.EncodeToString(a.OutputID))
	if _, err := os.Stat(a.DiskPath); err == nil {
		return nil // somebody may be reading it
	}
	return os.WriteFile(a.DiskPath, body, 0o600)
}
