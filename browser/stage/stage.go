// Package stage puts on the play that every proof is made of: the server under
// attack, the sites that its users also visit, and the network between them.
//
// All names of the plan are served by one process on one port of 127.0.0.1. A
// browser reaches them through that port as its proxy, so it sees the default
// ports of the web and origins as they are written in source code, and nothing
// that it sends leaves the machine: the proxy refuses every other name.
package stage

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
)

// Victim is the host of the server under attack.
const Victim = "app.example"

// Rebound is the origin of pages whose name comes to point to the victim. Each
// trial has a name of its own below it.
const Rebound = "http://rebound.example:8080"

// A Trial is one thing that a page of some origin tries.
type Trial struct {
	Page   string // the origin of the page; null for a sandboxed frame of the site evil.example, or Rebound
	Does   string // the name of a function in attacks.js
	Target string // what it is done to, an address of the victim
}

// A Verdict is what came of a trial.
type Verdict struct {
	Got     string `json:"got"`     // what the page got hold of
	Refused string `json:"refused"` // why it got nothing, in the browser's words
}

// A Stage serves all sites of the plan.
type Stage struct {
	network *network

	mu       sync.Mutex
	mounted  []http.Handler
	trials   []Trial
	verdicts []chan Verdict
	rebound  map[string]bool // the hosts that point to the victim by now
}

// New builds a stage and begins to serve.
func New() (*Stage, error) {
	s := &Stage{rebound: map[string]bool{}}
	n, err := newNetwork(s)
	if err != nil {
		return nil, err
	}
	s.network = n
	return s, nil
}

// Close stops serving.
func (s *Stage) Close() error { return s.network.close() }

// Proxy is the address of the proxy through which browsers reach the stage.
func (s *Stage) Proxy() string { return s.network.listener.Addr().String() }

// KeyHash identifies the key of the stage's certificates, in the form that
// Chromium takes: the base64 of the SHA-256 of the public key.
func (s *Stage) KeyHash() string { return s.network.keyHash }

// Mount serves a handler as part of the victim and returns its address, less the
// scheme.
func (s *Stage) Mount(h http.Handler) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mounted = append(s.mounted, h)
	return fmt.Sprintf("%s/%d/", Victim, len(s.mounted)-1)
}

// Begin returns the address of a page that makes the trial when it is opened.
func (s *Stage) Begin(t Trial) (page string, verdict <-chan Verdict) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := make(chan Verdict, 1)
	s.trials, s.verdicts = append(s.trials, t), append(s.verdicts, c)
	n := len(s.trials) - 1
	site, frame := t.Page, ""
	switch t.Page {
	case "null":
		site, frame = "https://evil.example", "frame/"
	case Rebound:
		site = strings.Replace(Rebound, "://", fmt.Sprintf("://trial%d.", n), 1)
	}
	return fmt.Sprintf("%s/%strial/%d", site, frame, n), c
}

// A Browser opens pages.
type Browser interface {
	// Open shows a page in a tab of its own, until the tab is closed.
	Open(ctx context.Context, address string) (closeTab func(), err error)
}

// Run makes the trial in a browser and waits for the verdict, as long as the
// context lasts.
func (s *Stage) Run(ctx context.Context, b Browser, t Trial) (Verdict, error) {
	page, verdict := s.Begin(t)
	closeTab, err := b.Open(ctx, page)
	if err != nil {
		return Verdict{}, fmt.Errorf("cannot open %s: %w", page, err)
	}
	defer closeTab()
	select {
	case v := <-verdict:
		return v, nil
	case <-ctx.Done():
		return Verdict{}, fmt.Errorf("no verdict from %s: %w", page, ctx.Err())
	}
}

// ServeHTTP answers for every name.
func (s *Stage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	if trial, ok := strings.CutPrefix(r.URL.Path, "/trial/"); ok {
		s.serveTrial(w, trial)
		return
	}
	switch {
	case s.pointsHere(host):
		s.serveVictim(w, r)
	case r.URL.Path == "/rebind":
		s.rebind(host)
	case strings.HasPrefix(r.URL.Path, "/ask/"):
		s.askVictim(w, r)
	case strings.HasPrefix(r.URL.Path, "/frame/"):
		serveFrame(w, r)
	case strings.HasPrefix(r.URL.Path, "/redirect/"):
		redirect(w, r)
	case r.URL.Path == "/opened":
		serveOpened(w)
	case r.URL.Path == "/attacks.js":
		serveScript(w)
	case r.URL.Path == "/feed":
		serveFeed(w)
	case strings.HasPrefix(r.URL.Path, "/library/"):
		serveLibrary(w, r)
	case strings.HasPrefix(r.URL.Path, "/verdict/"):
		s.takeVerdict(w, r)
	case host == Victim:
		s.serveVictim(w, r)
	default:
		http.NotFound(w, r)
	}
}

// rebind does what the attacker's name server would do: the host points to the
// victim from now on.
func (s *Stage) rebind(host string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rebound[host] = true
}

func (s *Stage) pointsHere(host string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rebound[host]
}

// askVictim asks the victim, as anybody can, for the path behind /ask, and hands
// on the cookie that it sets and the page that it answers with.
func (s *Stage) askVictim(w http.ResponseWriter, r *http.Request) {
	answer := httptest.NewRecorder()
	s.serveVictim(answer, httptest.NewRequest(http.MethodGet, "https://"+Victim+strings.TrimPrefix(r.URL.Path, "/ask"), nil))
	cookie, _, _ := strings.Cut(answer.Header().Get("Set-Cookie"), ";")
	json.NewEncoder(w).Encode(map[string]string{"cookie": cookie, "page": answer.Body.String()})
}

// serveVictim hands the request to the mounted handler that the path begins
// with, which sees the rest of it.
func (s *Stage) serveVictim(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/login" {
		login(w)
		return
	}
	if strings.HasPrefix(r.URL.Path, "/welcome/") {
		welcome(w)
		return
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	s.mu.Lock()
	n, err := strconv.Atoi(name)
	known := err == nil && n >= 0 && n < len(s.mounted)
	var h http.Handler
	if known {
		h = s.mounted[n]
	}
	s.mu.Unlock()
	if !known {
		http.NotFound(w, r)
		return
	}
	h = http.StripPrefix("/"+name, h)
	if trial, err := strconv.Atoi(r.URL.Query().Get("answer")); err == nil {
		h = s.tell(trial, h)
	}
	h.ServeHTTP(w, r)
}

// tell makes the answer of a handler the verdict of a trial. It is for what a page
// sends without seeing the answer.
func (s *Stage) tell(trial int, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, r)
		maps.Copy(w.Header(), answer.Header())
		w.WriteHeader(answer.Code)
		w.Write(answer.Body.Bytes())
		s.decide(trial, Verdict{Got: answer.Body.String()})
	})
}

// takeVerdict hands the first verdict of a trial to who waits for it.
func (s *Stage) takeVerdict(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/verdict/"))
	var v Verdict
	if err == nil {
		err = json.NewDecoder(r.Body).Decode(&v)
	}
	if err != nil || !s.decide(n, v) {
		http.Error(w, "not a verdict", http.StatusBadRequest)
	}
}

// decide takes the first verdict of a trial, and reports whether there is such a
// trial.
func (s *Stage) decide(trial int, v Verdict) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if trial < 0 || trial >= len(s.verdicts) {
		return false
	}
	select {
	case s.verdicts[trial] <- v:
	default: // it was decided already
	}
	return true
}
