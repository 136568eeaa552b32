package rule

import "strings"

// Home is the page that documents a check; a rule's part of it is its fragment.
const Home = "https://github.com/soplint/soplint/blob/main/docs/checks/"

// Runs is the page with what happened in browsers; a check's part of it is its
// fragment.
const Runs = "https://github.com/soplint/soplint/blob/main/browser/RESULTS.md"

// URL returns the address of a check's documentation.
func URL(check string) string { return Home + check + ".md" }

// Doc turns the source of a pass's doc.go, which is a package comment and the
// package clause, into the text that analyzers carry: the summary line, and
// what follows the heading "# Analyzer name".
func Doc(source string) string {
	var lines []string
	started := false
	for line := range strings.Lines(source) {
		text, isComment := strings.CutPrefix(line, "//")
		if !isComment {
			break
		}
		if strings.HasPrefix(text, " # Analyzer ") {
			started = true
			continue
		}
		if started {
			lines = append(lines, strings.TrimPrefix(text, " "))
		}
	}
	return strings.TrimSpace(strings.Join(lines, ""))
}
