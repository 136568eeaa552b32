// Package sessions declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package sessions

import "net/http"

type Options struct {
	Path        string
	Domain      string
	MaxAge      int
	Secure      bool
	HttpOnly    bool
	Partitioned bool
	SameSite    http.SameSite
}

type Session struct {
	Values  map[any]any
	Options *Options
}

func (s *Session) Save(r *http.Request, w http.ResponseWriter) error

type CookieStore struct{ Options *Options }

func NewCookieStore(keyPairs ...[]byte) *CookieStore

func (s *CookieStore) Get(r *http.Request, name string) (*Session, error)

type FilesystemStore struct{ Options *Options }

func NewFilesystemStore(path string, keyPairs ...[]byte) *FilesystemStore
