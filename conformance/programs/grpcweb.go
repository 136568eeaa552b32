package programs

import (
	"net/http"

	"github.com/improbable-eng/grpc-web/go/grpcweb"
	"google.golang.org/grpc"

	"github.com/soplint/soplint/internal/corsconfig"
)

// GRPCWeb configures the wrapper of grpc-web.
func GRPCWeb(c corsconfig.Config) (Serve, error) {
	var options []grpcweb.Option
	if c.Func != nil {
		options = append(options, grpcweb.WithOriginFunc(c.Func))
	}
	wrapped := grpcweb.WrapServer(grpc.NewServer(), options...)
	return ThroughHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Method = http.MethodPost // what gRPC-Web calls are
		r.Header.Set("Content-Type", "application/grpc-web")
		wrapped.ServeHTTP(w, r)
	})), nil
}
