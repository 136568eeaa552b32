package engine

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// webkit is WebKitGTK's MiniBrowser on a display of its own, driven by WebDriver
// (https://www.w3.org/TR/webdriver2/). The display and the driver are processes of
// this package, and the browser is one of the driver's.
type webkit struct {
	display, driver *process
	session         string // the address of the session
	first           string // the window that the browser began with, from which others are opened
	version         string

	mu sync.Mutex // the session has one window at a time that commands go to
}

// miniBrowsers are where Debian and others install the browser, which is not on
// the path.
const miniBrowsers = "/usr/lib/*/webkit2gtk-4*/MiniBrowser"

// WebKit starts the browser of WebKitGTK that is installed, and what it needs:
// WebKitWebDriver and Xvfb. SOPLINT_WEBKIT can say where the browser is.
func WebKit(ctx context.Context, o Options) (Browser, error) {
	driver, err := find("", "WebKitWebDriver")
	if err != nil {
		return nil, err
	}
	server, err := find("", "Xvfb")
	if err != nil {
		return nil, err
	}
	installed, _ := filepath.Glob(miniBrowsers) // errs on bad patterns only
	path, err := find("SOPLINT_WEBKIT", append([]string{"MiniBrowser"}, installed...)...)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	w := &webkit{}
	if err := w.start(ctx, server, driver, path, o.Proxy); err != nil {
		return nil, errors.Join(fmt.Errorf("cannot start %s: %w", path, err), w.Close())
	}
	return w, nil
}

func (w *webkit) start(ctx context.Context, server, driver, path, proxy string) error {
	screen, err := w.startDisplay(server)
	if err != nil {
		return err
	}
	address, err := w.startDriver(driver, screen)
	if err != nil {
		return err
	}
	if err := w.ready(ctx, address); err != nil {
		return err
	}
	var created struct {
		SessionID    string
		Capabilities struct{ BrowserVersion string }
	}
	arguments := []string{"--automation", "--proxy=http://" + proxy}
	capabilities := map[string]any{
		"acceptInsecureCerts":      true,
		"pageLoadStrategy":         "none",
		"webkitgtk:browserOptions": map[string]any{"binary": path, "args": arguments},
	}
	wanted := map[string]any{"capabilities": map[string]any{"alwaysMatch": capabilities}}
	if err := command(ctx, http.MethodPost, address+"/session", wanted, &created); err != nil {
		return err
	}
	w.session, w.version = address+"/session/"+created.SessionID, "WebKitGTK "+created.Capabilities.BrowserVersion
	return command(ctx, http.MethodGet, w.session+"/window", nil, &w.first)
}

// startDisplay starts a display that shows nothing, and returns its name. The
// server chooses the number, and writes it to the file that it is given.
func (w *webkit) startDisplay(path string) (string, error) {
	number, given, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer number.Close()
	cmd := exec.Command(path, "-displayfd", "3", "-nolisten", "tcp", "-screen", "0", "1280x1024x24")
	cmd.ExtraFiles = []*os.File{given}
	w.display, err = start(cmd, "")
	given.Close()
	if err != nil {
		return "", err
	}
	if err := number.SetReadDeadline(time.Now().Add(startLimit)); err != nil {
		return "", err
	}
	line, err := bufio.NewReader(number).ReadString('\n')
	return ":" + strings.TrimSpace(line), err
}

// startDriver starts the driver with a new home, and returns its address.
func (w *webkit) startDriver(path, screen string) (string, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	host, port, err := net.SplitHostPort(free.Addr().String())
	if err := errors.Join(err, free.Close()); err != nil {
		return "", err
	}
	home, err := os.MkdirTemp("", "soplint-browser-")
	if err != nil {
		return "", err
	}
	cmd := exec.Command(path, "--host="+host, "--port="+port)
	cmd.Env = append(os.Environ(), "DISPLAY="+screen, "HOME="+home, "XDG_DATA_HOME="+home, "XDG_CACHE_HOME="+home, "XDG_CONFIG_HOME="+home)
	w.driver, err = start(cmd, home)
	return "http://" + net.JoinHostPort(host, port), err
}

// ready asks the driver until it answers; it does not tell when it listens.
func (w *webkit) ready(ctx context.Context, address string) error {
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		err := command(ctx, http.MethodGet, address+"/status", nil, nil)
		if err == nil {
			return nil
		}
		select {
		case <-again.C:
		case <-w.driver.ended:
			return errors.New("the driver ended at once")
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		}
	}
}

// command sends a command of WebDriver, and reads its value into value unless that
// is nil.
func command(ctx context.Context, method, address string, params, value any) error {
	var body io.Reader
	if params != nil {
		data, err := json.Marshal(params)
		if err != nil {
			return err
		}
		body = bytes.NewReader(data)
	}
	request, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var answer struct{ Value json.RawMessage }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", response.Status, answer.Value)
	}
	if value == nil {
		return nil
	}
	return json.Unmarshal(answer.Value, value)
}

// Version is WebKitGTK and its number.
func (w *webkit) Version() string { return w.version }

// Open shows a page in a new tab. It does not wait for the page.
func (w *webkit) Open(ctx context.Context, address string) (func(), error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.switchTo(ctx, w.first); err != nil {
		return nil, err
	}
	var tab struct{ Handle string }
	if err := command(ctx, http.MethodPost, w.session+"/window/new", map[string]any{"type": "tab"}, &tab); err != nil {
		return nil, err
	}
	closeTab := func() {
		limited, cancel := context.WithTimeout(context.Background(), closeLimit)
		defer cancel()
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.switchTo(limited, tab.Handle) == nil {
			command(limited, http.MethodDelete, w.session+"/window", nil, nil)
		}
	}
	err := w.switchTo(ctx, tab.Handle)
	if err == nil {
		err = command(ctx, http.MethodPost, w.session+"/url", map[string]any{"url": address}, nil)
	}
	if err != nil {
		return nil, err
	}
	return closeTab, nil
}

func (w *webkit) switchTo(ctx context.Context, handle string) error {
	return command(ctx, http.MethodPost, w.session+"/window", map[string]any{"handle": handle}, nil)
}

// Close ends the browser, its driver and the display, and removes the profile.
func (w *webkit) Close() error {
	if w.session != "" {
		limited, cancel := context.WithTimeout(context.Background(), closeLimit)
		defer cancel()
		// What does not end by this is killed with the driver.
		command(limited, http.MethodDelete, w.session, nil, nil)
	}
	var errs []error
	for _, p := range []*process{w.driver, w.display} {
		if p != nil {
			// The process waits for work until it is told to end.
			p.cmd.Process.Signal(syscall.SIGTERM)
			errs = append(errs, p.end())
		}
	}
	return errors.Join(errs...)
}
