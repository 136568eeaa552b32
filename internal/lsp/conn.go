package lsp

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"strconv"
	"sync"
)

// largest is the size in bytes beyond which a message is refused: no source
// file that a client could send comes near it.
const largest = 64 << 20

// A conn carries messages over a pair of streams, each with a header that gives
// its length.
type conn struct {
	in *textproto.Reader

	mu  sync.Mutex
	out io.Writer
}

func newConn(in io.Reader, out io.Writer) *conn {
	return &conn{in: textproto.NewReader(bufio.NewReader(in)), out: out}
}

// read returns the content of the next message, and io.EOF at a clean end. After
// any other error it is not known where a message begins.
func (c *conn) read() ([]byte, error) {
	header, err := c.in.ReadMIMEHeader()
	if errors.Is(err, io.EOF) && len(header) == 0 {
		return nil, io.EOF
	}
	if err != nil {
		return nil, fmt.Errorf("header of a message: %w", err)
	}
	length, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil || length < 0 || length > largest {
		return nil, fmt.Errorf("header of a message: bad Content-Length %q", header.Get("Content-Length"))
	}
	content := make([]byte, length)
	if _, err := io.ReadFull(c.in.R, content); err != nil {
		return nil, fmt.Errorf("message of %d bytes: %w", length, err)
	}
	return content, nil
}

// write sends v. That the client is gone shows when reading.
func (c *conn) write(v any) {
	content, err := json.Marshal(v)
	if err != nil {
		panic(err) // all that is sent is plain data
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Fprintf(c.out, "Content-Length: %d\r\n\r\n%s", len(content), content)
}

func (c *conn) notify(method string, params any) {
	c.write(message{JSONRPC: "2.0", Method: method, Params: params})
}

func (c *conn) reply(id *json.RawMessage, result any, err *responseError) {
	if err == nil {
		c.write(response{JSONRPC: "2.0", ID: id, Result: result})
		return
	}
	if id == nil {
		null := json.RawMessage("null")
		id = &null
	}
	c.write(message{JSONRPC: "2.0", ID: id, Error: err})
}
