package flow

import "testing"

// Two values are the same if and only if they share their Key.
func TestSameValues(t *testing.T) {
	leaves := []*Value{
		{Kind: Bool}, {Kind: Bool, Int: 1}, {Kind: Int, Int: 1}, {Kind: Nil},
		{Kind: Str, Text: "a"}, {Kind: Str, Text: `a"b`}, {Kind: Str, Text: "a", Open: true}, {Kind: Str, Text: "a", Taint: Sent},
		{Kind: Unknown, Text: "a"}, {Kind: Unknown, Text: "a", Taint: Input | Proof}, {Kind: Unknown, Text: "a", Label: "not looked at"},
		{Kind: Function, Text: "a.b"}, {Kind: Pointer, Text: "1", Path: ".a"}, {Kind: Pointer, Text: "1", Path: ".b"}, {Kind: Pointer, Text: "1"},
	}
	values := append([]*Value(nil), leaves...)
	for _, kind := range []Kind{List, Struct} {
		values = append(values, &Value{Kind: kind}, &Value{Kind: kind, Open: true})
		for _, a := range leaves {
			values = append(values, &Value{Kind: kind, Elems: []*Value{a}}, &Value{Kind: kind, Elems: []*Value{a, {Kind: Nil}}},
				&Value{Kind: kind, Elems: []*Value{a}, Fields: []string{"f"}}, &Value{Kind: kind, Elems: []*Value{a}, Fields: []string{"g"}})
		}
	}
	copied := make([]*Value, len(values))
	for i, v := range values {
		c := *v
		copied[i] = &c
	}
	for _, a := range values {
		for _, b := range copied {
			same := a.same(b)
			if same != (a.Key() == b.Key()) || same != b.same(a) {
				t.Errorf("%q and %q: same is %v", a.Key(), b.Key(), same)
			}
		}
	}
}
