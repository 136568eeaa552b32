package web

import "testing"

func TestBodyKind(t *testing.T) {
	kinds := []string{"none", "text", "form", "multipart", "tricked"}
	for i, contentType := range SimpleTypes {
		if got := BodyKind(contentType); got != kinds[i] {
			t.Errorf("BodyKind(%q) = %q, want %q", contentType, got, kinds[i])
		}
	}
	for contentType, want := range map[string]string{"application/json; charset=utf-8": "json", "image/png": "", "Text/Plain;charset=utf-8": "text"} {
		if got := BodyKind(contentType); got != want {
			t.Errorf("BodyKind(%q) = %q, want %q", contentType, got, want)
		}
	}
}
