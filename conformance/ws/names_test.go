package ws

// Packages that are pinned for the names that the rows use, and whose servers no
// test here runs: iris's names for neffos, gobwas's debugging upgrader, and
// WebTransport, which is not spoken over TCP.
import (
	_ "github.com/gobwas/ws/wsutil"
	_ "github.com/kataras/iris/v12/websocket"
	_ "github.com/quic-go/webtransport-go"
)
