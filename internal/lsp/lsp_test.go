package lsp

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/soplint/soplint/internal/source"
)

var files = map[string]string{
	"go.mod":         "module example.com/app\n\ngo 1.24\n",
	"web/web.go":     "package web\n\nfunc Bad() {}\n\nfunc Calls() {}\n",
	"app/app.go":     "package app\n\nimport \"example.com/app/web\"\n\nfunc f() { web.Calls() }\n",
	"quiet/quiet.go": "package quiet\n\nimport \"example.com/app/web\"\n\nfunc f() {\n\tweb.Bad() //soplint:ignore badcall for the test\n}\n",
}

const fixable = "package web\n\nfunc Bad() {}\n\nfunc Calls() {\n\t_ = \"𝄞\"; Bad()\n}\n"

// Diagnostics are those of the buffer, not of the file; a fix mends the buffer,
// and what depends on it shows that, too.
func TestBuffers(t *testing.T) {
	c := serve(t, files)
	c.initialize(`{}`)
	c.wait("web/web.go", "2:5 badcall/defined")
	c.open("app/app.go", files["app/app.go"])
	c.open("web/web.go", fixable)
	c.wait("web/web.go", "2:5 badcall/defined", "5:11 badcall/direct")
	d := c.shown["web/web.go"][1]
	if d.Severity != 1 || d.Source != "soplint" || d.Message != "calls Bad\nwhen: it is called" || d.Range.End.Character != 16 {
		t.Errorf("got %+v", d)
	}
	if d.CodeDescription == nil || d.CodeDescription.Href != "https://example.com/badcall#direct" {
		t.Errorf("description: %+v", d.CodeDescription)
	}
	if len(d.RelatedInformation) != 1 || d.RelatedInformation[0].Message != "in Calls" || d.RelatedInformation[0].Location.Range.Start.Line != 4 {
		t.Errorf("related: %+v", d.RelatedInformation)
	}
	var actions []codeAction
	at := textRange{Start: position{5, 12}, End: position{5, 12}}
	c.call("textDocument/codeAction", map[string]any{"textDocument": textDocumentID{URI: c.uri("web/web.go")}, "range": at}, &actions)
	if len(actions) != 2 || actions[0].Title != "Remove the call" || !strings.HasPrefix(actions[1].Title, "Ignore badcall/direct here") {
		t.Fatalf("actions: %+v", actions)
	}
	// The dependent was analysed against the buffer.
	c.change("app/app.go", files["app/app.go"]+"\n")
	c.wait("app/app.go", "4:11 badcall/indirect")

	fixed := applied(fixable, actions[0].Edit.Changes[c.uri("web/web.go")])
	if strings.Contains(fixed, "; Bad()") {
		t.Fatalf("not fixed:\n%s", fixed)
	}
	c.change("web/web.go", fixed)
	c.wait("web/web.go", "2:5 badcall/defined")
	c.wait("app/app.go")

	ignored := applied(fixable, actions[1].Edit.Changes[c.uri("web/web.go")])
	c.change("web/web.go", ignored)
	c.wait("web/web.go", "2:5 badcall/defined", "5:1 soplint/ignore", "6:11 badcall/direct")
	c.change("web/web.go", strings.Replace(ignored, "badcall/direct ", "badcall/direct for the test", 1))
	c.wait("web/web.go", "2:5 badcall/defined")
	c.notify("textDocument/didClose", map[string]any{"textDocument": textDocumentID{URI: c.uri("web/web.go")}})
	if err := c.end(); err != nil {
		t.Error(err)
	}
	if data, _ := os.ReadFile(filepath.Join(c.dir, "web", "web.go")); string(data) != files["web/web.go"] {
		t.Errorf("the file was changed:\n%s", data)
	}
}

// applied carries out edits the way a client does.
func applied(content string, edits []textEdit) string {
	for _, e := range slices.Backward(edits) {
		content = content[:offset(content, e.Range.Start)] + e.NewText + content[offset(content, e.Range.End):]
	}
	return content
}

// offset is the inverse of positionAt.
func offset(content string, p position) int {
	t := source.New(content)
	for i := range len(content) + 1 {
		if positionAt(t, i) == p {
			return i
		}
	}
	return -1
}

func TestSaving(t *testing.T) {
	c := serve(t, files)
	c.initialize(`{}`)
	c.wait("web/web.go", "2:5 badcall/defined")
	write := func(content string) {
		if err := os.WriteFile(filepath.Join(c.dir, "web", "web.go"), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write(fixable)
	c.notify("textDocument/didSave", map[string]any{"textDocument": textDocumentID{URI: c.uri("web/web.go")}})
	c.wait("app/app.go", "4:11 badcall/indirect") // not open
	write(files["web/web.go"])
	c.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []map[string]any{{"uri": c.uri("web/web.go"), "type": 2}}})
	c.wait("app/app.go")
	if c.shown["quiet/quiet.go"] != nil {
		t.Errorf("suppressed: %v", c.shown["quiet/quiet.go"])
	}
	c.notify("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{"removed": []workspaceFolder{{URI: uriOf(c.dir)}},
		"added": []workspaceFolder{{URI: uriOf(t.TempDir())}}}})
	c.wait("web/web.go")
	if err := c.end(); err != nil {
		t.Error(err)
	}
}

func TestHover(t *testing.T) {
	c := serve(t, files)
	c.initialize(`{}`)
	c.open("web/web.go", fixable)
	c.wait("web/web.go", "2:5 badcall/defined", "5:11 badcall/direct")
	var h *hover
	ask := func(line, character int) {
		h = nil
		c.call("textDocument/hover", positionParams{TextDocument: textDocumentID{URI: c.uri("web/web.go")}, Position: position{line, character}}, &h)
	}
	ask(5, 13)
	want := "**badcall/direct** (error): calls Bad\n\n*when:* it is called\n\n- web.go:5: in Calls\n\n" +
		"[calls of functions named bad or Bad](https://example.com/badcall#direct)\n"
	if h == nil || h.Contents.Value != want {
		t.Errorf("got %+v, want %q", h, want)
	}
	if ask(0, 0); h != nil {
		t.Errorf("got %+v where nothing is found", h)
	}
	// What is known is about another text until the analysis is through.
	c.change("web/web.go", "// changed\n"+fixable)
	ask(5, 13)
	if h != nil {
		t.Errorf("got %+v for a text that is gone", h)
	}
}

// Mistakes in the configuration are shown, and progress and watched files asked
// for, where the client can do that.
func TestClientCapabilities(t *testing.T) {
	withMistake := map[string]string{".soplint.yml": "chekcs: []\n"}
	for name, content := range files {
		withMistake[name] = content
	}
	c := serve(t, withMistake)
	c.initialize(`{"window": {"workDoneProgress": true}, "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}}`)
	var methods []string
	for !slices.Contains(methods, "window/showMessage") || !strings.Contains(strings.Join(methods, " "), "$/progress $/progress") {
		c.next()
		methods = methods[:0]
		for _, m := range c.others {
			methods = append(methods, m.Method)
		}
	}
	if !slices.Contains(methods, "client/registerCapability") || !slices.Contains(methods, "window/workDoneProgress/create") {
		t.Errorf("got %v", methods)
	}
	for _, m := range c.others {
		var params messageParams
		if m.Method == "window/showMessage" {
			if err := json.Unmarshal(m.Params, &params); err != nil || !strings.Contains(params.Message, `.soplint.yml:1: unknown key "chekcs"`) {
				t.Errorf("message %q, %v", params.Message, err)
			}
		}
	}
	c.raw(`{"jsonrpc": "2.0", "id": "progress", "result": null}`)
	c.notify("window/workDoneProgress/cancel", map[string]string{"token": "soplint"})
	if err := c.end(); err != nil {
		t.Error(err)
	}
}

func TestProtocolErrors(t *testing.T) {
	c := serve(t, files)
	if err := c.call("textDocument/hover", nil, nil); err == nil || err.Code != codeServerNotInitialized {
		t.Errorf("before initialize: %v", err)
	}
	c.initialize(`{}`)
	for method, want := range map[string]int{"initialize": codeInvalidRequest, "no/such": codeMethodNotFound, "$/no": codeMethodNotFound} {
		if err := c.call(method, struct{}{}, nil); err == nil || err.Code != want {
			t.Errorf("%s: %v, want %d", method, err, want)
		}
	}
	if err := c.call("textDocument/hover", []int{1}, nil); err == nil || err.Code != codeInvalidParams {
		t.Errorf("bad parameters: %v", err)
	}
	for _, content := range []string{"{", "[]", "1", "", `{"jsonrpc": "2.0"}`} {
		c.raw(content)
		for {
			a, isResponse := c.next()
			if !isResponse {
				continue
			}
			if a.Error == nil || a.Error.Code != codeParseError && a.Error.Code != codeInvalidRequest {
				t.Errorf("%q: %+v", content, a)
			}
			break
		}
	}
	// Nothing of this is answered, and nothing ends the server.
	c.notify("no/such", nil)
	c.notify("textDocument/didOpen", []int{1})
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": "untitled:1", "text": "x"}})
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": "file:///no/module/here.go", "text": "x"}})
	c.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": "file:///not/open.go"}, "contentChanges": []map[string]string{{"text": ""}}})
	c.notify("$/cancelRequest", map[string]any{"id": 1})
	c.open("web/web.go", "")
	c.change("web/web.go", "package")
	if err := c.call("shutdown", nil, nil); err != nil {
		t.Error(err)
	}
	if err := c.call("textDocument/hover", nil, nil); err == nil || err.Code != codeInvalidRequest {
		t.Errorf("after shutdown: %v", err)
	}
	c.notify("exit", nil)
	if err := <-c.ended; err != nil {
		t.Error(err)
	}
}

func TestEnds(t *testing.T) {
	for name, test := range map[string]struct{ sent, want string }{
		"exit at once":    {"Content-Length: 33\r\n\r\n" + `{"jsonrpc":"2.0","method":"exit"}`, "without shutdown"},
		"nothing":         {"", "without shutdown"},
		"no header":       {"hello\r\n\r\n", "header of a message"},
		"no length":       {"Content-Type: x\r\n\r\n", "bad Content-Length"},
		"negative length": {"Content-Length: -1\r\n\r\n", "bad Content-Length"},
		"large length":    {"Content-Length: 99999999999\r\n\r\n", "bad Content-Length"},
		"cut off":         {"Content-Length: 10\r\n\r\n{}", "message of 10 bytes"},
	} {
		err := Serve(t.Context(), strings.NewReader(test.sent), new(strings.Builder), Options{})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}

func TestJobs(t *testing.T) {
	j := &job{folders: map[string]bool{}}
	j.add("/m/a")
	j.merge(&job{folders: map[string]bool{"/m": true}})
	if got := j.patterns("/m"); !slices.Equal(got, []string{"./.", "./a"}) {
		t.Errorf("got %v", got)
	}
	j.merge(&job{})
	j.add("/m/b")
	if got := j.patterns("/m"); !slices.Equal(got, []string{"./..."}) {
		t.Errorf("all and one more: %v", got)
	}
}

// A change while a module is analysed ends that run; its folders are analysed
// with the next.
func TestOvertakenRun(t *testing.T) {
	w := newWorkspace(newConn(strings.NewReader(""), new(strings.Builder)), Options{})
	m := &module{dir: "/m", files: map[string]*known{}}
	w.modules["/m"] = m
	w.enqueue(m, "/m/a", 0)
	ended := false
	j, _ := w.next(func() { ended = true })
	w.enqueue(m, "/m/b", time.Hour)
	if j == nil || !ended || m.todo == nil {
		t.Fatalf("job %v, ended: %v", j, ended)
	}
	if other, wait := w.next(func() {}); other != nil || wait <= 0 {
		t.Errorf("a job before it is due: %v", other)
	}
	m.todo.merge(j)
	if got := m.todo.patterns("/m"); !slices.Equal(got, []string{"./a", "./b"}) {
		t.Errorf("got %v", got)
	}
}

// The user ends the analysis that progress is shown of; nothing comes of it.
func TestGivenUp(t *testing.T) {
	w := newWorkspace(newConn(strings.NewReader(""), new(strings.Builder)), Options{})
	m := &module{dir: "/m", files: map[string]*known{}}
	w.modules["/m"] = m
	w.enqueue(m, "", 0)
	ended := false
	j, _ := w.next(func() { ended = true })
	if w.giveUp(`"another"`); ended {
		t.Fatal("ended for another's token")
	}
	if w.giveUp(`"` + progressToken + `"`); !ended || !j.givenUp {
		t.Fatalf("job %+v, ended: %v", j, ended)
	}
	if m.todo != nil {
		t.Error("it is to be made again")
	}
}

func TestPaths(t *testing.T) {
	for _, path := range []string{"/a b/ü.go", "/%/x.go"} {
		if got := pathOf(uriOf(path)); got != path {
			t.Errorf("%q becomes %q", path, got)
		}
	}
}
