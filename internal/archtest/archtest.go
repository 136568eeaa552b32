// Package archtest holds a test of how the packages of soplint may depend on
// each other, and nothing else.
package archtest
