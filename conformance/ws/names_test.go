package ws

// Packages that are pinned for the names that the rows use, and whose servers no
// test here runs: iris's names for neffos, and gobwas's debugging upgrader.
import (
	_ "github.com/gobwas/ws/wsutil"
	_ "github.com/kataras/iris/v12/websocket"
)
