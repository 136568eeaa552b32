package conformance

import (
	"testing"

	"golang.org/x/net/xsrftoken"

	"github.com/soplint/soplint/internal/model"
)

// TestXSRFToken wants a token to be a secret: what a page sends without it, or with
// one of its own, is refused.
func TestXSRFToken(t *testing.T) {
	const key, user, action = "key", "user", "remove"
	if !xsrftoken.Valid(xsrftoken.Generate(key, user, action), key, user, action) {
		t.Error("the user's own token is refused")
	}
	for name, token := range map[string]string{"none": "", "the attacker's": xsrftoken.Generate(key, "attacker", action)} {
		if xsrftoken.Valid(token, key, user, action) {
			t.Errorf("%s is taken for the user's", name)
		}
	}
	if model.Builtin().Find("secret", "golang.org/x/net/xsrftoken.Valid") == nil {
		t.Error("there is no row")
	}
}
