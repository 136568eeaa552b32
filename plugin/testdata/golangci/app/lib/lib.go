// Package lib is known to its users by facts.
package lib

import (
	"net/http"
	"strings"
)

// Allow answers origins that its check lets pass.
func Allow(w http.ResponseWriter, origin string) {
	if strings.HasSuffix(origin, "example.com") {
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Access-Control-Allow-Credentials", "true")
	}
}
