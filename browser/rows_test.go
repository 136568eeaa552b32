package browser

import (
	"net/http"

	"github.com/soplint/soplint/browser/stage"
	v "github.com/soplint/soplint/browser/victims"
	"github.com/soplint/soplint/browser/victims/anyhost"
	"github.com/soplint/soplint/browser/victims/anyhostsocket"
	"github.com/soplint/soplint/browser/victims/guarded"
	"github.com/soplint/soplint/browser/victims/options"
	"github.com/soplint/soplint/browser/victims/ownhost"
	"github.com/soplint/soplint/browser/victims/ownhostsocket"
	"github.com/soplint/soplint/browser/victims/unguarded"
)

// A row proves one report: what it says is watched happening to the handler that
// is reported, and not happening to its safe twin.
//
// What is expected follows from the severity of soplint's report and nothing
// else. The attack succeeds on what is reported as an error, and on what is
// reported as a warning under the condition of the row; it fails on what is
// reported as a note, and on every safe twin.
type row struct {
	rule     string
	reported func() http.Handler
	safe     func() http.Handler

	// attack is what the report says that others can do, or that they cannot. There
	// is none for a note that only says what everybody can do.
	attack *try

	// meant is what the code is for, and does not do as it is reported: the page
	// that it was written for fails on the reported handler, and succeeds on the
	// safe twin. Rows with it prove that something does not work, which no attacker
	// gains by: their attack must fail.
	meant *try

	// conceded is what a note names as its limit: it succeeds on what is reported
	// and fails on the safe twin.
	conceded *try

	// refuses is set where the reported handler does not get to be served, because
	// the library refuses it.
	refuses bool

	// condition is what an attack on what is reported as a warning depends on.
	condition string

	// otherwise has the browsers in which something else happens than the severity
	// says.
	otherwise map[string]otherwise
}

// An otherwise is what happens in one browser only. It is held as well, so that it
// is seen when that browser changes.
type otherwise struct {
	why    string
	attack bool // the attack succeeds on the reported handler, where it should fail
	meant  bool // what the handler is meant for succeeds on it, where it should fail
	safe   bool // the attack succeeds on the safe twin
	notRun bool // the trials are not made
}

// A try is something that a page does.
type try struct {
	page  string // its origin; named is the one that the report names
	does  string // a function of stage/attacks.js
	after string // the origin of a page that does the same before
	at    string // what of the victim's addresses, where it has more than one
	login bool   // whether a page of the victim asks for the target before, so that it can set a cookie

	// cookieless is a browser that sends no cookies from such a page: what gets in
	// there gets in as nobody.
	cookieless string
}

// named stands for the origin that the message of the report names.
const named = "the origin that the report names"

// Origins of pages.
const (
	evil    = "https://evil.example"
	sandbox = "null"
	sibling = "https://blog.app.example"
	own     = "https://www.app.example"
	help    = "https://help.app.example"
	plain   = "http://app.example"
)

// inFrame is the attack from a sandboxed frame. Firefox takes such a frame for
// another site than the page around it, which the user has visited.
func inFrame(does string) *try { return &try{page: sandbox, does: does, cookieless: "Firefox"} }

// A deed is what a function of stage/attacks.js does.
type deed struct {
	says string // what a page does
	done string // what came of it where it succeeded
	need access // as whom it has to be done to succeed
}

var deeds = map[string]deed{
	"frame":           {"frames the page", "framed", asNobody},
	"handle":          {"opens the page and keeps a handle", "kept a handle", asNobody},
	"go":              {"goes to the page", "done", asNobody},
	"command":         {"frames the page and sends it a command", "read", asUser},
	"listen":          {"frames the page and listens", "read", asUser},
	"call":            {"loads the answer as a script that calls it", "called", asUser},
	"include":         {"loads the answer as a script", "loaded", asUser},
	"navigate":        {"sends the browser there", "acted", asUser},
	"plant":           {"sets a cookie for the server and submits a form with the token that goes with it", "acted", asUser},
	"rebind":          {"has its name point to the server and sends a form there", "acted", asNobody},
	"rebindSocket":    {"has its name point to the server and opens the WebSocket", "opened", asNobody},
	"put":             {"sends a PUT with a header of its own", "read", asUser},
	"read":            {"reads as the user", "read", asUser},
	"readAnonymously": {"reads without credentials", "read", asNobody},
	"readRedirected":  {"reads as the user, by a redirect of another site", "read", asUser},
	"socket":          {"opens the WebSocket", "opened", asUser},
	"sendTyped":       {"sends JSON as text/plain; application/json as the user", "acted", asUser},
	"submitField":     {"submits a form with a field as the user", "acted", asUser},
	"submitText":      {"submits JSON by a form of plain text as the user", "acted", asUser},
	"submit":          {"submits a form as the user", "acted", asUser},
}

func reads(page string) *try       { return &try{page: page, does: "read"} }
func anonymously(page string) *try { return &try{page: page, does: "readAnonymously"} }
func opens(page string) *try       { return &try{page: page, does: "socket"} }

// posts submits a form with the cookies that the user has.
func posts(page string) *try { return &try{page: page, does: "submit"} }

// submits has the user log in first.
func submits(page string) *try { return &try{page: page, does: "submit", login: true} }

// sent is the condition of cookies that other sites' requests carry.
const sent = "where nothing else asks where the form came from"

// pointed is the condition of a page whose name is made to point to the server.
const pointed = "where the browser lets pages reach the machine that it runs on"

// ofClicks is about windows that a page opens by itself.
var ofClicks = map[string]otherwise{"WebKit": {why: "it opens windows only for clicks of the user, and none was made", notRun: true}}

// navigates sends the browser to an address of the victim.
func navigates(at string) *try { return &try{page: evil, does: "navigate", at: at} }

// rows has every rule; the first row of a rule is its smoke test.
var rows = []row{
	{rule: "cookiesamesite/insecure", reported: v.SessionInsecure, safe: v.SessionSafe, attack: submits(evil), meant: submits(own),
		otherwise: map[string]otherwise{"WebKit": {why: "it takes a cookie with SameSite=None and without Secure", attack: true, meant: true}}},
	{rule: "cookiesamesite/libdefault", reported: v.SessionOfLibrary, safe: options.SessionOfLibrarySafe, attack: submits(evil), condition: sent},
	{rule: "cookiesamesite/none", reported: v.SessionNone, safe: v.SessionSafe, attack: submits(evil), condition: sent},
	{rule: "cookiesamesite/unset", reported: v.SessionUnset, safe: v.SessionSafe, attack: submits(evil), condition: sent + ", within two minutes in Chromium"},

	{rule: "corscredentials/reflecting", reported: v.Reflecting, safe: v.ReflectingSafe, attack: reads(evil)},
	{rule: "corscredentials/refused", reported: v.Refused, safe: v.RefusedSafe, attack: reads(evil), meant: reads(own), refuses: true},
	{rule: "corscredentials/wildcard", reported: v.Wildcard, safe: v.WildcardSafe, attack: reads(evil), meant: reads(own)},
	{rule: "corscredentials/wildcard", reported: v.WildcardByLibrary, safe: v.WildcardByLibrarySafe, attack: reads(evil), meant: reads(own)},

	{rule: "corsheader/invalid", reported: v.Invalid, safe: v.InvalidSafe, attack: reads(evil), meant: reads(own)},
	{rule: "corsheader/invalid", reported: v.InvalidWildcard, safe: v.InvalidSafe, attack: reads(evil), meant: reads(own)},
	{rule: "corsheader/invalid", reported: v.InvalidList, safe: v.InvalidSafe, attack: reads(evil), meant: reads(own)},
	{rule: "corsheader/preflight", reported: v.LiteralStar, safe: v.LiteralStarSafe, attack: reads(evil), meant: &try{page: own, does: "put"}},
	{rule: "corsheader/value", reported: v.NotTrue, safe: v.NotTrueSafe, attack: reads(evil), meant: reads(own)},
	{rule: "corsheader/vary", reported: v.Unvaried, safe: v.UnvariedSafe, attack: reads(evil), meant: &try{page: help, does: "read", after: own},
		otherwise: map[string]otherwise{"WebKit": {why: "its cache does not mix up the answers", meant: true}}},

	{rule: "corsorigin/anyorigin", reported: v.AnyOrigin, safe: v.AnyOriginSafe, attack: reads(evil), conceded: anonymously(evil)},
	{rule: "corsorigin/failopen", reported: v.FailOpen, safe: v.FailOpenSafe, attack: reads(evil), condition: "while the setting is empty"},
	{rule: "corsorigin/null", reported: v.Null, safe: v.NullSafe, attack: inFrame("read")},
	{rule: "corsorigin/null", reported: v.Null, safe: v.NullSafe, attack: &try{page: evil, does: "readRedirected"}},
	{rule: "corsorigin/reflected", reported: v.Reflected, safe: v.ReflectedSafe, attack: reads(evil)},
	{rule: "corsorigin/reflected", reported: v.Reflected, safe: v.ReflectedSafe, attack: reads(sibling)},
	{rule: "corsorigin/reflected", reported: v.ReflectedByLibrary, safe: v.ReflectedByLibrarySafe, attack: reads(evil)},
	{rule: "corsorigin/reflected", reported: v.ReflectedAnonymously, safe: v.ReflectedAnonymouslySafe, attack: anonymously(evil),
		condition: "for what the server shows without cookies"},
	{rule: "corsorigin/weak", reported: v.WeakSuffix, safe: v.WeakSuffixSafe, attack: reads(named)},
	{rule: "corsorigin/weak", reported: v.WeakPrefix, safe: v.WeakPrefixSafe, attack: reads(named)},
	{rule: "corsorigin/weak", reported: v.WeakPattern, safe: v.WeakPatternSafe, attack: reads(named)},
	{rule: "corsorigin/weak", reported: v.WeakSibling, safe: v.WeakSiblingSafe, attack: reads(named), condition: "on a sub-domain that the attacker has"},

	{rule: "crossoriginpolicy/embedder", reported: v.EmbedderIgnored, safe: v.EmbedderIgnoredSafe, meant: &try{page: "https://app.example", does: "go"}},
	{rule: "crossoriginpolicy/opener", reported: v.OpenerIgnored, safe: v.OpenerIgnoredSafe, attack: &try{page: evil, does: "handle"}, condition: "for what a handle is good for", otherwise: ofClicks},
	{rule: "crossoriginpolicy/resource", reported: v.ResourceIgnored, safe: v.ResourceIgnoredSafe, attack: &try{page: evil, does: "include"}, condition: "where the answer is JavaScript"},

	{rule: "csrfprotection/bypass", reported: v.Exempted, safe: v.Protected, attack: posts(evil)},
	{rule: "csrfprotection/deny", reported: v.Denied, safe: v.Protected, attack: posts(evil)},
	{rule: "csrfprotection/extractor", reported: v.TokenOfCookie, safe: v.TokenOfHeader, attack: submits(evil)},
	{rule: "csrfprotection/extractor", reported: v.TokenOfLaxCookie, safe: v.TokenOfHeader, attack: submits(sibling), condition: "on a sub-domain that the attacker has"},
	{rule: "csrfprotection/missing", reported: unguarded.Unguarded, safe: guarded.Guarded,
		attack: &try{page: evil, does: "submit", at: "remove?name=note", login: true}, condition: "where the session cookie is SameSite=None"},
	{rule: "csrfprotection/nevermatch", reported: v.TrustedNever, safe: v.TrustedSafe, attack: posts(evil), meant: posts(own)},
	{rule: "csrfprotection/trusted", reported: v.TrustedPlain, safe: v.TrustedSafe, attack: posts(named), condition: "which anyone on the way can write"},
	{rule: "csrfprotection/unused", reported: v.Unused, safe: v.Protected, attack: posts(evil)},
	{rule: "csrfprotection/version", reported: v.TokenOfOther, safe: options.TokenOfHost,
		attack: &try{page: sibling, does: "plant", at: "notes", login: true}, condition: "on a sub-domain that the attacker has",
		otherwise: map[string]otherwise{"WebKit": {why: "it takes a cookie with a Domain and a name that begins with __Host-", safe: true}}},

	{rule: "framing/any", reported: v.Overruled, safe: v.OverruledSafe, attack: &try{page: evil, does: "frame"}, condition: "for what clicks in the page do"},
	{rule: "framing/invalid", reported: v.Misspelt, safe: v.MisspeltSafe, attack: &try{page: evil, does: "frame"}, condition: "for what clicks in the page do"},
	{rule: "framing/invalid", reported: v.AllowFrom, safe: v.AllowFromSafe, attack: &try{page: evil, does: "frame"}, condition: "for what clicks in the page do"},

	{rule: "getstate/anymethod", reported: v.AnyMethod, safe: v.RouteSafe, attack: navigates("remove?name=note")},
	{rule: "getstate/logout", reported: v.Logout, safe: v.LogoutSafe, conceded: navigates("logout")},
	{rule: "getstate/override", reported: v.Override, safe: v.OverrideSafe, attack: &try{page: evil, does: "submit", at: "remove?name=note&_method=DELETE"}, condition: sent},
	{rule: "getstate/route", reported: v.Route, safe: v.RouteSafe, attack: navigates("remove?name=note")},
	{rule: "getstate/route", reported: v.RouteBehindProtection, safe: v.RouteSafe, attack: navigates("remove?name=note")},

	{rule: "guardabort/noabort", reported: v.NoAbort, safe: v.NoAbortSafe, attack: posts(evil)},
	{rule: "guardabort/noreturn", reported: v.NoReturn, safe: v.NoReturnSafe, attack: posts(evil)},

	{rule: "hostcheck/rebinding", reported: anyhost.AnyHost, safe: ownhost.OwnHost,
		attack: &try{page: stage.Rebound, does: "rebind", at: "remove?name=note"}, condition: pointed},
	{rule: "hostcheck/rebinding", reported: anyhostsocket.AnyHostSocket, safe: ownhostsocket.OwnHostSocket,
		attack: &try{page: stage.Rebound, does: "rebindSocket"}, condition: pointed},

	{rule: "jsoncontenttype/formbind", reported: v.Bound, safe: v.BoundSafe, attack: &try{page: evil, does: "submitField", at: "remove"}},
	{rule: "jsoncontenttype/unchecked", reported: v.Decoded, safe: v.DecodedSafe, attack: &try{page: evil, does: "submitText", at: "remove"}},
	{rule: "jsoncontenttype/weak", reported: v.DecodedLoosely, safe: v.DecodedSafe, attack: &try{page: evil, does: "sendTyped", at: "remove"}},

	{rule: "jsonp/callback", reported: v.Callback, safe: v.CallbackSafe, attack: &try{page: evil, does: "call"}},
	{rule: "jsonp/script", reported: v.Variable, safe: v.VariableSafe, attack: &try{page: evil, does: "include"}},

	{rule: "webmessage/crossorigin", reported: v.Unchecked, safe: v.UncheckedSafe, meant: &try{page: "https://app.example", does: "go"}},
	{rule: "webmessage/crossorigin", reported: v.UncheckedStyle, safe: v.UncheckedStyleSafe, meant: &try{page: "https://app.example", does: "go"}},
	{rule: "webmessage/crossorigin", reported: v.AskedAnyway, safe: v.AskedAnywaySafe, meant: &try{page: "https://app.example", does: "go"}},
	{rule: "webmessage/jsonp", reported: v.Feed, safe: v.FeedSafe, attack: &try{page: "https://app.example", does: "go"}, condition: "where the other site is an attacker's"},
	{rule: "webmessage/listener", reported: v.Obedient, safe: v.ObedientSafe, attack: &try{page: evil, does: "command"}, condition: "where it can be framed"},
	{rule: "webmessage/opener", reported: v.Opener, safe: v.OpenerSafe, attack: &try{page: "https://app.example", does: "go"}, condition: "the page that is linked to has a hold on this one", otherwise: ofClicks},
	{rule: "webmessage/sandbox", reported: v.Sandbox, safe: v.SandboxSafe, attack: &try{page: "https://app.example", does: "go"}, condition: "what is in the frame reads the page around it"},
	{rule: "webmessage/target", reported: v.Told, safe: v.ToldSafe, attack: &try{page: evil, does: "listen"}, condition: "where it can be framed"},

	{rule: "wsorigin/anyorigin", reported: v.SocketAny, safe: v.SocketAnySafe, attack: opens(evil)},
	{rule: "wsorigin/anyorigin", reported: v.SocketBehindProtection, safe: v.SocketBehindProtectionSafe, attack: opens(evil)},
	{rule: "wsorigin/default", reported: v.SocketDefault, safe: v.SocketDefaultSafe, attack: opens(evil)},
	{rule: "wsorigin/default", reported: v.SocketDefault, safe: v.SocketDefaultSafe, attack: inFrame("socket")},
	{rule: "wsorigin/nevermatch", reported: v.SocketNever, safe: v.SocketNeverSafe, attack: opens(evil), meant: opens(own)},
	{rule: "wsorigin/unset", reported: v.SocketUnset, safe: v.SocketUnsetSafe, attack: opens(evil), conceded: opens(plain)},
	{rule: "wsorigin/weak", reported: v.SocketWeak, safe: v.SocketWeakSafe, attack: opens(named)},
}
