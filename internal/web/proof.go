package web

import (
	"slices"
	"strings"
)

// proofs are words in names of parameters whose values only those know who were
// given them.
var proofs = words(`token jwt secret signature sig hmac password passwd passphrase otp totp ticket nonce csrf xsrf apikey
	accesskey authkey deletekey resetkey sharekey sessionid`)

// IsProof reports whether a parameter of that name carries a proof that a page of
// another site does not have, in any of the usual ways to write it: access_token,
// apiKey, X-Amz-Signature. The name of a user or a thing is none.
func IsProof(name string) bool {
	list := Words(name)
	return slices.ContainsFunc(list, func(word string) bool { return proofs[word] || strings.HasSuffix(word, "token") }) ||
		proofs[strings.Join(list, "")]
}

// IsSecret does so of a field of a body. A password in a body may be a new one,
// which proves nothing.
func IsSecret(name string) bool {
	return IsProof(name) && !slices.ContainsFunc(Words(name), func(word string) bool { return strings.HasPrefix(word, "pass") })
}
