// Package scs declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package scs

import "net/http"

type SessionManager struct {
	Cookie SessionCookie
}

type SessionCookie struct {
	Name        string
	Domain      string
	HttpOnly    bool
	Path        string
	Persist     bool
	SameSite    http.SameSite
	Secure      bool
	Partitioned bool
}

func New() *SessionManager

func (s *SessionManager) LoadAndSave(next http.Handler) http.Handler
