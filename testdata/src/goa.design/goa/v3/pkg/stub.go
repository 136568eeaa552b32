// Package goa declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package goa

import "context"

type Endpoint func(ctx context.Context, request any) (response any, err error)

func MissingFieldError(name, context string) error
func MergeErrors(err, other error) error
