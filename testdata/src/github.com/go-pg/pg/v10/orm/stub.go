// Package orm declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package orm

type Result interface {
	RowsAffected() int
}

type Query struct{}

func (q *Query) Where(condition string, params ...interface{}) *Query
func (q *Query) Insert(values ...interface{}) (Result, error)
func (q *Query) Delete(values ...interface{}) (Result, error)
func (q *Query) Select(values ...interface{}) error
