package programs

import (
	"regexp"

	"github.com/tus/tusd/v2/pkg/handler"

	"github.com/soplint/soplint/internal/corsconfig"
)

// Tusd configures the handler of tusd.
func Tusd(c corsconfig.Config) (Serve, error) {
	cors := handler.DefaultCorsConfig
	cors.AllowCredentials = c.Credentials
	cors.Disable = c.Options["Disable"]
	if len(c.Regexps) > 0 {
		cors.AllowOrigin = regexp.MustCompile(c.Regexps[0])
	}
	var noStore struct{ handler.DataStore }
	store := handler.NewStoreComposer()
	store.UseCore(noStore) // a store of uploads that is never asked
	h, err := handler.NewHandler(handler.Config{StoreComposer: store, BasePath: "/", Cors: &cors})
	if err != nil {
		return nil, err
	}
	return ThroughHandler(h), nil
}
