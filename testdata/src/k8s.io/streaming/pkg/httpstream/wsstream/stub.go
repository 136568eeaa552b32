// Package wsstream declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package wsstream

import (
	"io"
	"net/http"
)

type ChannelProtocolConfig struct{}

type Conn struct{}

func NewConn(protocols map[string]ChannelProtocolConfig) *Conn

func (conn *Conn) Open(w http.ResponseWriter, req *http.Request) (string, []io.ReadWriteCloser, error)
