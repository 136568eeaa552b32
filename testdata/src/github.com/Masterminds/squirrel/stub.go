// Package squirrel declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package squirrel

import "database/sql"

type Eq map[string]any

type BaseRunner interface {
	Exec(query string, args ...any) (sql.Result, error)
	Query(query string, args ...any) (*sql.Rows, error)
}

type InsertBuilder struct{}

func Insert(into string) InsertBuilder
func (b InsertBuilder) Columns(columns ...string) InsertBuilder
func (b InsertBuilder) Values(values ...any) InsertBuilder
func (b InsertBuilder) RunWith(runner BaseRunner) InsertBuilder
func (b InsertBuilder) Exec() (sql.Result, error)

type DeleteBuilder struct{}

func Delete(from string) DeleteBuilder
func (b DeleteBuilder) Where(pred any, args ...any) DeleteBuilder
func (b DeleteBuilder) RunWith(runner BaseRunner) DeleteBuilder
func (b DeleteBuilder) Exec() (sql.Result, error)

type SelectBuilder struct{}

func Select(columns ...string) SelectBuilder
func (b SelectBuilder) From(from string) SelectBuilder
func (b SelectBuilder) RunWith(runner BaseRunner) SelectBuilder
func (b SelectBuilder) Query() (*sql.Rows, error)
