package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// A session speaks WebDriver BiDi, the W3C's protocol for driving browsers:
// commands and their answers as JSON on a WebSocket, and events in between.
type session struct {
	conn *websocket.Conn
	done context.CancelFunc

	mu      sync.Mutex
	last    int
	waiting map[int]chan message
	windows map[string]string // by the address that was loaded last into them
	changed chan struct{}     // closed, and made anew, when windows changes
	err     error
}

// A message is an answer to a command or an event.
type message struct {
	Type    string          `json:"type"`
	ID      int             `json:"id"`
	Result  json.RawMessage `json:"result"`
	Error   string          `json:"error"`
	Message string          `json:"message"`
	Method  string          `json:"method"`
	Params  struct {
		Context string `json:"context"`
		URL     string `json:"url"`
	} `json:"params"`
}

// readLimit bounds a message, in bytes.
const readLimit = 1 << 20

func connect(ctx context.Context, address string) (*session, error) {
	conn, _, err := websocket.Dial(ctx, address+"/session", nil)
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(readLimit)
	reading, done := context.WithCancel(context.Background())
	s := &session{conn: conn, done: done, waiting: map[int]chan message{}, windows: map[string]string{}, changed: make(chan struct{})}
	go s.read(reading)
	return s, nil
}

func (s *session) close() {
	s.done()
	s.conn.CloseNow()
}

// read deals out what comes until the connection ends.
func (s *session) read(ctx context.Context) {
	for {
		var m message
		err := wsjson.Read(ctx, s.conn, &m)
		s.mu.Lock()
		switch {
		case err != nil:
			s.err = err
			for _, c := range s.waiting {
				close(c)
			}
			s.waiting = nil
			s.mu.Unlock()
			return
		case m.Type == "event":
			s.windows[m.Params.URL] = m.Params.Context
			close(s.changed)
			s.changed = make(chan struct{})
		case s.waiting[m.ID] != nil:
			s.waiting[m.ID] <- m
			delete(s.waiting, m.ID)
		}
		s.mu.Unlock()
	}
}

// call sends a command, and reads the answer's result into result unless that is
// nil.
func (s *session) call(ctx context.Context, method string, params, result any) error {
	answer := make(chan message, 1)
	s.mu.Lock()
	if s.waiting == nil {
		s.mu.Unlock()
		return fmt.Errorf("%s: %w", method, s.err)
	}
	s.last++
	id := s.last
	s.waiting[id] = answer
	s.mu.Unlock()
	command := map[string]any{"id": id, "method": method, "params": params}
	if err := wsjson.Write(ctx, s.conn, command); err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	select {
	case m, ok := <-answer:
		switch {
		case !ok:
			return fmt.Errorf("%s: the connection has ended", method)
		case m.Type != "success":
			return fmt.Errorf("%s: %s: %s", method, m.Error, m.Message)
		case result == nil:
			return nil
		}
		return json.Unmarshal(m.Result, result)
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", method, ctx.Err())
	}
}

// loaded waits until some window has loaded the address, and returns the window.
func (s *session) loaded(ctx context.Context, address string) (string, error) {
	for {
		s.mu.Lock()
		window, changed := s.windows[address], s.changed
		s.mu.Unlock()
		if window != "" {
			return window, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return "", fmt.Errorf("%s was not loaded: %w", address, ctx.Err())
		}
	}
}
