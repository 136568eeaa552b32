package victims

import (
	"net"
	"net/http"
	"strings"

	"github.com/coder/websocket"
	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsutil"
	gorilla "github.com/gorilla/websocket"
)

// The three libraries tell the account and wait for the page to hang up.

func tellGorilla(conn *gorilla.Conn, r *http.Request) {
	defer conn.Close()
	conn.WriteMessage(gorilla.TextMessage, []byte(account(r)))
	conn.ReadMessage()
}

func tellCoder(conn *websocket.Conn, r *http.Request) {
	defer conn.CloseNow()
	conn.Write(r.Context(), websocket.MessageText, []byte(account(r)))
	conn.Read(r.Context())
}

func tellGobwas(conn net.Conn, r *http.Request) {
	defer conn.Close()
	wsutil.WriteServerText(conn, []byte(account(r)))
	wsutil.ReadClientText(conn)
}

// SocketAny lets every origin in.
func SocketAny() http.Handler {
	upgrader := gorilla.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		tellGorilla(conn, r)
	})
}

// SocketAnySafe names one.
func SocketAnySafe() http.Handler {
	upgrader := gorilla.Upgrader{CheckOrigin: func(r *http.Request) bool {
		return r.Header.Get("Origin") == "https://www.app.example"
	}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		tellGorilla(conn, r)
	})
}

// SocketBehindProtection relies on a protection that lets every GET through, and
// a handshake is one.
func SocketBehindProtection() http.Handler {
	return http.NewCrossOriginProtection().Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
		if err != nil {
			return
		}
		tellCoder(conn, r)
	}))
}

// SocketBehindProtectionSafe leaves the check to the library.
func SocketBehindProtectionSafe() http.Handler {
	return http.NewCrossOriginProtection().Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{OriginPatterns: []string{"https://www.app.example"}})
		if err != nil {
			return
		}
		tellCoder(conn, r)
	}))
}

// SocketWeak forgets the dot.
func SocketWeak() http.Handler {
	upgrader := gorilla.Upgrader{CheckOrigin: func(r *http.Request) bool {
		return strings.HasSuffix(r.Header.Get("Origin"), "app.example")
	}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		tellGorilla(conn, r)
	})
}

// SocketWeakSafe takes the scheme and the dot into account.
func SocketWeakSafe() http.Handler {
	upgrader := gorilla.Upgrader{CheckOrigin: func(r *http.Request) bool {
		origin := r.Header.Get("Origin")
		return strings.HasPrefix(origin, "https://") && strings.HasSuffix(origin, ".app.example")
	}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		tellGorilla(conn, r)
	})
}

// SocketDefault takes what the library does by itself, which is nothing.
func SocketDefault() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, _, _, err := ws.UpgradeHTTP(r, w)
		if err != nil {
			return
		}
		tellGobwas(conn, r)
	})
}

// SocketDefaultSafe looks at the Origin first.
func SocketDefaultSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Origin") != "https://www.app.example" {
			http.Error(w, "not for this page", http.StatusForbidden)
			return
		}
		conn, _, _, err := ws.UpgradeHTTP(r, w)
		if err != nil {
			return
		}
		tellGobwas(conn, r)
	})
}

// SocketNever has a pattern that no Origin matches.
func SocketNever() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{OriginPatterns: []string{"https://www.app.example/"}})
		if err != nil {
			return
		}
		tellCoder(conn, r)
	})
}

// SocketNeverSafe has an origin for its pattern.
func SocketNeverSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{OriginPatterns: []string{"https://www.app.example"}})
		if err != nil {
			return
		}
		tellCoder(conn, r)
	})
}

// SocketUnset leaves the check to the library, which compares hosts only.
func SocketUnset() http.Handler {
	upgrader := gorilla.Upgrader{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		tellGorilla(conn, r)
	})
}

// SocketUnsetSafe compares the scheme as well.
func SocketUnsetSafe() http.Handler {
	upgrader := gorilla.Upgrader{CheckOrigin: func(r *http.Request) bool {
		return r.Header.Get("Origin") == "https://app.example"
	}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		tellGorilla(conn, r)
	})
}
