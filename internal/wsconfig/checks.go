package wsconfig

import (
	"net/url"
	"strings"
)

// checkOrSameHost is gorilla's Upgrader (server.go, checkSameOrigin), and what
// was modelled on it: a nil predicate compares hosts.
func checkOrSameHost(_ string, c Config, origin, host string) bool {
	if c.CheckSet {
		return c.Check(origin)
	}
	return sameHost(origin, host)
}

// sameHost lets requests without an Origin pass: browsers always send one. Port
// and letter case are as in Host, the scheme is not compared.
func sameHost(origin, host string) bool {
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && strings.EqualFold(u.Host, host)
}

// checkOrAll is a library whose predicate, when nil, accepts: gws
// (initServerOption), gobwas/ws (Upgrader.OnHeader), x/net's Server
// (newServerConn).
func checkOrAll(_ string, c Config, origin, _ string) bool {
	return !c.CheckSet || c.Check(origin)
}

// acceptAll is a library that has no check, nor an option for one.
func acceptAll(string, Config, string, string) bool { return true }

// acceptXNetHandler is Handler of x/net/websocket, whose handshake only parses
// the Origin (server.go, checkOrigin).
func acceptXNetHandler(_ string, _ Config, origin, _ string) bool {
	_, err := url.ParseRequestURI(origin)
	return err == nil
}

// acceptGRPCWeb wants an Origin, unlike gorilla (go/grpcweb/wrapper.go,
// defaultWebsocketOriginFunc).
func acceptGRPCWeb(_ string, c Config, origin, host string) bool {
	if c.CheckSet {
		return c.Check(origin)
	}
	u, err := url.ParseRequestURI(origin)
	return err == nil && u.Host == host
}
