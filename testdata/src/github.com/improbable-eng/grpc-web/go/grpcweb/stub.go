// Package grpcweb declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package grpcweb

import (
	"net/http"

	"google.golang.org/grpc"
)

type options struct{}

type Option func(*options)

type WrappedGrpcServer struct{}

func WrapServer(server *grpc.Server, options ...Option) *WrappedGrpcServer
func WrapHandler(handler http.Handler, options ...Option) *WrappedGrpcServer
func WithOriginFunc(originFunc func(origin string) bool) Option
func WithWebsockets(enableWebsockets bool) Option

func (w *WrappedGrpcServer) ServeHTTP(resp http.ResponseWriter, req *http.Request)
