//go:build !unix

package cache

// trusted takes the folder as it is: elsewhere the user's cache folder lies in
// the user's profile, which others cannot write to unless they were let in.
func trusted(string) error { return nil }
