package origin

import (
	"slices"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/web"
)

// A program that asks for the name by which it is reached, as servers on localhost
// do against DNS rebinding, refuses requests for another one. A page of any site
// reaches the server by the name that it has.

// maxHosts bounds the names that are tried on one root.
const maxHosts = 3

// underOtherNames sends a handshake from another site to a root under the names that
// code compares the request's Host with.
func (s *search) underOtherNames(root flow.Root, run *flow.Run) {
	hosts := slices.Clone(run.Hosts)
	if slices.ContainsFunc(run.Events, opens) {
		for i := range s.before {
			hosts = append(hosts, s.pass(&s.before[i], s.handshake(web.Any)).Hosts...)
		}
	}
	hosts = slices.DeleteFunc(hosts, func(host string) bool { return !web.IsOrigin("https://" + host) })
	slices.Sort(hosts)
	hosts = slices.Compact(hosts)
	for _, host := range hosts[:min(len(hosts), maxHosts)] {
		for _, named := range []string{host, host + ":8080"} {
			if web.IsOrigin("https://" + named) {
				s.underName(root, named)
			}
		}
	}
}

func (s *search) underName(root flow.Root, host string) {
	before := s.host
	s.host = host
	attacker := web.Attackers(nil)[0]
	s.sockets(root, s.flow.Engine.Replay(root, s.handshake(attacker.Origin)), attacker)
	s.host = before
}

func (s *search) handshake(origin string) *flow.Request { return handshake(origin, s.host) }
