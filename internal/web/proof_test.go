package web

import "testing"

func TestIsProof(t *testing.T) {
	for name, want := range map[string]bool{
		"token": true, "access_token": true, "apiKey": true, "api_key": true, "authtoken": true, "X-Amz-Signature": true, "csrf": true,
		"id": false, "user_id": false, "login": false, "key": false, "name": false, "design": false, "hash": false, "": false,
	} {
		if got := IsProof(name); got != want {
			t.Errorf("IsProof(%q) = %v", name, got)
		}
	}
}
