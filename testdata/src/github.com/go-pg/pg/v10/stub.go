// Package pg declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package pg

import "github.com/go-pg/pg/v10/orm"

type baseDB struct{}

func (db *baseDB) Exec(query interface{}, params ...interface{}) (res orm.Result, err error)
func (db *baseDB) Model(model ...interface{}) *orm.Query

type DB struct{ *baseDB }
