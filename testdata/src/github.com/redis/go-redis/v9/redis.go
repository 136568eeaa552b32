// Package redis declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package redis

import (
	"context"
	"time"
)

type (
	StatusCmd struct{}
	StringCmd struct{}
	IntCmd    struct{}
	Cmd       struct{}
)

type cmdable func(ctx context.Context) error

func (c cmdable) Get(ctx context.Context, key string) *StringCmd
func (c cmdable) Set(ctx context.Context, key string, value interface{}, expiration time.Duration) *StatusCmd
func (c cmdable) Del(ctx context.Context, keys ...string) *IntCmd
func (c cmdable) Incr(ctx context.Context, key string) *IntCmd
func (c cmdable) HSet(ctx context.Context, key string, values ...interface{}) *IntCmd
func (c cmdable) Do(ctx context.Context, args ...interface{}) *Cmd

type Client struct{ cmdable }

type StringCmdable interface {
	Get(ctx context.Context, key string) *StringCmd
	Set(ctx context.Context, key string, value interface{}, expiration time.Duration) *StatusCmd
}

type Cmdable interface{ StringCmdable }
