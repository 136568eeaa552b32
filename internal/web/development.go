package web

import "slices"

// ForDevelopers reports whether a setting is on only where a program is worked
// on, by its name: one that says development and is on, or one that says
// production and is not. Debugging is left out, which is done in production too.
func ForDevelopers(setting string, on bool) bool {
	words := []string{"prod", "production"}
	if on {
		words = []string{"dev", "develop", "development", "devmode"}
	}
	return slices.ContainsFunc(Words(setting), func(word string) bool { return slices.Contains(words, word) })
}
