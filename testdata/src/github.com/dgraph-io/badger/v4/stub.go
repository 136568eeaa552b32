// Package badger declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package badger

type DB struct{}

func (db *DB) Update(fn func(txn *Txn) error) error
func (db *DB) View(fn func(txn *Txn) error) error

type Item struct{}

type Txn struct{}

func (txn *Txn) Set(key, val []byte) error
func (txn *Txn) Delete(key []byte) error
func (txn *Txn) Get(key []byte) (item *Item, rerr error)
