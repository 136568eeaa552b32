package web

import (
	"net/url"
	"strconv"
	"strings"
)

// pagePort is a port that a page can be on. Browsers open no page on many of the
// ports below 1024 (Fetch standard, port blocking).
const pagePort = 8443

// onPort returns the attackers who pass a check of nothing but the port: a page
// is on any port that its site's owner likes. A seed is a port if it is digits, or
// digits after a colon; a colon alone, at which code parts host and port, is any.
func onPort(seed string) []Attacker {
	port, err := strconv.Atoi(strings.TrimPrefix(seed, ":"))
	if seed != ":" && (err != nil || port <= 0 || port > 65535) {
		return nil
	}
	if port < 1024 {
		port = pagePort
	}
	suffix := ":" + strconv.Itoa(port)
	return []Attacker{
		{Origin: Any + suffix, Foothold: LookAlike},
		{Origin: anyHTTP + suffix, Foothold: LookAlike},
	}
}

// Moved returns the attackers on the port that this one's page is on, for checks
// that ask for a port before they look at the host.
func (a Attacker) Moved(attackers []Attacker) []Attacker {
	u, err := url.Parse(a.Origin)
	if err != nil || u.Port() == "" {
		return nil
	}
	var moved []Attacker
	for _, other := range attackers {
		if at, err := url.Parse(other.Origin); err != nil || at.Host == "" || at.Port() != "" {
			continue
		}
		other.Origin += ":" + u.Port()
		if other.Control != "" {
			other.Control += ":" + u.Port()
		}
		moved = append(moved, other)
	}
	return moved
}
