package origin

import (
	"maps"
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/corsconfig"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/web"
)

// An Entry is an entry of a library's list of origins that lets no page in.
type Entry struct {
	Write   Write     // where the list stands
	Applied flow.Site // the call that applies it
	Library string    // as users know it
	Literal string    // the element of the list
	Text    string    // the entry in it: the element, or a part of it where the library splits it
	Reason  string
	Refused string // what the library says about it when the program starts, "" if it starts
	Mended  string // the entry as the library would take it, "" if that is not plain
}

// An entries judges the list of one configuration by what its library answers
// to the origins that the entries can be meant for.
type entries struct {
	library *corsconfig.Library
	version string
	parts   corsconfig.Config
}

// deadEntries records the entries of a configuration that can match no browser's
// Origin. It says nothing where a part of the configuration comes from outside,
// where the library does not read the list, and where every origin is let in.
// The configuration stands at that place of the package.
func (s *search) deadEntries(event *flow.Event, at flow.Site, c *configuration, library *corsconfig.Library) {
	e := entries{library, s.version(event.Row), c.parts}
	if slices.Contains(slices.Collect(maps.Values(c.unknown)), true) {
		return
	}
	if !e.readsList() || e.admits(e.parts, web.Any) {
		return
	}
	for _, element := range c.parts.Origins {
		for _, text := range e.split(element) {
			if entry := e.judge(element, text); entry != nil && (at == event.Named || gives(at, element)) {
				entry.Applied, entry.Library = event.Named, library.Name
				entry.Write = Write{Site: at, Calls: event.Calls}
				if site := c.sites["origins"]; site != nil && at == event.Named {
					entry.Write.Site = *site
				}
				s.result.addEntry(entry)
			}
		}
	}
}

func (r *Result) addEntry(entry *Entry) {
	same := func(old *Entry) bool { return old.Write.Site == entry.Write.Site && old.Text == entry.Text }
	if !slices.ContainsFunc(r.Entries, same) {
		r.Entries = append(r.Entries, entry)
	}
}

// admits reports whether browsers let a page of that origin read the answer.
func (e entries) admits(c corsconfig.Config, origin string) bool {
	allowed := e.library.Answer(e.version, c, origin).AllowOrigin
	return allowed == origin || allowed == "*"
}

// alone is the configuration with a list of that entry only, and a callback, if
// there is one, that accepts nothing.
func (e entries) alone(entry string) corsconfig.Config {
	c := e.parts
	c.Origins = []string{entry}
	if c.Func != nil {
		c.Func = func(string) bool { return false }
	}
	return c
}

// readsList reports whether an entry as it should be, or the host of one where
// the library lists hosts, lets its origin in.
func (e entries) readsList() bool {
	return e.admits(e.alone(web.Any), web.Any) || e.hostFor(web.Any) != ""
}

// hostFor returns the entry for the origin's host where the library lists hosts,
// with their ports or without, "" if it does not. Some take all hosts to be
// reached over one scheme.
func (e entries) hostFor(origin string) string {
	host := hostOf(origin)
	name, _, _ := strings.Cut(host, ":")
	for _, entry := range []string{host, name} {
		if c := e.alone(entry); e.admits(c, "https://"+host) || e.admits(c, "http://"+host) {
			return entry
		}
	}
	return ""
}

// hostOf is what stands behind the scheme of an origin.
func hostOf(origin string) string {
	_, host, _ := strings.Cut(origin, "://")
	return host
}

// split parts an element at commas where that is what the library does.
func (e entries) split(element string) []string {
	if e.admits(e.alone(web.Any+",https://other.example"), web.Any) {
		return strings.Split(element, ",")
	}
	return []string{element}
}

// alive reports whether an origin that the entry can be meant for is let in, by
// it or by another entry. What is meant for no page of the web counts as alive.
func (e entries) alive(entry string) bool {
	meant := web.Meant(entry)
	return len(meant) == 0 || slices.ContainsFunc(meant, func(origin string) bool {
		return e.admits(e.alone(entry), origin) || e.admits(e.parts, origin)
	})
}

func (e entries) judge(element, text string) *Entry {
	if e.alive(text) {
		return nil
	}
	meant := web.Meant(text)
	host := e.hostFor(meant[0])
	entry := &Entry{Literal: element, Text: strings.TrimSpace(text), Reason: reason(text, meant[0], host), Refused: e.refused(text)}
	if entry.Refused == "" && (entry.Reason == "" || e.refusal(e.parts) != "") {
		return nil
	}
	if entry.Refused != "" && text == "*" && e.parts.Credentials {
		return nil // everybody with credentials is refused: a matter of its own
	}
	if len(meant) == 1 && !strings.ContainsAny(text, "*?") {
		entry.Mended = e.mend(meant[0], host)
	}
	return entry
}

// reason says why an entry lets the origin's pages not in; host is the entry that
// does where the library lists hosts.
func reason(entry, origin, host string) string {
	switch {
	case host != "" && host != hostOf(origin):
		return "it compares hosts, without the scheme and the port"
	case host != "":
		return "it compares hosts, without the scheme"
	case strings.Contains(entry, "*") && !strings.Contains(entry, ","):
		return "it has no such wildcard"
	}
	return web.NeverMatches(entry)
}

// refusal returns what the library says of a configuration when the program
// starts, "" if it starts.
func (e entries) refusal(c corsconfig.Config) string {
	return e.library.Answer(e.version, c, web.Any).Refused
}

// refused returns what the library says of an entry when the program starts. Of
// several that it does not take a library may name the first only.
func (e entries) refused(entry string) string {
	said := e.refusal(e.alone(entry))
	if !strings.Contains(e.refusal(e.parts), said) {
		return ""
	}
	return said
}

// mend returns the entry that lets the origin in.
func (e entries) mend(origin, host string) string {
	switch {
	case host != "" && e.admits(e.alone(host), origin):
		return host
	case e.admits(e.alone(origin), origin):
		return origin
	}
	return ""
}

// unvaried records that the answers of a library, so configured, depend on the
// Origin and do not say so. A list of one origin makes no answers to mix up.
func (s *search) unvaried(event *flow.Event, c *configuration, library *corsconfig.Library) {
	version := s.version(event.Row)
	served := map[string]bool{}
	for _, entry := range c.parts.Origins {
		for _, origin := range web.Meant(entry) {
			answer := library.Answer(version, c.parts, origin)
			if answer.AllowOrigin == origin && !answer.Vary && entry != outside {
				served[entry] = true
			}
		}
	}
	if len(served) < 2 {
		return
	}
	site := event.Named
	if given := c.sites["origins"]; given != nil && s.flow.InPackage(*given) {
		site = *given
	}
	s.fault(Header{Site: site, Fault: Unvaried, Name: "Vary", Library: library.Name,
		Reason: "a cache can give one origin's answer to another"})
}

// listed are the parts that name headers, each with the header that carries it.
var listed = [][2]string{{"headers", "Access-Control-Allow-Headers"}, {"exposed", "Access-Control-Expose-Headers"}}

// starred looks for a * among the headers that a library names to browsers: beside
// credentials it is no wildcard (Fetch standard, CORS-preflight fetch and
// "extract header list values").
func (s *search) starred(event *flow.Event, c *configuration, library *corsconfig.Library) {
	if !c.parts.Credentials || c.unknown["credentials"] || !c.servesSome(library, s.version(event.Row)) {
		return
	}
	for _, list := range listed { // in a fixed order, as one fault is kept for a place
		part, header := list[0], list[1]
		if !slices.Equal(c.named[part], []string{"*"}) {
			continue
		}
		site := event.Named
		if given := c.sites[part]; given != nil && s.flow.InPackage(*given) {
			site = *given
		}
		s.fault(Header{Site: site, Fault: LiteralStar, Name: header, Value: "*", Library: library.Name,
			Reason: "with credentials " + header + ": * stands for a header of that name, and " + library.Name + " sends it as it is"})
	}
}

// servesSome reports whether a configuration lets in some origin with credentials.
func (c *configuration) servesSome(library *corsconfig.Library, version string) bool {
	serves := func(origin string) bool {
		answer := library.Answer(version, c.parts, origin)
		return answer.AllowOrigin == origin && answer.Credentials && answer.Refused == ""
	}
	return slices.ContainsFunc(c.parts.Origins, func(entry string) bool {
		return entry == outside && serves(outside) || slices.ContainsFunc(web.Meant(entry), serves)
	})
}
