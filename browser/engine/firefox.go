package engine

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os/exec"
	"regexp"
	"time"
)

// firefox is a headless Firefox with the privacy settings that its users have,
// driven by WebDriver BiDi.
type firefox struct {
	process *process
	session *session
	version string
}

// firefoxPreferences are what is not left as it comes: the proxy, pop-ups, http
// that stays http, and what would talk to the network by itself. By
// remote.prefs.recommended the browser would change privacy settings for tests.
const firefoxPreferences = `
user_pref("remote.prefs.recommended", false);
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", %[1]q);
user_pref("network.proxy.http_port", %[2]s);
user_pref("network.proxy.ssl", %[1]q);
user_pref("network.proxy.ssl_port", %[2]s);
user_pref("dom.disable_open_during_load", false);
user_pref("dom.security.https_first", false);
user_pref("app.update.disabledForTesting", true);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("toolkit.telemetry.enabled", false);
`

// listening is what Firefox says when a driver can connect.
var listening = regexp.MustCompile(`WebDriver BiDi listening on (ws://\S+)`)

// startLimit is how long a browser may take to be ready.
const startLimit = 60 * time.Second

// Firefox starts the Firefox that is installed. SOPLINT_FIREFOX can say where it
// is.
func Firefox(ctx context.Context, o Options) (Browser, error) {
	path, err := find("SOPLINT_FIREFOX", "firefox-esr", "firefox")
	if err != nil {
		return nil, err
	}
	host, port, err := net.SplitHostPort(o.Proxy)
	if err != nil {
		return nil, err
	}
	profile, err := newProfile("user.js", fmt.Sprintf(firefoxPreferences, host, port))
	if err != nil {
		return nil, err
	}
	output, errorOutput := io.Pipe()
	cmd := exec.Command(path, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile, "about:blank")
	cmd.Stderr = errorOutput
	p, err := start(cmd, profile)
	if err != nil {
		return nil, err
	}
	f := &firefox{process: p}
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	if err := f.connect(ctx, output); err != nil {
		return nil, errors.Join(fmt.Errorf("cannot start %s: %w", path, err), f.Close())
	}
	return f, nil
}

// connect waits for the address to connect to, and goes on reading what the
// browser says, so that it is never held up.
func (f *firefox) connect(ctx context.Context, output io.Reader) error {
	found := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(output); lines.Scan(); {
			if match := listening.FindStringSubmatch(lines.Text()); match != nil {
				found <- match[1]
			}
		}
		io.Copy(io.Discard, output)
	}()
	var address string
	select {
	case address = <-found:
	case <-f.process.ended:
		return errors.New("it ended at once")
	case <-ctx.Done():
		return ctx.Err()
	}
	session, err := connect(ctx, address)
	if err != nil {
		return err
	}
	f.session = session
	var created struct {
		Capabilities struct{ BrowserVersion string }
	}
	capabilities := map[string]any{"alwaysMatch": map[string]any{"acceptInsecureCerts": true}}
	if err := session.call(ctx, "session.new", map[string]any{"capabilities": capabilities}, &created); err != nil {
		return err
	}
	f.version = "Firefox " + created.Capabilities.BrowserVersion
	return session.call(ctx, "session.subscribe", map[string]any{"events": []string{"browsingContext.load"}}, nil)
}

// Version is Firefox and its number.
func (f *firefox) Version() string { return f.version }

// Open shows a page in a new tab. It does not wait for the page.
func (f *firefox) Open(ctx context.Context, address string) (func(), error) {
	var tab struct{ Context string }
	if err := f.session.call(ctx, "browsingContext.create", map[string]any{"type": "tab"}, &tab); err != nil {
		return nil, err
	}
	closeTab := func() {
		limited, cancel := context.WithTimeout(context.Background(), closeLimit)
		defer cancel()
		f.session.call(limited, "browsingContext.close", map[string]any{"context": tab.Context}, nil)
	}
	err := f.session.call(ctx, "browsingContext.navigate", map[string]any{"context": tab.Context, "url": address, "wait": "none"}, nil)
	if err != nil {
		closeTab()
		return nil, err
	}
	return closeTab, nil
}

// Click waits for the window that shows the address, and clicks into it.
func (f *firefox) Click(ctx context.Context, address string) error {
	window, err := f.session.loaded(ctx, address)
	if err != nil {
		return err
	}
	mouse := map[string]any{"type": "pointer", "id": "mouse", "actions": []map[string]any{
		{"type": "pointerMove", "x": 20, "y": 20},
		{"type": "pointerDown", "button": 0},
		{"type": "pointerUp", "button": 0},
	}}
	return f.session.call(ctx, "input.performActions", map[string]any{"context": window, "actions": []any{mouse}}, nil)
}

// Close ends the browser and removes its profile.
func (f *firefox) Close() error {
	if f.session != nil {
		limited, cancel := context.WithTimeout(context.Background(), closeLimit)
		defer cancel()
		// The connection ends with the browser; how is of no interest.
		f.session.call(limited, "browser.close", map[string]any{}, nil)
		f.session.close()
	}
	return f.process.end()
}
