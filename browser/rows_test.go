package browser

import (
	"net/http"

	v "github.com/soplint/soplint/browser/victims"
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
}

// A try is something that a page does.
type try struct {
	page  string // its origin; named is the one that the report names
	does  string // a function of stage/attacks.js
	after string // the origin of a page that does the same before
	at    string // what of the victim's addresses, where it has more than one

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
	"navigate":        {"sends the browser there", "acted", asUser},
	"put":             {"sends a PUT with a header of its own", "read", asUser},
	"read":            {"reads as the user", "read", asUser},
	"readAnonymously": {"reads without credentials", "read", asNobody},
	"readRedirected":  {"reads as the user, by a redirect of another site", "read", asUser},
	"socket":          {"opens the WebSocket", "opened", asUser},
}

func reads(page string) *try       { return &try{page: page, does: "read"} }
func anonymously(page string) *try { return &try{page: page, does: "readAnonymously"} }
func opens(page string) *try       { return &try{page: page, does: "socket"} }

// navigates sends the browser from an attacker's page to an address of the victim.
func navigates(at string) *try { return &try{page: evil, does: "navigate", at: at} }

// rows has every rule; the first row of a rule is its smoke test.
var rows = []row{
	{rule: "corscredentials/reflecting", reported: v.Reflecting, safe: v.ReflectingSafe, attack: reads(evil)},
	{rule: "corscredentials/refused", reported: v.Refused, safe: v.RefusedSafe, attack: reads(evil), meant: reads(own), refuses: true},
	{rule: "corscredentials/wildcard", reported: v.Wildcard, safe: v.WildcardSafe, attack: reads(evil), meant: reads(own)},
	{rule: "corscredentials/wildcard", reported: v.WildcardByLibrary, safe: v.WildcardByLibrarySafe, attack: reads(evil), meant: reads(own)},

	{rule: "corsheader/invalid", reported: v.Invalid, safe: v.InvalidSafe, attack: reads(evil), meant: reads(own)},
	{rule: "corsheader/invalid", reported: v.InvalidWildcard, safe: v.InvalidSafe, attack: reads(evil), meant: reads(own)},
	{rule: "corsheader/invalid", reported: v.InvalidList, safe: v.InvalidSafe, attack: reads(evil), meant: reads(own)},
	{rule: "corsheader/preflight", reported: v.LiteralStar, safe: v.LiteralStarSafe, attack: reads(evil), meant: &try{page: own, does: "put"}},
	{rule: "corsheader/value", reported: v.NotTrue, safe: v.NotTrueSafe, attack: reads(evil), meant: reads(own)},
	{rule: "corsheader/vary", reported: v.Unvaried, safe: v.UnvariedSafe, attack: reads(evil), meant: &try{page: help, does: "read", after: own}},

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

	{rule: "getstate/anymethod", reported: v.AnyMethod, safe: v.RouteSafe, attack: navigates("remove?name=note")},
	{rule: "getstate/logout", reported: v.Logout, safe: v.LogoutSafe, conceded: navigates("logout")},
	{rule: "getstate/route", reported: v.Route, safe: v.RouteSafe, attack: navigates("remove?name=note")},
	{rule: "getstate/route", reported: v.RouteBehindProtection, safe: v.RouteSafe, attack: navigates("remove?name=note")},

	{rule: "wsorigin/anyorigin", reported: v.SocketAny, safe: v.SocketAnySafe, attack: opens(evil)},
	{rule: "wsorigin/anyorigin", reported: v.SocketBehindProtection, safe: v.SocketBehindProtectionSafe, attack: opens(evil)},
	{rule: "wsorigin/default", reported: v.SocketDefault, safe: v.SocketDefaultSafe, attack: opens(evil)},
	{rule: "wsorigin/default", reported: v.SocketDefault, safe: v.SocketDefaultSafe, attack: inFrame("socket")},
	{rule: "wsorigin/nevermatch", reported: v.SocketNever, safe: v.SocketNeverSafe, attack: opens(evil), meant: opens(own)},
	{rule: "wsorigin/unset", reported: v.SocketUnset, safe: v.SocketUnsetSafe, attack: opens(evil), conceded: opens(plain)},
	{rule: "wsorigin/weak", reported: v.SocketWeak, safe: v.SocketWeakSafe, attack: opens(named)},
}
