// Package options declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package options

type Lister[T any] interface{ List() []func(*T) error }

type (
	CollectionOptions struct{}
	UpdateOneOptions  struct{}
	DeleteOneOptions  struct{}
	FindOneOptions    struct{}
)
