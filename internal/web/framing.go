package web

import (
	"slices"
	"strings"
)

// Unknown stands, in the text of a header, for a part that the program does not
// show. It cannot be in a header.
const Unknown = "\x00"

// A FrameOptions is what browsers make of a value of X-Frame-Options.
type FrameOptions uint8

// What X-Frame-Options can come to.
const (
	FrameIgnored    FrameOptions = iota // anybody may frame the page
	FrameDeny                           // nobody may
	FrameSameOrigin                     // pages of the same origin may
	FrameConfused                       // values contradict each other, so nobody may
	FrameUnknown                        // the program does not show enough of it
)

// ReadFrameOptions says what browsers make of values of X-Frame-Options that one
// response carries: each can be a list itself. Values that are the same count
// once; of several, one that is known makes them all a refusal (HTML standard,
// "check a navigation response's adherence to X-Frame-Options").
func ReadFrameOptions(values ...string) FrameOptions {
	seen := map[string]bool{}
	for _, value := range values {
		for item := range strings.SplitSeq(value, ",") {
			seen[strings.ToLower(trim(item))] = true
		}
	}
	switch {
	case len(seen) == 1 && seen["deny"]:
		return FrameDeny
	case len(seen) == 1 && seen["sameorigin"]:
		return FrameSameOrigin
	case seen["deny"] || seen["sameorigin"] || seen["allowall"] && len(seen) > 1:
		return FrameConfused
	}
	for item := range seen {
		if strings.HasPrefix(item, Unknown) {
			return FrameUnknown
		}
	}
	return FrameIgnored
}

// trim cuts what HTTP takes for white space (RFC 9110, section 5.6.3).
func trim(s string) string { return strings.Trim(s, " \t\r\n") }

// MeantFrameOptions returns the value of X-Frame-Options that a wrong spelling
// stands for: in quotes, with a hyphen, with something behind. It is "" where
// that cannot be told.
func MeantFrameOptions(value string) string {
	letters := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, value)
	for _, known := range []string{"DENY", "SAMEORIGIN"} {
		if strings.EqualFold(letters, known) {
			return known
		}
	}
	return ""
}

// A ContentPolicy is one policy of a Content-Security-Policy header: values by
// directive, in lower case.
type ContentPolicy map[string][]string

// ReadContentPolicies parses the value of a Content-Security-Policy header,
// which holds policies parted by commas. Of a directive that stands twice the
// first counts (CSP level 3, section 2.2.1).
func ReadContentPolicies(value string) []ContentPolicy {
	var policies []ContentPolicy
	for text := range strings.SplitSeq(value, ",") {
		policy := ContentPolicy{}
		for directive := range strings.SplitSeq(text, ";") {
			words := strings.Fields(directive)
			if len(words) == 0 {
				continue
			}
			name := strings.ToLower(words[0])
			if _, twice := policy[name]; !twice {
				policy[name] = words[1:]
			}
		}
		if len(policy) > 0 {
			policies = append(policies, policy)
		}
	}
	return policies
}

// Framers is what a Content-Security-Policy says of who may frame the page.
type Framers struct {
	Named   bool   // a directive frame-ancestors stands there
	Anybody string // the source by which every site may, "" if there is none
	Mixed   bool   // other sources stand beside Anybody, so somebody meant to choose
	Unknown bool   // what the program does not show of the header can name others
}

// ReadFramers says who may frame a page that has that Content-Security-Policy.
// Each policy of it has to let a page in, so one that does not decides.
func ReadFramers(value string) Framers {
	f := Framers{Unknown: strings.Contains(value, Unknown)}
	for _, policy := range ReadContentPolicies(value) {
		sources, named := policy["frame-ancestors"]
		if !named {
			continue
		}
		anybody := slices.IndexFunc(sources, admitsEverySite)
		switch {
		case anybody >= 0 && (f.Anybody != "" || !f.Named):
			f.Anybody, f.Mixed = sources[anybody], len(sources) > 1
		case anybody < 0:
			f.Anybody, f.Mixed = "", false
		}
		f.Named = true
	}
	return f
}

// admitsEverySite reports whether a source expression of frame-ancestors matches
// every site: a wildcard, or a scheme alone (CSP level 3, section 6.7.2.8; http:
// matches https, too).
func admitsEverySite(source string) bool {
	source = strings.ToLower(source)
	if source == "http:" || source == "https:" {
		return true
	}
	scheme, host, found := strings.Cut(source, "://")
	if !found {
		scheme, host = "https", source
	}
	host, _, _ = strings.Cut(host, "/")
	host, port, hasPort := strings.Cut(host, ":")
	if hasPort && port != "*" && port != "443" && port != "80" {
		return false
	}
	return host == "*" && (scheme == "https" || scheme == "http")
}
