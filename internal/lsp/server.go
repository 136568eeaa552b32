// Package lsp is soplint as a language server, which editors run beside the one
// for Go: diagnostics from unsaved buffers, fixes, and what a check is about.
//
// The messages of the client are handled one after the other, and all are
// answered at once from what is known. The analysis runs beside that: what
// changed is analysed after a moment without another change, all else when a
// file is saved, and a run that a change overtakes is given up.
package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/soplint/soplint/internal/cache"
	"github.com/soplint/soplint/internal/rule"
)

// Options say how to serve.
type Options struct {
	Version string       // of soplint
	Checks  []rule.Check // the checks to run
	// WebPackage is the predicate of the driver's prefilter; nil: as the
	// models say.
	WebPackage func(path string) bool
	// Cache keeps results between analyses; nil keeps nothing. Identity tells the
	// build of the program from others.
	Cache    *cache.Store
	Identity string
	// Delay is how long no change may come before one is analysed.
	Delay time.Duration
}

// Serve answers the client that sends requests on in and reads answers on out,
// until it says exit or closes in. It returns an error if the client did not
// ask for the shutdown first.
func Serve(ctx context.Context, in io.Reader, out io.Writer, o Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	c := newConn(in, out)
	s := &server{Options: o, conn: c, workspace: newWorkspace(c, o)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.workspace.work(ctx)
	}()
	err := s.listen()
	cancel()
	<-done
	return err
}

// A server is the state of the conversation with one client.
type server struct {
	Options
	conn      *conn
	workspace *workspace

	initialized, shutDown bool
	watchFiles            bool // the client can tell of changed files
}

var errExit = errors.New("exit")

// listen handles messages until the client ends the conversation.
func (s *server) listen() error {
	for {
		content, err := s.conn.read()
		if err == nil {
			err = s.receive(content)
		}
		switch {
		case err == nil:
		case errors.Is(err, errExit) && s.shutDown:
			return nil
		case errors.Is(err, errExit), errors.Is(err, io.EOF):
			return errors.New("the client ended without shutdown")
		default:
			return err
		}
	}
}

func (s *server) receive(content []byte) error {
	var m incoming
	if err := json.Unmarshal(content, &m); err != nil {
		s.conn.reply(nil, nil, &responseError{codeParseError, "not a message: " + err.Error()})
		return nil
	}
	if m.Method == "" { // an answer to a request of ours, which we need nothing of
		if m.ID == nil {
			s.conn.reply(nil, nil, &responseError{codeInvalidRequest, "a message needs a method"})
		}
		return nil
	}
	if m.Method == "exit" {
		return errExit
	}
	result, err := s.handle(&m)
	if m.ID != nil {
		s.conn.reply(m.ID, result, asResponse(err))
	}
	return nil
}

func asResponse(err error) *responseError {
	var known *responseError
	if err == nil || errors.As(err, &known) {
		return known
	}
	return &responseError{codeInvalidParams, err.Error()}
}

// handle carries out one message. Notifications that nobody knows are ignored,
// as the protocol wants it.
func (s *server) handle(m *incoming) (result any, err error) {
	switch {
	case m.Method == "initialize" && s.initialized:
		return nil, &responseError{codeInvalidRequest, "initialize was sent before"}
	case m.Method != "initialize" && !s.initialized:
		return nil, &responseError{codeServerNotInitialized, "initialize must be sent first"}
	case s.shutDown:
		return nil, &responseError{codeInvalidRequest, "the server is shut down"}
	}
	handler, known := handlers[m.Method]
	if !known {
		return nil, &responseError{codeMethodNotFound, "unknown method " + m.Method}
	}
	return handler(s, m.Params)
}

// handlers are the methods that the server knows.
var handlers = map[string]func(s *server, params json.RawMessage) (any, error){
	"initialize":  with((*server).initialize),
	"initialized": with((*server).start),
	"shutdown":    with((*server).stop),

	"workspace/didChangeWorkspaceFolders": with((*server).foldersChanged),
	"workspace/didChangeWatchedFiles":     with((*server).filesChanged),
	"textDocument/didOpen":                with((*server).opened),
	"textDocument/didChange":              with((*server).changed),
	"textDocument/didSave":                with((*server).saved),
	"textDocument/didClose":               with((*server).closed),
	"textDocument/codeAction":             with((*server).codeAction),
	"textDocument/hover":                  with((*server).hover),
	"window/workDoneProgress/cancel":      with((*server).cancelProgress),
	// Requests are answered before the next message is read, so there is none
	// to cancel.
	"$/cancelRequest": with((*server).nothing),
	"$/setTrace":      with((*server).nothing),
}

// with decodes the parameters of a method.
func with[P any](method func(*server, *P) (any, error)) func(*server, json.RawMessage) (any, error) {
	return func(s *server, raw json.RawMessage) (any, error) {
		params := new(P)
		if len(raw) > 0 {
			if err := json.Unmarshal(raw, params); err != nil {
				return nil, fmt.Errorf("bad parameters: %w", err)
			}
		}
		return method(s, params)
	}
}

type anything struct{}

func (s *server) nothing(*anything) (any, error) { return nil, nil }

func (s *server) initialize(p *initializeParams) (any, error) {
	s.initialized = true
	s.workspace.showProgress = p.Capabilities.Window.WorkDoneProgress
	s.watchFiles = p.Capabilities.Workspace.DidChangeWatchedFiles.DynamicRegistration
	folders := p.WorkspaceFolders
	if len(folders) == 0 && p.RootURI != "" {
		folders = []workspaceFolder{{URI: p.RootURI}}
	}
	s.workspace.addFolders(folders)
	return map[string]any{
		"serverInfo": map[string]string{"name": "soplint", "version": s.Version},
		"capabilities": map[string]any{
			"positionEncoding":   "utf-16",
			"textDocumentSync":   map[string]any{"openClose": true, "change": 1, "save": map[string]any{}},
			"codeActionProvider": map[string]any{"codeActionKinds": []string{"quickfix"}},
			"hoverProvider":      true,
			"workspace":          map[string]any{"workspaceFolders": map[string]any{"supported": true, "changeNotifications": true}},
		},
	}, nil
}

// start begins the first analysis, and asks to be told of changed files.
func (s *server) start(*anything) (any, error) {
	if s.watchFiles {
		id := json.RawMessage(`"watch"`)
		var watchers []map[string]string
		for _, pattern := range []string{"**/*.go", "**/*.{html,htm,gohtml,tmpl,tpl,js,mjs}", "**/go.{mod,sum,work}", "**/.soplint.yml"} {
			watchers = append(watchers, map[string]string{"globPattern": pattern})
		}
		s.conn.write(message{JSONRPC: "2.0", ID: &id, Method: "client/registerCapability", Params: map[string]any{
			"registrations": []map[string]any{{"id": "watch", "method": "workspace/didChangeWatchedFiles",
				"registerOptions": map[string]any{"watchers": watchers}}},
		}})
	}
	s.workspace.analyseFolders()
	return nil, nil
}

func (s *server) stop(*anything) (any, error) {
	s.shutDown = true
	return nil, nil
}

func (s *server) foldersChanged(p *didChangeFoldersParams) (any, error) {
	s.workspace.removeFolders(p.Event.Removed)
	s.workspace.addFolders(p.Event.Added)
	s.workspace.analyseFolders()
	return nil, nil
}

func (s *server) filesChanged(p *didChangeWatchedFilesParams) (any, error) {
	for _, change := range p.Changes {
		s.workspace.changedOnDisk(pathOf(change.URI))
	}
	return nil, nil
}

func (s *server) opened(p *didOpenParams) (any, error) {
	s.workspace.open(pathOf(p.TextDocument.URI), p.TextDocument.Text, p.TextDocument.Version)
	return nil, nil
}

func (s *server) changed(p *didChangeParams) (any, error) {
	if n := len(p.ContentChanges); n > 0 {
		s.workspace.change(pathOf(p.TextDocument.URI), p.ContentChanges[n-1].Text, p.TextDocument.Version)
	}
	return nil, nil
}

func (s *server) saved(p *documentParams) (any, error) {
	s.workspace.saved()
	return nil, nil
}

func (s *server) closed(p *documentParams) (any, error) {
	s.workspace.close(pathOf(p.TextDocument.URI))
	return nil, nil
}

func (s *server) codeAction(p *codeActionParams) (any, error) {
	return s.workspace.actions(pathOf(p.TextDocument.URI), p.Range), nil
}

func (s *server) hover(p *positionParams) (any, error) {
	if h := s.workspace.hover(pathOf(p.TextDocument.URI), p.Position); h != nil {
		return h, nil
	}
	return nil, nil
}

func (s *server) cancelProgress(p *progressCancelParams) (any, error) {
	s.workspace.giveUp(string(p.Token))
	return nil, nil
}
