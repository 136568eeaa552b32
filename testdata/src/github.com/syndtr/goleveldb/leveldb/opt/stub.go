// Package opt declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package opt

type ReadOptions struct{}

type WriteOptions struct{}
