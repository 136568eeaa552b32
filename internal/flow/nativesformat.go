package flow

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Natives that write values as text, or measure it.

func nativeItoa(args []*Value) *Value {
	if args[0].Kind == Int {
		return String(strconv.FormatInt(args[0].Int, 10))
	}
	return nil
}

func nativeFormatBool(args []*Value) *Value {
	if args[0].Kind == Bool {
		return String(strconv.FormatBool(args[0].Int == 1))
	}
	return nil
}

func nativeRuneCount(args []*Value) *Value {
	if s := strs(args, 1); s != nil {
		return intValue(int64(utf8.RuneCountInString(s[0])))
	}
	return nil
}

// operands returns the Go values of a variadic argument, nil if one is not
// known.
func operands(list *Value) []any {
	if !isList(list) {
		return nil
	}
	values := make([]any, 0, len(list.Elems))
	for _, v := range list.Elems {
		switch v.Kind {
		case Str:
			values = append(values, v.Text)
		case Int:
			values = append(values, v.Int)
		case Bool:
			values = append(values, v.Int == 1)
		case Native:
			values = append(values, v.Native)
		default:
			return nil
		}
	}
	return values
}

func nativeSprintf(args []*Value) *Value {
	if len(args) != 2 || args[0].Kind != Str || len(args[0].Text) > 1000 || hasWidth(args[0].Text) {
		return nil
	}
	if values := operands(args[1]); values != nil {
		return String(fmt.Sprintf(args[0].Text, values...))
	}
	return nil
}

// hasWidth reports whether a format asks for widths, which can be huge.
func hasWidth(format string) bool {
	for i := range len(format) - 1 {
		if format[i] == '%' && slices.Contains([]byte("0123456789*.[+- "), format[i+1]) {
			return true
		}
	}
	return false
}

func nativeSprint(args []*Value) *Value {
	if len(args) != 1 {
		return nil
	}
	if values := operands(args[0]); values != nil {
		return String(fmt.Sprint(values...))
	}
	return nil
}
