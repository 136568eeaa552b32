// Package gorm declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package gorm

import (
	"database/sql"

	"gorm.io/gorm/clause"
)

type DB struct{ Error error }

func Expr(expr string, args ...interface{}) clause.Expr

func (db *DB) Model(value interface{}) (tx *DB)
func (db *DB) Table(name string, args ...interface{}) (tx *DB)
func (db *DB) Where(query interface{}, args ...interface{}) (tx *DB)
func (db *DB) Raw(sql string, values ...interface{}) (tx *DB)
func (db *DB) Scan(dest interface{}) (tx *DB)
func (db *DB) Create(value interface{}) (tx *DB)
func (db *DB) Save(value interface{}) (tx *DB)
func (db *DB) First(dest interface{}, conds ...interface{}) (tx *DB)
func (db *DB) FirstOrCreate(dest interface{}, conds ...interface{}) (tx *DB)
func (db *DB) Update(column string, value interface{}) (tx *DB)
func (db *DB) Updates(values interface{}) (tx *DB)
func (db *DB) Delete(value interface{}, conds ...interface{}) (tx *DB)
func (db *DB) Transaction(fc func(tx *DB) error, opts ...*sql.TxOptions) (err error)
func (db *DB) Exec(sql string, values ...interface{}) (tx *DB)
