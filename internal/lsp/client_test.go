package lsp

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/soplint/soplint/internal/driver/drivertest"
)

// A client talks to a server that runs in the same process.
type client struct {
	t      testing.TB
	out    io.WriteCloser
	in     *conn
	ids    int
	dir    string
	ended  chan error
	die    func()                  // closes both ways, as the end of the client's process does
	shown  map[string][]diagnostic // by the name of the file
	others []incoming              // notifications and requests of the server
}

// deadline is how long a test waits for what must come: tests do not depend on
// how soon it does.
const deadline = 5 * time.Minute

// serve starts a server for a module of files, with the checks of drivertest.
func serve(t testing.TB, files map[string]string) *client {
	t.Helper()
	return serveWith(t, files, Options{Version: "v1", Checks: drivertest.Checks(), WebPackage: drivertest.WebPackage})
}

// serveWith starts a server with options for a module of files.
func serveWith(t testing.TB, files map[string]string, o Options) *client {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for name, value := range map[string]string{"GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOWORK": "", "GOENV": "off"} {
		t.Setenv(name, value)
	}
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	c := &client{t: t, out: fromClient, in: newConn(toClient, nil), dir: dir, ended: make(chan error, 1), shown: make(map[string][]diagnostic)}
	go func() {
		err := Serve(t.Context(), toServer, fromServer, o)
		fromServer.Close()
		c.ended <- err
	}()
	c.die = func() { fromClient.Close(); toClient.Close() }
	t.Cleanup(c.die)
	timer := time.AfterFunc(deadline, func() { toClient.CloseWithError(fmt.Errorf("nothing came in %v", deadline)) })
	t.Cleanup(func() { timer.Stop() })
	return c
}

func (c *client) raw(content string) {
	fmt.Fprintf(c.out, "Content-Length: %d\r\n\r\n%s", len(content), content)
}

func (c *client) notify(method string, params any) {
	newConn(strings.NewReader(""), c.out).notify(method, params)
}

// answer is a response as the client sees it.
type answer struct {
	ID     *json.RawMessage `json:"id"`
	Method string           `json:"method"`
	Params json.RawMessage  `json:"params"`
	Result json.RawMessage  `json:"result"`
	Error  *responseError   `json:"error"`
}

// next reads one message, and takes note of it if it is no response.
func (c *client) next() (a answer, isResponse bool) {
	c.t.Helper()
	content, err := c.in.read()
	if err != nil {
		c.t.Fatalf("reading from the server: %v", err)
	}
	if err := json.Unmarshal(content, &a); err != nil {
		c.t.Fatalf("%v in %s", err, content)
	}
	if a.Method == "textDocument/publishDiagnostics" {
		var params publishDiagnosticsParams
		if err := json.Unmarshal(a.Params, &params); err != nil {
			c.t.Fatal(err)
		}
		name, err := filepath.Rel(c.dir, pathOf(params.URI))
		if err != nil {
			c.t.Fatal(err)
		}
		c.shown[filepath.ToSlash(name)] = params.Diagnostics
	} else if a.Method != "" {
		c.others = append(c.others, incoming{a.ID, a.Method, a.Params})
	}
	return a, a.Method == ""
}

// call sends a request and waits for its response.
func (c *client) call(method string, params, result any) *responseError {
	c.t.Helper()
	c.ids++
	id := json.RawMessage(fmt.Sprint(c.ids))
	newConn(strings.NewReader(""), c.out).write(message{JSONRPC: "2.0", ID: &id, Method: method, Params: params})
	for {
		a, isResponse := c.next()
		if !isResponse {
			continue
		}
		if a.ID == nil || string(*a.ID) != string(id) {
			c.t.Fatalf("response to %s, want one to %s", *a.ID, id)
		}
		if a.Error == nil && result != nil {
			if err := json.Unmarshal(a.Result, result); err != nil {
				c.t.Fatalf("%v in %s", err, a.Result)
			}
		}
		return a.Error
	}
}

func (c *client) initialize(capabilities string) {
	c.t.Helper()
	var result struct {
		Capabilities map[string]json.RawMessage `json:"capabilities"`
	}
	params := map[string]any{"rootUri": uriOf(c.dir), "capabilities": json.RawMessage(capabilities)}
	if err := c.call("initialize", params, &result); err != nil {
		c.t.Fatal(err)
	}
	if result.Capabilities["codeActionProvider"] == nil || result.Capabilities["hoverProvider"] == nil {
		c.t.Fatalf("capabilities: %v", result.Capabilities)
	}
	c.notify("initialized", struct{}{})
}

func (c *client) uri(name string) string {
	return uriOf(filepath.Join(c.dir, filepath.FromSlash(name)))
}

func (c *client) open(name, content string) {
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{
		"uri": c.uri(name), "languageId": "go", "version": 1, "text": content}})
}

func (c *client) change(name, content string) {
	c.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": c.uri(name), "version": 2},
		"contentChanges": []map[string]string{{"text": content}}})
}

// wait reads until the diagnostics of the file are those, as line:column code.
func (c *client) wait(name string, want ...string) {
	c.t.Helper()
	for {
		diagnostics, any := c.shown[name]
		var got []string
		for _, d := range diagnostics {
			got = append(got, fmt.Sprintf("%d:%d %s", d.Range.Start.Line, d.Range.Start.Character, d.Code))
		}
		if any && slices.Equal(got, want) {
			return
		}
		c.next()
	}
}

// end shuts the server down, and returns what Serve did.
func (c *client) end() error {
	c.t.Helper()
	if err := c.call("shutdown", nil, nil); err != nil {
		c.t.Error(err)
	}
	c.notify("exit", nil)
	return <-c.ended
}
