// Package xorm declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package xorm

type Engine struct{}

func (engine *Engine) Insert(beans ...any) (int64, error)
func (engine *Engine) Get(beans ...any) (bool, error)
func (engine *Engine) ID(id any) *Session

type Session struct{}

func (session *Session) Delete(beans ...any) (int64, error)
