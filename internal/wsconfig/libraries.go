package wsconfig

// Libraries holds every library, sorted by name.
var Libraries = []*Library{
	{Name: "centrifuge", Default: SameHost, Fix: "CheckOrigin", accepts: checkOrSameHost},
	{Name: "coder", Default: SameHost, Fix: "OriginPatterns", accepts: acceptCoder, never: neverCoder},
	{Name: "dgrr", Fix: "Origin", accepts: acceptDgrr},
	{Name: "fiber/v2", Fix: "Origins", accepts: acceptFiber2, never: neverFiber2},
	{Name: "fiber/v3", Fix: "Origins", accepts: acceptFiber3, never: neverFiber3},
	{Name: "go-ethereum", Default: ThisMachine, Fix: "allowedOrigins", accepts: acceptEthereum, never: neverEthereum},
	{Name: "go-jsonrpc", accepts: acceptAll},
	{Name: "go-socket.io", Default: SameHost, Fix: "CheckOrigin", accepts: checkOrSameHost},
	{Name: "gobwas", Fix: "OnHeader", accepts: checkOrAll},
	{Name: "goframe", accepts: acceptAll},
	{Name: "gorilla", Default: SameHost, Fix: "CheckOrigin", accepts: checkOrSameHost},
	{Name: "gqlgen", Default: SameHost, Fix: "Implementation", accepts: checkOrSameHost},
	{Name: "graphql-transport-ws", Fix: "WithCheckOrigin", accepts: checkOrAll},
	{Name: "grpc-web", Default: Off, Fix: "WithWebsocketOriginFunc", switches: []string{"WithWebsockets"}, accepts: acceptGRPCWeb},
	{Name: "grpc-websocket-proxy", accepts: acceptAll},
	{Name: "gws", Fix: "Authorize", accepts: checkOrAll},
	{Name: "melody", Default: SameHost, Fix: "Upgrader.CheckOrigin", accepts: checkOrSameHost},
	{Name: "mochi-mqtt", accepts: acceptAll},
	{Name: "nats", Default: Off, Fix: "AllowedOrigins", switches: []string{"Port"}, accepts: acceptNATS, never: neverNATS},
	{Name: "neffos", Default: SameHost, Fix: "gorilla.Upgrader", accepts: checkOrSameHost},
	{Name: "nhooyr", Default: SameHost, Fix: "OriginPatterns", accepts: acceptNhooyr, never: neverNhooyr},
	{Name: "socket.io", Fix: "SetAllowRequest", accepts: checkOrAll},
	{Name: "sockjs", Default: Off, Fix: "WebsocketUpgrader", switches: sockJSSwitches, accepts: checkOrAll},
	{Name: "sockjs/v3", Default: Off, Fix: "WebsocketUpgrader", switches: sockJSSwitches, accepts: checkOrSameHost},
	{Name: "webtransport", Session: "WebTransport session", Default: SameHost, Fix: "CheckOrigin", accepts: checkOrSameHost},
	{Name: "wsstream", accepts: acceptAll},
	{Name: "x/net/handler", Title: "x/net websocket.Handler", Default: AnyURL, Fix: "Handshake", Refuse: refusingServer, accepts: acceptXNetHandler},
	{Name: "x/net/server", Title: "x/net websocket.Server", Fix: "Handshake", accepts: checkOrAll},
}

// refusingServer is a Server of golang.org/x/net/websocket in the place of its
// Handler: Server asks its Handshake, and nothing else (websocket/server.go).
const refusingServer = `{package}.Server{Handler: {argument}, Handshake: func(_ *{package}.Config, r *http.Request) error {
	switch r.Header.Get("Origin") {
	case "https://app.invalid": // the origins that are meant
		return nil
	}
	return {package}.ErrBadWebSocketOrigin
}}`

// sockJSSwitches are the two endpoints that sockjs-go can open (sockjs/handler.go).
var sockJSSwitches = []string{"RawWebsocket", "Websocket"}
