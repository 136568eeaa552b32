// Package server declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package server

type MCPServer struct{}

type StreamableHTTPServer struct{}

type SSEServer struct{}

type CORSConfig struct{}

type (
	CORSOption           func(*CORSConfig)
	StreamableHTTPOption func(*StreamableHTTPServer)
	SSEOption            func(*SSEServer)
)

func WithCORSAllowedOrigins(origins ...string) CORSOption
func WithCORSAllowCredentials() CORSOption
func WithCORSMaxAge(seconds int) CORSOption
func WithStreamableHTTPCORS(opts ...CORSOption) StreamableHTTPOption
func WithSSECORS(opts ...CORSOption) SSEOption

func NewStreamableHTTPServer(server *MCPServer, opts ...StreamableHTTPOption) *StreamableHTTPServer
func NewSSEServer(server *MCPServer, opts ...SSEOption) *SSEServer
