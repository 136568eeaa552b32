package nearest

import "testing"

func TestSuggest(t *testing.T) {
	known := []string{"corsorigin", "corsheader", "corscredentials", "wsorigin", "getstate", "framing"}
	for word, want := range map[string]string{
		"corsorgin":  " (did you mean corsorigin?)",
		"CorsOrigin": " (did you mean corsorigin?)",
		"wsorgiin":   " (did you mean wsorigin?)",
		"zzz":        "",
		"":           "",
	} {
		if got := Suggest(word, known); got != want {
			t.Errorf("Suggest(%q) = %q, want %q", word, got, want)
		}
	}
	if got := Suggest("x", []string{"text", "json"}); got != " (want text, json)" {
		t.Errorf("got %q", got)
	}
}
