package driver

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/soplint/soplint/analyzers"
	"github.com/soplint/soplint/internal/mutant"
	"github.com/soplint/soplint/internal/rule"
)

// A guarded is a check whose engine is tried with guards that are changed.
type guarded struct {
	check string
	guard string // under which a request is refused that the check speaks of
}

var guardedChecks = []guarded{
	{"corsorigin", `r.Header.Get("Origin") != "https://app.example.com"`},
	{"wsorigin", `r.Header.Get("Origin") != "https://app.example.com"`},
	{"getstate", `r.Method != "POST"`},
	{"guardabort", ""},
	{"jsoncontenttype", `r.Header.Get("Content-Type") != "application/json"`},
}

// TestGuards opens each guard of the functions in the fixtures of which nothing is
// said, one at a time, and wants a report; and puts one in front of what is
// reported, and wants fewer. What it is to be silent about all the same stands in
// survivors, with the reason.
func TestGuards(t *testing.T) {
	met := map[string]bool{}
	for _, g := range guardedChecks {
		t.Run(g.check, func(t *testing.T) {
			score := &guardScore{t: t, guarded: g, session: newSession(t, only(g.check), g.check+"/..."), met: met}
			for _, path := range slices.Sorted(maps.Keys(score.session.nodes)) {
				if !score.isImported(path) {
					score.fixture(path)
				}
			}
			if score.changed == 0 {
				t.Error("no guard was changed")
			}
			t.Logf("%d guards changed, %d noticed, %d missed, %d that change nothing", score.changed, score.noticed, score.missed, score.explained)
		})
	}
	for name := range survivors {
		if !met[name] {
			t.Errorf("%s is noticed, or is no mutant: it needs no reason", name)
		}
	}
}

// A guardScore counts the guards of the fixtures of one check.
type guardScore struct {
	t *testing.T
	guarded
	session *session
	met     map[string]bool // of the survivors

	changed, noticed, explained, missed int
}

// isImported reports whether other fixtures import one: what changes in it shows
// there.
func (g *guardScore) isImported(path string) bool {
	for _, n := range g.session.nodes {
		if n.imports[path] != nil {
			return true
		}
	}
	return false
}

func (g *guardScore) fixture(path string) {
	p := g.session.parsed(g.t, path)
	findings, _ := g.session.findings(path, nil)
	before := g.session.said(p.Text, findings)
	involved := g.session.involved(p, findings)
	for _, function := range p.Functions() {
		reported := involved[function]
		var all []mutant.Mutant
		switch {
		case reported && g.guard == "":
			all = p.Ends(function)
		case reported:
			all = p.Closes(function, g.guard)
		default:
			all = p.Opens(function)
		}
		for _, m := range all {
			if reported || g.guard != "" || strings.HasPrefix(m.Name, "no return") {
				g.mutant(path, m, before, reported)
			}
		}
	}
}

// mutant wants a report more, or one less where there was one before. A mutant that
// does not compile counts for nothing.
func (g *guardScore) mutant(path string, m mutant.Mutant, before []string, reported bool) {
	found, problems := g.session.findings(path, m.Text)
	if len(problems) > 0 {
		return
	}
	g.changed++
	gone, more := difference(before, g.session.said(m.Text, found))
	if reported && len(gone) > 0 || !reported && len(more) > 0 {
		g.noticed++
		return
	}
	change := m.Name[:strings.LastIndex(m.Name, " at line ")]
	name := strings.TrimPrefix(path, "fixtures/") + " " + m.Function + ": " + change
	if why := survivors[name]; why != "" {
		g.met[name] = true
		if strings.HasPrefix(why, "missed: ") {
			g.missed++
		} else {
			g.explained++
		}
		return
	}
	g.t.Errorf("%s (%s): nobody notices", name, m.Name)
}

func only(check string) []rule.Check {
	return slices.DeleteFunc(analyzers.All(), func(c rule.Check) bool { return c.Analyzer.Name != check })
}

// alwaysThere is why nobody notices a condition for middleware that is left out.
const alwaysThere = "the middleware is always there then"

// survivors are changes of guards that nobody notices, and why: most change nothing
// for an attacker. What begins with "missed" is what the engine does not see.
var survivors = map[string]string{
	`wsorigin/gorilla/once madeAtFirstSafe: true instead of (atFirstSafe == nil)`:                                                "no guard: the upgrader is made anew each time, with the same check",
	`corsorigin/carried rangedOtherSafe: true instead of (name == "X-Trace")`:                                                    "no guard: the header that is written says nothing to browsers",
	`corsorigin/carried rememberAllowed: true instead of (!slices.Contains([]string{"https://app.example.com"}, origi`:           "no origin is kept any more",
	`corsorigin/carried answerAllowed: true instead of (ok && origin != "")`:                                                     "what stands in the context was checked",
	`getstate/nethttp byMethod: false instead of (!ok)`:                                                                          "no guard: the map has nothing for GET that changes anything",
	`getstate/nethttp byMethod: no return behind (!ok)`:                                                                          "no guard: the map has nothing for GET that changes anything",
	`getstate/override byHeader: true instead of (r.Method == http.MethodPost && method != "")`:                                  "no page can send the header",
	`getstate/settings tokenRequired: false instead of (opts.Token == "")`:                                                       "the routes ask for the token all the same",
	`getstate/settings tokenOr: true instead of (opts.Token != "")`:                                                              alwaysThere,
	`getstate/settings switchedOff: true instead of (!opts.Anonymous)`:                                                           alwaysThere,
	`getstate/settings byDefault: true instead of (opts.Guarded)`:                                                                alwaysThere,
	`getstate/nethttp clearRest: true instead of (keepsAll)`:                                                                     "it is true",
	`getstate/mounted serveTwice: true instead of (!embedded)`:                                                                   "no guard: what is mounted stands behind one",
	`getstate/mounted serveTwice: true instead of (embedded)`:                                                                    "no guard: what is mounted stands behind one",
	`getstate/settings byDefault: true instead of (opts.Checked)`:                                                                alwaysThere,
	`getstate/settings answered: true instead of (isGuarded())`:                                                                  alwaysThere,
	`getstate/settings isGuarded: return true`:                                                                                   "what it returns is not looked at",
	`getstate/settings together: true instead of (opts.Token != "")`:                                                             alwaysThere,
	`getstate/settings server.routes: true instead of (s.auth != nil)`:                                                           alwaysThere,
	`corsorigin/frameworks/chi serve: guard first`:                                                                               "stands in the handler of which nothing is said",
	`corsorigin/frameworks/gin listedByWriter: true instead of (trusted[origin])`:                                                "its route is behind middleware that refuses",
	`corsorigin/frameworks/gorillamux newAPI: dots that are not escaped of https://.*.example.com`:                               "reported: the pattern lets others in as it is",
	`corsorigin/guards halfOpen: dots that are not escaped of ^https://example.com|https://app.example.com$`:                     "reported: the pattern lets others in as it is",
	`corsorigin/guards halfOpen: no anchor at the end of ^https://example\.com|https://app\.example\.com`:                        "reported: the pattern lets others in as it is",
	`corsorigin/guards noDot: dots that are not escaped of ^https://.*example.com$`:                                              "reported: the pattern lets others in as it is",
	`corsorigin/guards noDot: no anchor at the end of ^https://.*example\.com`:                                                   "reported: the pattern lets others in as it is",
	`corsorigin/guards noEnd: dots that are not escaped of ^https://.*.example.com`:                                              "reported: the pattern lets others in as it is",
	`corsorigin/guards unanchored: dots that are not escaped of example.com`:                                                     "reported: the pattern lets others in as it is",
	`corsorigin/helpers earlyReturnSafe: false instead of (origin == "")`:                                                        "no guard: it asks whether there is an origin",
	`corsorigin/helpers fromContextChecked: true instead of (ok)`:                                                                "what stands in the context was checked",
	`corsorigin/helpers isAllowed: false instead of (origin == "")`:                                                              "no guard: it asks whether there is an origin",
	`corsorigin/helpers isAllowed: return true`:                                                                                  "no guard: it asks whether there is an origin",
	`corsorigin/helpers loopValueSafe: true instead of (o == r.Header.Get("Origin"))`:                                            "what is written is of the list, whatever was asked",
	`corsorigin/helpers openOnce: dots that are not escaped of https://.*.example.com`:                                           "reported: the pattern lets others in as it is",
	`getstate/servers removePosted: return true`:                                                                                 "no guard: either way the request is refused",
	`corsorigin/idioms patterns: dots that are not escaped of ^https://app.example.com$`:                                         "reported: another pattern of the list lets others in",
	`corsorigin/idioms patterns: no anchor at the end of ^https://app\.example\.com`:                                             "reported: another pattern of the list lets others in",
	`corsorigin/idioms patterns: dots that are not escaped of ^https://.*.example.org`:                                           "reported: another pattern of the list lets others in",
	`corsorigin/idioms matchLoosely: true instead of (len(list) == 0)`:                                                           "reported: it lets everything in at its end",
	`corsorigin/idioms matchLoosely: return true`:                                                                                "reported: it lets everything in at its end",
	`corsorigin/idioms exact.Allowed: return true`:                                                                               "missed: which of two implementations is used is not known",
	`corsorigin/idioms proto: true instead of (r.TLS != nil)`:                                                                    "no guard: it makes the origin of the server itself",
	`corsorigin/idioms host: false instead of (h != "")`:                                                                         "no guard: it makes the host of the server itself",
	`wsorigin/gobwas httpUpgraderSafe: return true`:                                                                              "no guard: it chooses a protocol",
	`wsorigin/gorilla/predicates unanchored: dots that are not escaped of https://app.example.com`:                               "reported: the pattern lets others in as it is",
	`wsorigin/gorilla/predicates sameHost: return true`:                                                                          "no origin of a page fails to parse",
	`wsorigin/gorilla/predicates sameHostname: return true`:                                                                      "no origin of a page fails to parse",
	`wsorigin/routes chiBranch: true instead of (verbose)`:                                                                       "no guard: it decides about a log",
	`wsorigin/routes ginRefuses: true instead of (c.GetHeader("Origin") != trusted)`:                                             "it refuses everybody",
	`wsorigin/routes ginWarning: false instead of (c.GetHeader("Origin") != trusted)`:                                            "reported: it lets everybody in as it is",
	`wsorigin/routes ginWarning: no return behind (c.GetHeader("Origin") != trusted)`:                                            "reported: it lets everybody in as it is",
	`wsorigin/routes warning: true instead of (r.Header.Get("Origin") != trusted)`:                                               "reported: it lets everybody in as it is",
	`wsorigin/routes warning: HasPrefix instead of !=`:                                                                           "reported: it lets everybody in as it is",
	`wsorigin/routes warning: Contains instead of !=`:                                                                            "reported: it lets everybody in as it is",
	`wsorigin/gorilla speaks: false instead of (r.Header.Get("Sec-WebSocket-Protocol") != "graphql-ws")`:                         "no guard of the Origin: every page names its protocols",
	`wsorigin/gorilla speaks: no return behind (r.Header.Get("Sec-WebSocket-Protocol") != "graphql-ws")`:                         "no guard of the Origin: every page names its protocols",
	`wsorigin/gorilla lists: false instead of (!slices.Contains(websocket.Subprotocols(r), "graphql-ws"))`:                       "no guard of the Origin: every page names its protocols",
	`wsorigin/gorilla lists: no return behind (!slices.Contains(websocket.Subprotocols(r), "graphql-ws"))`:                       "no guard of the Origin: every page names its protocols",
	`wsorigin/gorilla/guards inHandlerNothing: true instead of (r.Header.Get("Origin") != trusted)`:                              "reported: it lets everybody in as it is",
	`wsorigin/gorilla/guards inHandlerNothing: HasPrefix instead of !=`:                                                          "reported: it lets everybody in as it is",
	`wsorigin/gorilla/guards inHandlerNothing: Contains instead of !=`:                                                           "reported: it lets everybody in as it is",
	`wsorigin/gorilla/upgraders logger.note: true instead of (l.debug)`:                                                          "no guard: it decides about a log",
	`wsorigin/gorilla/upgraders settings.unlessListed: guard first`:                                                              "stands in the predicate of which nothing is said",
	`wsorigin/costly one: true instead of (r.FormValue("a") == "1")`:                                                             "no guard: it asks for what every page may send",
	`wsorigin/costly two: true instead of (r.FormValue("b") == "1")`:                                                             "no guard: it asks for what every page may send",
	`wsorigin/costly three: true instead of (r.FormValue("c") == "1")`:                                                           "no guard: it asks for what every page may send",
	`wsorigin/costly four: true instead of (r.FormValue("d") == "1")`:                                                            "no guard: it asks for what every page may send",
	`wsorigin/costly five: true instead of (r.FormValue("e") == "1")`:                                                            "no guard: it asks for what every page may send",
	`wsorigin/costly six: true instead of (r.FormValue("f") == "1")`:                                                             "no guard: it asks for what every page may send",
	`wsorigin/costly seven: true instead of (r.FormValue("g") == "1")`:                                                           "no guard: it asks for what every page may send",
	`wsorigin/costly seven: true instead of (in.a && in.b || in.c && in.d || in.e && in.f)`:                                      "no guard: it asks for what every page may send",
	`wsorigin/costly checked: return true`:                                                                                       "no guard: the check stands before it",
	`wsorigin/idioms listedStrictly: true instead of (origin != "" && origin != "*")`:                                            "no guard: browsers send neither as an Origin",
	`wsorigin/idioms listedStrictly: true instead of (len(origins) == 0)`:                                                        "no guard: it adds the server's own host",
	`wsorigin/idioms tokenOf: false instead of (!strings.HasPrefix(header, "Bearer "))`:                                          "no guard: its caller refuses what comes without a token",
	`wsorigin/idioms guest: false instead of (token != "" && !tokens[token])`:                                                    "reported: it lets everybody in as it is",
	`wsorigin/idioms guest: no return behind (token != "" && !tokens[token])`:                                                    "reported: it lets everybody in as it is",
	`wsorigin/idioms atDesk: false instead of (!known)`:                                                                          "reported: it lets everybody in as it is",
	`wsorigin/idioms atDesk: no return behind (!known)`:                                                                          "reported: it lets everybody in as it is",
	`wsorigin/routes crossSite: false instead of (r.Header.Get("Sec-Fetch-Site") == "cross-site")`:                               "reported: it lets everybody in as it is",
	`wsorigin/routes crossSite: no return behind (r.Header.Get("Sec-Fetch-Site") == "cross-site")`:                               "reported: it lets everybody in as it is",
	`wsorigin/routes crossSiteOnGin: false instead of (site == "cross-site" || site == "same-site")`:                             "reported: it lets everybody in as it is",
	`wsorigin/routes crossSiteOnGin: no return behind (site == "cross-site" || site == "same-site")`:                             "reported: it lets everybody in as it is",
	`wsorigin/routes localOnly: false instead of (host != "localhost" && host != "127.0.0.1")`:                                   "no guard of the Origin: every page names the host that it opens",
	`wsorigin/routes localOnly: no return behind (host != "localhost" && host != "127.0.0.1")`:                                   "no guard of the Origin: every page names the host that it opens",
	`wsorigin/overwritten allowed: guard first`:                                                                                  "stands in the predicate, which sees the other Origin",
	`wsorigin/routes options.ginTwice: true instead of (o.Strict)`:                                                               "reported: one of the routes has nothing before it",
	`wsorigin/routes options.ginAlways: true instead of (o.Strict)`:                                                              alwaysThere,
	`wsorigin/revel relay: true instead of (ws.MessageReceive(&text) == nil)`:                                                    "no guard: it decides what is sent",
	`guardabort/others hertzAborts: no return behind (string(c.GetHeader("Origin")) != "https://app.example.com")`:               "Abort keeps what comes next from running",
	`wsorigin/fiber3 skipped: return true`:                                                                                       "nothing is upgraded any more",
	`wsorigin/xnet handlerChecks: no return behind (conn.Config().Origin.Host != conn.Request().Host)`:                           "the connection is closed",
	`wsorigin/xnet handlerTurnedOn: no return behind (checked && conn.Config().Origin.Host != conn.Request().Host`:               "the connection is closed",
	`guardabort/gin aborts: no return behind (c.GetHeader("X-CSRF-Token") == "")`:                                                "the chain is aborted",
	`guardabort/gin abortsByHelper: no return behind (c.GetHeader("Origin") != "https://app.example.com")`:                       "the chain is aborted",
	`guardabort/gin last: no return behind (c.GetHeader("Authorization") == "")`:                                                 "nothing comes behind",
	`guardabort/nethttp flaggedWrongly: return behind allowed`:                                                                   "that is not the guard",
	`guardabort/nethttp server.last: no return behind (r.Method == http.MethodPost)`:                                             "nothing comes behind",
	`guardabort/nethttp requirePost: no return behind (r.Method != http.MethodPost)`:                                             "nothing comes behind",
	`jsoncontenttype/cors listed: no dot in front of example.com`:                                                                "not looked at here: it does not let everybody in, and is reported as an origin check",
	`jsoncontenttype/decoders serve: guard first`:                                                                                "stands before the registrations, not in a handler",
	`jsoncontenttype/factories endpoints: false instead of (db == nil)`:                                                          "no guard: it decides whether there is a database",
	`jsoncontenttype/factories prefixed: true instead of (!strings.HasPrefix(path, "/"))`:                                        "no guard: it makes a path",
	`jsoncontenttype/graphqlheader authenticated: false instead of (r.Header.Get("Authorization") != "Bearer "+os.Getenv("TOKEN`: "users are still known by a header alone, which no form has",
	`jsoncontenttype/graphqlheader authenticated: no return behind (r.Header.Get("Authorization") != "Bearer "+os.Getenv("TOKEN`: "users are still known by a header alone, which no form has",
	`jsoncontenttype/nethttp registrations.removedSafe: false instead of (json.NewDecoder(r.Body).Decode(&d) != nil)`:            "no guard: a body that was not read holds no secret",
	`jsoncontenttype/nethttp stored: guard first`:                                                                                "stands before the registrations, not in a handler",
	`jsoncontenttype/refusals known: false instead of (r.Header.Get("Content-Type") != "application/json")`:                      "reported: it lets every body in as it is",
	`jsoncontenttype/refusals removeSigned: true instead of (json.NewDecoder(r.Body).Decode(&o) == nil)`:                         "no guard: a body that was not read says nothing",
	`jsoncontenttype/refusals removeChecked: true instead of (json.NewDecoder(r.Body).Decode(&o) == nil)`:                        "no guard: a body that was not read says nothing",
	`jsoncontenttype/settings removeSafely: true instead of (json.NewDecoder(r.Body).Decode(&n) == nil)`:                         "no guard: a body that was not read says nothing",
	`jsoncontenttype/settings routesSafe: true instead of (!opts.NoToken)`:                                                       alwaysThere,
	`jsoncontenttype/tokens server.byHeader: true instead of (json.NewDecoder(r.Body).Decode(&n) == nil)`:                        "no guard: a body that was not read says nothing",
}
