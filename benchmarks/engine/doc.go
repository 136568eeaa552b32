// Package engine holds benchmarks of the parts of soplint, and tests of what
// hostile inputs may cost, and nothing else.
package engine
