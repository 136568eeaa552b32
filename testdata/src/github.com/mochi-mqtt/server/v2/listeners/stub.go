// Package listeners declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package listeners

type Config struct {
	Type    string
	ID      string
	Address string
}

type Websocket struct{}

func NewWebsocket(config Config) *Websocket
