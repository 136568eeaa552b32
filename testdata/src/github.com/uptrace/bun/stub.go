// Package bun declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package bun

import (
	"context"
	"database/sql"
)

type DB struct{}

func (db *DB) NewInsert() *InsertQuery
func (db *DB) NewDelete() *DeleteQuery
func (db *DB) NewSelect() *SelectQuery

type InsertQuery struct{}

func (q *InsertQuery) Model(model any) *InsertQuery
func (q *InsertQuery) Exec(ctx context.Context, dest ...any) (sql.Result, error)

type DeleteQuery struct{}

func (q *DeleteQuery) Model(model any) *DeleteQuery
func (q *DeleteQuery) Where(query string, args ...any) *DeleteQuery
func (q *DeleteQuery) Exec(ctx context.Context, dest ...any) (sql.Result, error)

type SelectQuery struct{}

func (q *SelectQuery) Model(model any) *SelectQuery
func (q *SelectQuery) Scan(ctx context.Context, dest ...any) error
