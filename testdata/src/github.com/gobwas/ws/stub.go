// Package ws declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package ws

import (
	"bufio"
	"io"
	"net"
	"net/http"
)

type Handshake struct{}

type HTTPUpgrader struct {
	Header   http.Header
	Protocol func(string) bool
}

func (u HTTPUpgrader) Upgrade(r *http.Request, w http.ResponseWriter) (conn net.Conn, rw *bufio.ReadWriter, hs Handshake, err error)

func UpgradeHTTP(r *http.Request, w http.ResponseWriter) (net.Conn, *bufio.ReadWriter, Handshake, error)

type Upgrader struct {
	Protocol        func([]byte) bool
	OnRequest       func(uri []byte) error
	OnHost          func(host []byte) error
	OnHeader        func(key, value []byte) error
	OnBeforeUpgrade func() (header HandshakeHeader, err error)
}

func (u Upgrader) Upgrade(conn io.ReadWriter) (hs Handshake, err error)

func Upgrade(conn io.ReadWriter) (Handshake, error)

type HandshakeHeader interface{ io.WriterTo }

type RejectOption func(*ConnectionRejectedError)

type ConnectionRejectedError struct{}

func RejectConnectionError(options ...RejectOption) error
func RejectionStatus(code int) RejectOption
