package source

import "testing"

func TestColumn(t *testing.T) {
	text := New("a\n\t𝄞é x\r\n\xff y\n")
	for _, test := range []struct{ line, column, want int }{
		{1, 1, 1}, {2, 2, 2}, {2, 6, 4}, {2, 8, 5}, {3, 2, 2}, {2, 99, 7}, {2, -1, 1}, {9, 3, 3}, {0, 3, 3},
	} {
		if got := text.Column(test.line, test.column); got != test.want {
			t.Errorf("%d:%d is %d, want %d", test.line, test.column, got, test.want)
		}
	}
}

// Both ways of counting come to the same.
func TestPlace(t *testing.T) {
	text := New("a\n\t𝄞é x\r\n\xff y\n")
	start := 0
	for i := range text.Content {
		if i > 0 && text.Content[i-1] == '\n' {
			start = i
		}
		line, column := text.Place(i)
		if got := text.Column(line, i-start+1); got != column && text.Content[i] != '\n' {
			t.Errorf("offset %d is %d:%d, by its column %d", i, line, column, got)
		}
	}
	for offset, want := range map[int][2]int{-1: {1, 1}, 99: {4, 1}} {
		if line, column := text.Place(offset); line != want[0] || column != want[1] {
			t.Errorf("offset %d is %d:%d", offset, line, column)
		}
	}
}

func TestLine(t *testing.T) {
	text := New("a\r\nb")
	for number, want := range map[int]string{1: "a", 2: "b"} {
		if got, ok := text.Line(number); got != want || !ok {
			t.Errorf("line %d is %q", number, got)
		}
	}
	if _, ok := text.Line(3); ok {
		t.Error("there is a third line")
	}
}
