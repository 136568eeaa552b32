package release

import "testing"

func TestBefore(t *testing.T) {
	ascending := []string{
		"v0.0.0-20160420130702-97b4a9da7933",
		"v0.0.0-20220228000000-ef28d3d00000",
		"v0.1.0",
		"v1.2",
		"v1.10.0-rc.1",
		"v1.10.0-rc.2",
		"v1.10.0",
		"v1.10.1-0.20230101000000-abcdefabcdef",
		"v1.10.1",
		"v2.16.0+incompatible",
		"",
	}
	for i, a := range ascending {
		for j, b := range ascending[:len(ascending)-1] {
			if got, want := Before(a, b), i < j; got != want {
				t.Errorf("Before(%q, %q) = %t", a, b, got)
			}
		}
	}
	if compareVersions("v2.16.0+incompatible", "v2.16.0") != 0 {
		t.Error("build metadata counts")
	}
}
