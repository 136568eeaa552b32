package wsconfig

// Libraries holds every library, sorted by name.
var Libraries = []*Library{
	{Name: "centrifuge", Default: SameHost, Fix: "CheckOrigin", accepts: checkOrSameHost},
	{Name: "coder", Default: SameHost, Fix: "OriginPatterns", accepts: acceptCoder, never: neverCoder},
	{Name: "dgrr", Fix: "Origin", Refuse: refusingOrigin, accepts: acceptDgrr},
	{Name: "fiber/v2", Fix: "Origins", Refuse: refusingList, accepts: acceptFiber2, never: neverFiber2},
	{Name: "fiber/v3", Fix: "Origins", Refuse: refusingList, accepts: acceptFiber3, never: neverFiber3},
	{Name: "go-ethereum", Default: ThisMachine, Fix: "allowedOrigins", accepts: acceptEthereum, never: neverEthereum},
	{Name: "go-jsonrpc", accepts: acceptAll},
	{Name: "go-socket.io", Default: SameHost, Fix: "CheckOrigin", accepts: checkOrSameHost},
	{Name: "gobwas", Fix: "OnHeader", Refuse: refusingHeader, accepts: checkOrAll},
	{Name: "goframe", accepts: acceptAll},
	{Name: "gorilla", Default: SameHost, Fix: "CheckOrigin", Instead: gorillaInstead, accepts: checkOrSameHost},
	{Name: "gqlgen", Default: SameHost, Fix: "Implementation", accepts: checkOrSameHost},
	{Name: "graphql-transport-ws", Fix: "WithCheckOrigin", Refuse: refusingRequest, accepts: checkOrAll},
	{Name: "grpc-web", Default: Off, Fix: "WithWebsocketOriginFunc", switches: []string{"WithWebsockets"}, accepts: acceptGRPCWeb},
	{Name: "grpc-websocket-proxy", accepts: acceptAll},
	{Name: "gws", Fix: "Authorize", Refuse: refusingSession, accepts: checkOrAll},
	{Name: "melody", Default: SameHost, Fix: "Upgrader.CheckOrigin", accepts: checkOrSameHost},
	{Name: "mochi-mqtt", accepts: acceptAll},
	{Name: "nats", Default: Off, Fix: "AllowedOrigins", Refuse: refusingList, switches: []string{"Port"}, accepts: acceptNATS, never: neverNATS},
	{Name: "neffos", Default: SameHost, Fix: "gorilla.Upgrader", Instead: irisInstead, accepts: checkOrSameHost},
	{Name: "nhooyr", Default: SameHost, Fix: "OriginPatterns", accepts: acceptNhooyr, never: neverNhooyr},
	{Name: "socket.io", Fix: "SetAllowRequest", accepts: checkOrAll},
	{Name: "socket.io/v3", Title: "socket.io", Default: SameHost, Fix: "SetCors", accepts: acceptSocketIO},
	{Name: "sockjs", Default: Off, Fix: "WebsocketUpgrader", switches: sockJSSwitches, accepts: checkOrAll},
	{Name: "sockjs/v3", Default: Off, Fix: "WebsocketUpgrader", switches: sockJSSwitches, accepts: checkOrSameHost},
	{Name: "webtransport", Session: "WebTransport session", Default: SameHost, Fix: "CheckOrigin", accepts: checkOrSameHost},
	{Name: "wsstream", accepts: acceptAll},
	{Name: "x/net/handler", Title: "x/net websocket.Handler", Default: AnyURL, Fix: "Handshake", Convert: "{package}.Server{Handler: {argument}, Handshake: " + refusingHandshake + "}", accepts: acceptXNetHandler},
	{Name: "x/net/server", Title: "x/net websocket.Server", Fix: "Handshake", Refuse: refusingHandshake, accepts: checkOrAll},
}

// What refuses every origin, in the forms that options have. The one origin in
// them is one that nobody has (RFC 6761, section 6.4), for those that are meant to
// be put there.
const (
	refusingOrigin = `"https://app.invalid"`
	refusingList   = `[]string{"https://app.invalid"}`

	// refusingRequest is a predicate on the request.
	refusingRequest = `func(r *{net/http}.Request) bool {
	switch r.Header.Get("Origin") {
	case "https://app.invalid": // the origins that are meant
		return true
	}
	return false
}`

	// refusingSession is Authorize of gws.
	refusingSession = `func(r *{net/http}.Request, _ {package}.SessionStorage) bool {
	switch r.Header.Get("Origin") {
	case "https://app.invalid": // the origins that are meant
		return true
	}
	return false
}`

	// refusingHandshake is Handshake of a Server of golang.org/x/net/websocket,
	// which asks nothing else (websocket/server.go).
	refusingHandshake = `func(_ *{package}.Config, r *{net/http}.Request) error {
	switch r.Header.Get("Origin") {
	case "https://app.invalid": // the origins that are meant
		return nil
	}
	return {package}.ErrBadWebSocketOrigin
}`

	// refusingHeader is OnHeader of gobwas/ws, which is asked about each header,
	// with its name in canonical form (server.go).
	refusingHeader = `func(key, value []byte) error {
	if string(key) != "Origin" {
		return nil
	}
	switch string(value) {
	case "https://app.invalid": // the origins that are meant
		return nil
	}
	return {package}.RejectConnectionError({package}.RejectionStatus(403))
}`
)

// Guard is a check of the Origin to put before an upgrade by net/http, for
// libraries that have no option or where it is out of reach: {request} and
// {writer} are the arguments of the upgrade.
const Guard = `switch {request}.Header.Get("Origin") {
case "https://app.invalid": // the origins that are meant
default:
	{net/http}.Error({writer}, "origin not allowed", {net/http}.StatusForbidden)
	return
}`

// gorillaInstead has an upgrader with the library's own check for the deprecated
// function, which goes without (server.go, Upgrade).
var gorillaInstead = map[string]string{
	"Upgrade": "(&{package}.Upgrader{ReadBufferSize: {3}, WriteBufferSize: {4}}).Upgrade({0}, {1}, {2})",
}

// irisInstead has the upgrader that checks for the one that does not.
var irisInstead = map[string]string{"DefaultGobwasUpgrader": "{package}.DefaultGorillaUpgrader"}

// sockJSSwitches are the two endpoints that sockjs-go can open (sockjs/handler.go).
var sockJSSwitches = []string{"RawWebsocket", "Websocket"}
