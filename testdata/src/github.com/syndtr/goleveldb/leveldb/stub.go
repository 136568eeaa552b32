// Package leveldb declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package leveldb

import "github.com/syndtr/goleveldb/leveldb/opt"

type DB struct{}

func (db *DB) Put(key, value []byte, wo *opt.WriteOptions) error
func (db *DB) Delete(key []byte, wo *opt.WriteOptions) error
func (db *DB) Get(key []byte, ro *opt.ReadOptions) (value []byte, err error)
