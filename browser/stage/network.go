package stage

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// A network is a proxy and the web servers behind it. What a browser tunnels to
// port 443, 80 or 8080 of a name below .example goes to a server in this process,
// without a port of its own.
type network struct {
	listener net.Listener
	keyHash  string
	secure   *tunnels
	plain    *tunnels
	servers  []*http.Server
}

func newNetwork(site http.Handler) (*network, error) {
	certificate, keyHash, err := selfSigned()
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	n := &network{listener: listener, keyHash: keyHash, secure: newTunnels(listener.Addr()), plain: newTunnels(listener.Addr())}
	n.serve(listener, n.proxy(site))
	n.serve(n.plain, site)
	n.serve(tls.NewListener(n.secure, &tls.Config{Certificates: []tls.Certificate{certificate}, NextProtos: []string{"http/1.1"}}), site)
	return n, nil
}

func (n *network) serve(l net.Listener, h http.Handler) {
	// Browsers drop connections whenever they please; that is not worth a line.
	server := &http.Server{Handler: h, ErrorLog: log.New(io.Discard, "", 0), ReadHeaderTimeout: time.Minute}
	n.servers = append(n.servers, server)
	go server.Serve(l)
}

func (n *network) close() error {
	var errs []error
	for _, s := range n.servers {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}

// proxy answers a browser that takes this process for its proxy: CONNECT for
// https and WebSockets, whole addresses for http.
func (n *network) proxy(site http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.URL.Hostname()
		switch {
		case !strings.HasSuffix(host, ".example"):
			http.Error(w, "not part of the play", http.StatusForbidden)
		case r.Method != http.MethodConnect:
			r.Host = r.URL.Host
			site.ServeHTTP(w, r)
		case r.URL.Port() == "443":
			tunnel(w, n.secure)
		case r.URL.Port() == "80", r.URL.Port() == "8080":
			tunnel(w, n.plain)
		default:
			http.Error(w, "no such port", http.StatusForbidden)
		}
	})
}

// tunnel makes the connection of a CONNECT one that the server behind t accepts.
func tunnel(w http.ResponseWriter, t *tunnels) {
	conn, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if _, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\n"); err != nil {
		conn.Close()
		return
	}
	t.hand(&tunnelled{Conn: conn, buffered: buffered.Reader})
}

// A tunnelled connection begins with what was read ahead.
type tunnelled struct {
	net.Conn
	buffered *bufio.Reader
}

func (t *tunnelled) Read(p []byte) (int, error) { return t.buffered.Read(p) }

// tunnels is a listener for connections that are handed to it.
type tunnels struct {
	addr  net.Addr
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newTunnels(addr net.Addr) *tunnels {
	return &tunnels{addr: addr, conns: make(chan net.Conn), done: make(chan struct{})}
}

func (t *tunnels) hand(c net.Conn) {
	select {
	case t.conns <- c:
	case <-t.done:
		c.Close()
	}
}

// Accept waits for a connection.
func (t *tunnels) Accept() (net.Conn, error) {
	select {
	case c := <-t.conns:
		return c, nil
	case <-t.done:
		return nil, net.ErrClosed
	}
}

// Close ends every Accept.
func (t *tunnels) Close() error {
	t.once.Do(func() { close(t.done) })
	return nil
}

// Addr is the address of the proxy.
func (t *tunnels) Addr() net.Addr { return t.addr }

// selfSigned makes a certificate that browsers are told to accept.
func selfSigned() (certificate tls.Certificate, keyHash string, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return certificate, "", err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()),
		Subject:      pkix.Name{CommonName: Victim},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(24 * time.Hour),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:     []string{Victim, "*." + Victim, "*.example"},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return certificate, "", err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return certificate, "", err
	}
	sum := sha256.Sum256(public)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, base64.StdEncoding.EncodeToString(sum[:]), nil
}
