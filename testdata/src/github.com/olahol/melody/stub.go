// Package melody declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package melody

import (
	"net/http"

	"github.com/gorilla/websocket"
)

type Session struct{ Request *http.Request }

func (s *Session) Close() error

type Melody struct{ Upgrader *websocket.Upgrader }

func New() *Melody

func (m *Melody) HandleConnect(fn func(*Session))
func (m *Melody) HandleMessage(fn func(*Session, []byte))
func (m *Melody) Broadcast(msg []byte) error
func (m *Melody) HandleRequest(w http.ResponseWriter, r *http.Request) error
func (m *Melody) HandleRequestWithKeys(w http.ResponseWriter, r *http.Request, keys map[string]interface{}) error
