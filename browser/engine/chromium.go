package engine

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// preferences lets third-party cookies be: Debian's package blocks them where
// Google Chrome, whose users are most of the web, does not.
const preferences = `{"profile": {"cookie_controls_mode": 0, "block_third_party_cookies": false}}`

// chromium is a headless Chromium, with the settings that its users have. The
// defaults of the driver are left out, as they switch features off.
type chromium struct {
	ctx     context.Context
	cancel  context.CancelFunc
	version string
}

// Chromium starts the Chromium that is installed. SOPLINT_CHROMIUM can say where
// it is.
func Chromium(ctx context.Context, o Options) (Browser, error) {
	path, err := find("SOPLINT_CHROMIUM", "chromium", "chromium-browser", "google-chrome")
	if err != nil {
		return nil, err
	}
	allocator, cancelAllocator := chromedp.NewExecAllocator(ctx,
		chromedp.ExecPath(path),
		chromedp.ModifyCmdFunc(prepare),
		chromedp.Headless,
		chromedp.DisableGPU,
		chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck,
		chromedp.ProxyServer("http://"+o.Proxy),
		chromedp.Flag("ignore-certificate-errors-spki-list", o.KeyHash),
		// Only what makes the browser quiet, and what would turn http into https.
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-default-apps", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-extensions", true),
		chromedp.Flag("disable-features", "HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,OptimizationHints,MediaRouter,Translate"),
		chromedp.Flag("disable-popup-blocking", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("metrics-recording-only", true),
		chromedp.Flag("password-store", "basic"),
		chromedp.Flag("use-mock-keychain", true),
	)
	root, cancelRoot := chromedp.NewContext(allocator)
	c := &chromium{ctx: root, cancel: func() { cancelRoot(); cancelAllocator() }}
	if err := c.readVersion(); err != nil {
		return nil, errors.Join(fmt.Errorf("cannot start %s: %w", path, err), c.Close())
	}
	return c, nil
}

// prepare writes the preferences into the profile that the driver has made, and
// that it removes when no process of the browser is left. The browser dies with
// this process.
func prepare(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	for _, arg := range cmd.Args {
		if dir, ok := strings.CutPrefix(arg, "--user-data-dir="); ok {
			if err := writeFile(filepath.Join(dir, "Default", "Preferences"), preferences); err != nil {
				cmd.Err = err
			}
		}
	}
}

// readVersion starts the browser and asks it who it is.
func (c *chromium) readVersion() error {
	v, err := chromedp.Run(c.ctx, chromedp.Action[browser.GetVersionResult](
		func(ctx context.Context, t *chromedp.Target) (browser.GetVersionResult, error) {
			return cdp.Call(ctx, t, browser.GetVersion, cdp.Empty{})
		}))
	_, number, _ := strings.Cut(v.Product, "/")
	c.version = "Chromium " + number
	return err
}

// Version is Chromium and its number, also where it is Google Chrome.
func (c *chromium) Version() string { return c.version }

// Open shows a page in a new tab. It does not wait for the page, which may lead
// elsewhere by itself.
func (c *chromium) Open(ctx context.Context, address string) (func(), error) {
	tab, closeTab := chromedp.NewContext(c.ctx)
	stop := context.AfterFunc(ctx, closeTab)
	err := chromedp.Do(tab, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.Navigate, page.NavigateParams{URL: address})
		return err
	}))
	done := func() { stop(); closeTab() }
	if err != nil {
		done()
		return nil, err
	}
	return done, nil
}

// Close ends the browser, by force if it must be, and removes its profile.
func (c *chromium) Close() error {
	limited, cancel := context.WithTimeout(c.ctx, closeLimit)
	defer cancel()
	err := chromedp.Cancel(limited)
	c.cancel()
	return err
}
