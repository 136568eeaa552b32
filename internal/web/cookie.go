package web

import (
	"strings"
	"unicode"
)

// SameSite is what a cookie's SameSite attribute says.
type SameSite uint8

// The values of the attribute. A value that browsers do not know counts as
// none at all (RFC 6265bis, section 5.4.7).
const (
	SameSiteUnset SameSite = iota
	SameSiteLax
	SameSiteStrict
	SameSiteNone
)

// ParseSameSite reads the attribute's value.
func ParseSameSite(text string) SameSite {
	switch strings.ToLower(text) {
	case "lax":
		return SameSiteLax
	case "strict":
		return SameSiteStrict
	case "none":
		return SameSiteNone
	}
	return SameSiteUnset
}

// Gap stands in a text for a part that is not known.
const Gap = "\x00"

// A SetCookie is what the value of a Set-Cookie header says.
type SetCookie struct {
	Name, Value string // with a Gap for what is not known
	SameSite    SameSite
	Secure      bool
	Deletes     bool // Max-Age is not positive, or Expires is long past
	Open        bool // an attribute is not known
}

// ParseSetCookie reads the value of a Set-Cookie header (RFC 6265bis, section
// 5.6), of which parts may be a [Gap].
func ParseSetCookie(text string) SetCookie {
	pair, rest, _ := strings.Cut(text, ";")
	var c SetCookie
	c.Name, c.Value, _ = strings.Cut(strings.TrimSpace(pair), "=")
	for attribute := range strings.SplitSeq(rest, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(attribute), "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "samesite":
			c.SameSite = ParseSameSite(strings.TrimSpace(value))
			c.Open = c.Open || strings.Contains(value, Gap)
		case "secure":
			c.Secure = true
		case "max-age":
			c.Deletes = c.Deletes || strings.HasPrefix(value, "-") || value == "0"
		case "expires":
			c.Deletes = c.Deletes || strings.Contains(value, "1970")
		}
		c.Open = c.Open || strings.Contains(name, Gap)
	}
	return c
}

// A Purpose says what a cookie is for, as its name tells.
type Purpose uint8

// The purposes.
const (
	NotTold    Purpose = iota
	Credential         // it says who the user is
	Other              // it is a setting, a message, or guards one exchange
)

// others are words in names of cookies that do not log anybody in. Tokens
// against request forgery and the state of a login at another site are sent
// along with every request, too, but nothing is done on their strength alone.
var others = words(`csrf xsrf csrftoken xsrftoken state oauthstate nonce verifier pkce challenge flash theme lang language
	locale redirect return next consent captcha banner timezone tz expires expiry expire expired count counter referer
	referrer message messages msg error info toast sidebar view sort dark mode color colour visitor visited analytics
	tracking utm campaign i18n currency hint callback`)

var credentials = words(`session sessions sess sessionid sessid sid token tokens jwt auth authn authorization authentication
	login credential credentials accesstoken refreshtoken authtoken sessiontoken apikey bearer sso remember rememberme
	idtoken userid password passwd`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}

// PurposeOf tells what something is for by its name, in any of the usual ways
// to write one: user_session, AuthToken, JSESSIONID.
func PurposeOf(name string) Purpose {
	purpose := NotTold
	for _, word := range Words(name) {
		switch {
		case others[word] || strings.Contains(word, "csrf") || strings.Contains(word, "xsrf"):
			return Other
		case credentials[word] || strings.HasSuffix(word, "session") || strings.HasSuffix(word, "sessid") ||
			strings.HasSuffix(word, "sessionid") || strings.HasSuffix(word, "token"):
			purpose = Credential
		}
	}
	return purpose
}

// Words splits a name at what is no letter or digit, and where a capital letter
// follows a small one or is followed by one, into words in lower case.
func Words(name string) []string {
	var found []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			found = append(found, strings.ToLower(string(word)))
			word = nil
		}
	}
	runes := []rune(name)
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
			continue
		case unicode.IsUpper(r) && i > 0 && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])):
			flush()
		}
		word = append(word, r)
	}
	flush()
	return found
}
