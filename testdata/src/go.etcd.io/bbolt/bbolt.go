// Package bbolt declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package bbolt

type (
	DB     struct{}
	Tx     struct{}
	Bucket struct{}
)

func (db *DB) Update(fn func(*Tx) error) error
func (db *DB) View(fn func(*Tx) error) error
func (tx *Tx) Bucket(name []byte) *Bucket
func (b *Bucket) Get(key []byte) []byte
func (b *Bucket) Put(key []byte, value []byte) (err error)
func (b *Bucket) Delete(key []byte) (err error)
