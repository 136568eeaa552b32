package programs

import (
	"fmt"
	"net/http"

	"k8s.io/apiserver/pkg/server/filters"

	"github.com/soplint/soplint/internal/corsconfig"
)

// K8s configures the filter of k8s.io/apiserver.
func K8s(c corsconfig.Config) (Serve, error) {
	h := filters.WithCORS(http.HandlerFunc(OK), c.Regexps, nil, nil, nil, fmt.Sprint(c.Credentials))
	return ThroughHandler(h), nil
}
