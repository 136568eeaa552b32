// Package sqlx declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package sqlx

import "database/sql"

type DB struct{ *sql.DB }

func (db *DB) Rebind(query string) string
func (db *DB) NamedExec(query string, arg interface{}) (sql.Result, error)
func (db *DB) Get(dest interface{}, query string, args ...interface{}) error
func (db *DB) MustExec(query string, args ...interface{}) sql.Result
