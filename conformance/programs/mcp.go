package programs

import (
	"net/http"

	"github.com/mark3labs/mcp-go/server"

	"github.com/soplint/soplint/internal/corsconfig"
)

// MCP configures the server of mcp-go.
func MCP(c corsconfig.Config) (Serve, error) {
	options := []server.CORSOption{server.WithCORSAllowedOrigins(c.Origins...)}
	if c.Credentials {
		options = append(options, server.WithCORSAllowCredentials())
	}
	h := server.NewStreamableHTTPServer(server.NewMCPServer("conformance", "1"), server.WithStreamableHTTPCORS(options...))
	return ThroughHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Method = http.MethodPost // a GET would open a stream
		h.ServeHTTP(w, r)
	})), nil
}
