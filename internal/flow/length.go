package flow

import "go/token"

// hasElements is the Path of a list that is known for nothing but that it is not
// empty, and of its length.
const hasElements = "at least one"

// neverEmpty reports whether a call returns a list with at least one element: what
// parts a text at a separator returns the whole text where it has none.
func neverEmpty(c callee) bool {
	switch c.name {
	case "strings.Split", "strings.SplitAfter":
		return c.args[1].Kind == Str && c.args[1].Text != ""
	}
	return false
}

// compareLength compares the length of a list that has elements with a number; nil
// where that it has some does not decide it.
func compareLength(op token.Token, length, number *Value) *Value {
	if length.Kind != Unknown || length.Path != hasElements || number.Kind != Int {
		return nil
	}
	switch n := number.Int; {
	case n < 1 && (op == token.EQL || op == token.LEQ), n <= 1 && op == token.LSS:
		return boolValue(false)
	case n < 1 && (op == token.NEQ || op == token.GTR), n <= 1 && op == token.GEQ:
		return boolValue(true)
	}
	return nil
}
