// Package ws holds what soplint says of WebSocket libraries against handshakes
// with the libraries themselves, at the versions that its go.mod pins.
package ws

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/soplint/soplint/internal/wsconfig"
)

// host is what every handshake has as its Host.
const host = "app.example"

// origins are what every configuration is asked with; "" sends no Origin.
var origins = []string{
	"",
	"https://app.example",
	"http://app.example",
	"https://evil.example",
	"null",
	"https://app.example:8443",
	"https://sub.app.example",
	"https://evilapp.example",
	"https://app.example.evil.example",
	"http://localhost:3000",
	"chrome-extension://abcdefgh",
}

// A subject is a library with a way to run the real thing.
type subject struct {
	library  string // its name in wsconfig
	module   string // the module that go.mod pins
	path     string // what the handshake asks for, "/" if empty
	protocol string // the subprotocol that it asks for
	configs  []wsconfig.Config

	// handler builds what answers handshakes. Libraries that do not fit net/http
	// have listen instead, which returns the address.
	handler func(c wsconfig.Config) http.Handler
	listen  func(t *testing.T, c wsconfig.Config) string
}

func (s subject) check(t *testing.T) {
	t.Helper()
	library := wsconfig.Lookup(s.library)
	if library == nil {
		t.Fatalf("wsconfig has no library %s", s.library)
	}
	version := pinned(t, s.module)
	for _, c := range s.configs {
		address := s.start(t, c)
		for _, origin := range origins {
			want, status := s.shake(t, address, origin)
			if got := library.Accepts(version, c, origin, host); got != want {
				t.Errorf("%s (%s %s), %s, Origin %q: the model accepts: %v, the library answers %s",
					s.library, s.module, version, describe(c), origin, got, status)
			}
		}
	}
	t.Logf("%s %s: %d configurations, %d origins", s.module, version, len(s.configs), len(origins))
}

func (s subject) start(t *testing.T, c wsconfig.Config) (address string) {
	if s.listen != nil {
		return s.listen(t, c)
	}
	server := httptest.NewUnstartedServer(s.handler(c))
	server.Config.ErrorLog = quiet
	server.Start()
	t.Cleanup(server.CloseClientConnections)
	return server.Listener.Addr().String()
}

var quiet = log.New(io.Discard, "", 0)

// shake writes the handshake of a browser by hand and reports whether the
// connection is opened.
func (s subject) shake(t *testing.T, address, origin string) (opened bool, status string) {
	conn, err := net.DialTimeout("tcp", address, 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	if _, err := io.WriteString(conn, s.request(origin)); err != nil {
		t.Fatal(err)
	}
	status, err = bufio.NewReader(conn).ReadString('\n')
	if err != nil && err != io.EOF {
		t.Fatalf("%s, Origin %q: %v", s.library, origin, err)
	}
	return strings.HasPrefix(status, "HTTP/1.1 101 "), strings.TrimSpace(status)
}

func (s subject) request(origin string) string {
	lines := []string{
		"GET /" + strings.TrimPrefix(s.path, "/") + " HTTP/1.1", "Host: " + host,
		"Connection: Upgrade", "Upgrade: websocket",
		"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: c29wbGludCBpcyBhc2tpbg==",
	}
	if s.protocol != "" {
		lines = append(lines, "Sec-WebSocket-Protocol: "+s.protocol)
	}
	if origin != "" {
		lines = append(lines, "Origin: "+origin)
	}
	return strings.Join(lines, "\r\n") + "\r\n\r\n"
}

// serveOn accepts connections on a loopback address until the test ends.
func serveOn(t *testing.T, serve func(net.Listener)) (address string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go serve(listener)
	return listener.Addr().String()
}

// freePort returns a loopback port that was free a moment ago, for servers that
// open their listener themselves.
func freePort(t *testing.T) int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

func describe(c wsconfig.Config) string {
	text := fmt.Sprintf("patterns %q insecure %v options %v", c.Patterns, c.Insecure, c.Options)
	if c.CheckSet {
		text += fmt.Sprintf(" check(evil) %v", c.Check("https://evil.example"))
	}
	if c.Upgrader != nil {
		text += " with " + c.Upgrader.Library + ": " + describe(c.Upgrader.Config)
	}
	return text
}

// pinned returns the version of a module in the go.mod of this build.
func pinned(t *testing.T, module string) string {
	version := requirements(t)[module]
	if version == "" {
		t.Fatalf("%s pins no version of %s", modFile, module)
	}
	return version
}

// requirements reads the modules that the go.mod of this build requires, each
// with the version that a replacement puts in its place.
func requirements(t *testing.T) map[string]string {
	data, err := os.ReadFile(modFile)
	if err != nil {
		t.Fatal(err)
	}
	versions := map[string]string{}
	for text := range strings.Lines(string(data)) {
		words := strings.Fields(strings.TrimPrefix(text, "replace "))
		switch {
		case len(words) == 4 && words[1] == "=>":
			versions[words[0]] = words[3]
		case len(words) >= 2 && strings.HasPrefix(words[1], "v") && versions[words[0]] == "":
			versions[words[0]] = words[1]
		}
	}
	return versions
}
