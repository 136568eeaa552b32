package web

import (
	"slices"
	"strings"
)

// OpenerPolicies, EmbedderPolicies and ResourcePolicies are the values that
// browsers know of the three Cross-Origin-…-Policy headers, the weakest first
// (HTML standard, sections 7.1.3 and 7.1.4; Fetch standard, section 3.7).
var (
	OpenerPolicies   = []string{"unsafe-none", "same-origin", "same-origin-allow-popups", "noopener-allow-popups"}
	EmbedderPolicies = []string{"unsafe-none", "require-corp", "credentialless"}
	ResourcePolicies = []string{"cross-origin", "same-site", "same-origin"}
)

// ReadPolicy returns the policy that browsers take the value of one of those
// headers for, "" if they ignore it. The opener and embedder policies are
// structured fields, tokens that may have parameters (RFC 8941, section 3.3.4);
// the resource policy is compared as it stands. All of them heed case.
func ReadPolicy(value string, known []string, structured bool) string {
	value = trim(value)
	if structured {
		value, _, _ = strings.Cut(value, ";")
		value = strings.TrimRight(value, " ")
	}
	if slices.Contains(known, value) {
		return value
	}
	return ""
}

// MeantPolicy returns the known policy that a value stands for which browsers
// ignore: in other case, in quotes, with another separator or two letters wrong.
// It is "" where that cannot be told.
func MeantPolicy(value string, known []string) string {
	value, _, _ = strings.Cut(value, ";")
	return nearest(value, known, 2)
}

// securityHeaders are the response headers whose misspellings are looked for.
var securityHeaders = []string{
	"X-Frame-Options",
	"Content-Security-Policy",
	"Content-Security-Policy-Report-Only",
	"Cross-Origin-Opener-Policy",
	"Cross-Origin-Opener-Policy-Report-Only",
	"Cross-Origin-Embedder-Policy",
	"Cross-Origin-Embedder-Policy-Report-Only",
	"Cross-Origin-Resource-Policy",
}

// MeantHeader returns the security header that name is a misspelling of, "" for
// names that are right and for those that stand for something else.
func MeantHeader(name string) string {
	for _, known := range securityHeaders {
		if strings.EqualFold(name, known) {
			return ""
		}
	}
	return nearest(name, securityHeaders, 3)
}

// nearest returns the word that text is at most so many letters away from,
// signs, blanks and case aside. Short words stand no more than one wrong letter.
func nearest(text string, words []string, most int) string {
	letters := lettersOf(text)
	best, distance := "", most+1
	for _, word := range words {
		target := lettersOf(word)
		allowed := most
		if len(target) < 16 {
			allowed = 1
		}
		if d := editDistance(letters, target); d <= allowed && d < distance {
			best, distance = word, d
		}
	}
	return best
}

func lettersOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(text))
}

// editDistance counts the letters to insert, remove or replace to make b of a
// (Levenshtein). Texts whose lengths differ much are told apart by that alone.
func editDistance(a, b string) int {
	if difference := len(a) - len(b); difference > 4 || difference < -4 {
		return len(a) + len(b)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
