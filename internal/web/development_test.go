package web

import "testing"

func TestForDevelopers(t *testing.T) {
	for _, c := range []struct {
		setting  string
		on, want bool
	}{
		{"mode.IsDev", true, true}, {"cfg.DevMode", true, true}, {`os.Getenv("APP_ENV")="development"`, true, true},
		{"config.isProduction", false, true}, {"cfg.Device", true, false}, {"cfg.Debug", true, false},
		{"mode.IsDev", false, false}, {"config.Production", true, false}, {"cfg.Origins", true, false},
	} {
		if got := ForDevelopers(c.setting, c.on); got != c.want {
			t.Errorf("ForDevelopers(%q, %v) = %v", c.setting, c.on, got)
		}
	}
}
