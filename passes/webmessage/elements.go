package webmessage

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/page"
	"github.com/soplint/soplint/internal/rule"
)

func element(e *page.Element) (rule.Report, bool) {
	switch e.Name {
	case "iframe":
		return frame(e)
	case "a", "area":
		return link(e)
	}
	if r, ok := data(e); ok {
		return r, true
	}
	return loaded(e)
}

// data judges a script that another site answers with where data is wanted. What
// is loaded as a library is that site's code by intent.
func data(e *page.Element) (rule.Report, bool) {
	host := foreignHost(e, "src")
	return rule.Report{
		Rule: "jsonp", Severity: finding.Warning,
		Message:   fmt.Sprintf("the data comes as a script (JSONP): any code that %s answers runs as this page", host),
		Condition: "that site is an attacker's, or an attacker has a say in its answers; what they can do here is what the page can",
	}, e.Handed && host != ""
}

// loaded judges how what another site has is asked for: by integrity, which holds
// only for answers that CORS admits (Subresource Integrity, section 3.3.3), and by
// crossorigin, of which every value that is not known is anonymous (HTML standard,
// section 2.5.4). Scripts that are modules ask by CORS in any case.
func loaded(e *page.Element) (rule.Report, bool) {
	host := foreignHost(e, "src") + foreignHost(e, "href")
	how, asked := e.Attr("crossorigin")
	r := rule.Report{Rule: "crossorigin", Severity: finding.Note, Condition: "the page is of another origin than " + host}
	switch how = strings.ToLower(how); {
	case host == "" || page.FromServer(how):
		return r, false
	case !asked && checksIntegrity(e):
		r.Message = fmt.Sprintf("browsers block this %s of %s: they check integrity only where crossorigin is given", e.Name, host)
	case how == "false" || how == "none" || how == "no" || how == "off":
		r.Message = fmt.Sprintf("crossorigin=%s asks by CORS like any other value: browsers block what %s does not admit", how, host)
	case how != "use-credentials" && strings.Contains(how, "credential") || how == "include":
		r.Message = fmt.Sprintf("crossorigin=%s is taken for anonymous: no cookies go to %s", how, host)
	default:
		return r, false
	}
	return r, true
}

// checksIntegrity reports whether browsers hold what is loaded against a hash, if
// they ask for it without CORS. A text that is no hash they know is as good as
// none.
func checksIntegrity(e *page.Element) bool {
	kind, _ := e.Attr("type")
	integrity, _ := e.Attr("integrity")
	hashes := slices.ContainsFunc(strings.Fields(integrity), func(word string) bool {
		return strings.HasPrefix(word, "sha256-") || strings.HasPrefix(word, "sha384-") || strings.HasPrefix(word, "sha512-")
	})
	return hashes && (e.Name == "script" && !strings.EqualFold(strings.TrimSpace(kind), "module") ||
		e.Name == "link" && slices.Contains(e.Words("rel"), "stylesheet"))
}

// link judges a link that opens a window which keeps a hold on this one.
func link(e *page.Element) (rule.Report, bool) {
	rel := e.Words("rel")
	host := foreignHost(e, "href")
	if host == "" || !slices.Contains(rel, "opener") || slices.Contains(rel, "noopener") || slices.Contains(rel, "noreferrer") {
		return rule.Report{}, false
	}
	if target := e.Words("target"); len(target) == 0 || slices.Contains([]string{"_self", "_parent", "_top"}, target[0]) {
		return rule.Report{}, false
	}
	return rule.Report{
		Rule: "opener", Severity: finding.Warning,
		Message:   fmt.Sprintf("rel=opener lets the page of %s send this tab elsewhere", host),
		Condition: "the page that is linked to, or one that it leads to, is an attacker's",
	}, true
}

func frame(e *page.Element) (rule.Report, bool) {
	sandbox, sandboxed := e.Attr("sandbox")
	host := foreignHost(e, "src")
	words := strings.Fields(strings.ToLower(sandbox))
	switch {
	case !sandboxed && host != "":
		return rule.Report{
			Rule: "sandbox", Severity: finding.Note,
			Message:   fmt.Sprintf("the frame of %s has no sandbox: it can open windows, and move this page once the user clicks in it", host),
			Condition: "the page in the frame, or one that it leads to, is an attacker's",
		}, true
	case sandboxed && ownPage(e) && slices.Contains(words, "allow-scripts") && slices.Contains(words, "allow-same-origin"):
		return rule.Report{
			Rule: "sandbox", Severity: finding.Warning,
			Message:   "allow-scripts with allow-same-origin on a page of the site itself: what runs there can take the sandbox off",
			Condition: "the page in the frame shows what somebody else wrote",
		}, true
	}
	return rule.Report{}, false
}

// foreignHost returns the host of another site that an attribute names, "" for
// addresses of the site itself and for those that the program fills in.
func foreignHost(e *page.Element, attribute string) string {
	value, _ := e.Attr(attribute)
	u, err := url.Parse(strings.TrimSpace(value))
	if err != nil || page.FromServer(u.Host) || u.Scheme != "https" && u.Scheme != "http" && (u.Scheme != "" || u.Host == "") {
		return ""
	}
	return u.Hostname()
}

// ownPage reports whether a frame shows a page of the site: by a relative address
// or by srcdoc.
func ownPage(e *page.Element) bool {
	if _, ok := e.Attr("srcdoc"); ok {
		return true
	}
	value, ok := e.Attr("src")
	value = strings.TrimSpace(value)
	u, err := url.Parse(value)
	return ok && err == nil && value != "" && !page.FromServer(value) && u.Scheme == "" && u.Host == ""
}
