package flow

import (
	"bytes"
	"errors"
	"net"
	"net/netip"
	"net/textproto"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// natives are the functions that are computed on known arguments. One that
// returns nil could not be.
var natives = map[string]func([]*Value) *Value{
	"strings.HasPrefix":                    test2(strings.HasPrefix),
	"strings.HasSuffix":                    test2(strings.HasSuffix),
	"strings.Contains":                     test2(strings.Contains),
	"strings.ContainsAny":                  test2(strings.ContainsAny),
	"strings.EqualFold":                    test2(strings.EqualFold),
	"strings.Index":                        int2(strings.Index),
	"strings.LastIndex":                    int2(strings.LastIndex),
	"strings.IndexAny":                     int2(strings.IndexAny),
	"strings.Compare":                      int2(strings.Compare),
	"strings.Count":                        int2(strings.Count),
	"strings.ToLower":                      text1(strings.ToLower),
	"strings.ToUpper":                      text1(strings.ToUpper),
	"strings.TrimSpace":                    text1(strings.TrimSpace),
	"strings.Clone":                        text1(strings.Clone),
	"strings.Trim":                         text2(strings.Trim),
	"strings.TrimPrefix":                   text2(strings.TrimPrefix),
	"strings.TrimSuffix":                   text2(strings.TrimSuffix),
	"strings.TrimLeft":                     text2(strings.TrimLeft),
	"strings.TrimRight":                    text2(strings.TrimRight),
	"strings.CutPrefix":                    cut(strings.CutPrefix),
	"strings.CutSuffix":                    cut(strings.CutSuffix),
	"strings.Cut":                          nativeCut,
	"strings.Split":                        list2(strings.Split),
	"strings.Fields":                       nativeFields,
	"strings.SplitN":                       nativeSplitN,
	"strings.Join":                         nativeJoin,
	"strings.Replace":                      nativeReplace,
	"strings.ReplaceAll":                   nativeReplaceAll,
	"strings.IndexByte":                    nativeIndexByte,
	"strings.LastIndexByte":                nativeLastIndexByte,
	"bytes.Equal":                          test2(func(a, b string) bool { return a == b }),
	"bytes.HasPrefix":                      test2(strings.HasPrefix),
	"bytes.HasSuffix":                      test2(strings.HasSuffix),
	"bytes.Contains":                       test2(strings.Contains),
	"bytes.EqualFold":                      test2(strings.EqualFold),
	"bytes.Index":                          int2(strings.Index),
	"bytes.ToLower":                        text1(func(s string) string { return string(bytes.ToLower([]byte(s))) }),
	"bytes.TrimSpace":                      text1(strings.TrimSpace),
	"path.Match":                           matcher(path.Match),
	"path/filepath.Match":                  matcher(filepath.Match),
	"path.Join":                            nativePathJoin,
	"slices.Contains":                      nativeContains,
	"slices.Index":                         nativeIndex,
	"regexp.MustCompile":                   nativeMustCompile,
	"regexp.Compile":                       nativeCompile,
	"regexp.MatchString":                   matcher(regexp.MatchString),
	"regexp.Match":                         matcher(regexp.MatchString),
	"regexp.QuoteMeta":                     text1(regexp.QuoteMeta),
	"net/url.Parse":                        parseURL(url.Parse),
	"net/url.ParseRequestURI":              parseURL(url.ParseRequestURI),
	"net.SplitHostPort":                    nativeSplitHostPort,
	"net.JoinHostPort":                     text2(net.JoinHostPort),
	"net.ParseIP":                          nativeParseIP,
	"net/netip.ParseAddr":                  nativeParseAddr,
	"strconv.Itoa":                         nativeItoa,
	"strconv.FormatBool":                   nativeFormatBool,
	"strconv.Quote":                        text1(strconv.Quote),
	"fmt.Sprintf":                          nativeSprintf,
	"fmt.Sprint":                           nativeSprint,
	"fmt.Errorf":                           newError,
	"errors.New":                           newError,
	"github.com/pkg/errors.New":            newError,
	"github.com/pkg/errors.Errorf":         newError,
	"net/textproto.CanonicalMIMEHeaderKey": text1(textproto.CanonicalMIMEHeaderKey),
	"net/http.CanonicalHeaderKey":          text1(textproto.CanonicalMIMEHeaderKey),
	"unicode/utf8.RuneCountInString":       nativeRuneCount,

	"(*regexp.Regexp).MatchString":     nativeRegexpMatch,
	"(*regexp.Regexp).Match":           nativeRegexpMatch,
	"(*regexp.Regexp).FindString":      nativeRegexpFind,
	"(*regexp.Regexp).FindStringIndex": nativeRegexpFindIndex,
	"(*regexp.Regexp).String":          nativeText,
	"(*net/url.URL).Hostname":          urlText((*url.URL).Hostname),
	"(*net/url.URL).Port":              urlText((*url.URL).Port),
	"(*net/url.URL).String":            urlText((*url.URL).String),
	"(*net/url.URL).EscapedPath":       urlText((*url.URL).EscapedPath),
	"(*net/url.URL).RequestURI":        urlText((*url.URL).RequestURI),
	"(*net/url.URL).IsAbs":             urlTest((*url.URL).IsAbs),
	"(net.IP).IsLoopback":              ipTest(net.IP.IsLoopback),
	"(net.IP).IsPrivate":               ipTest(net.IP.IsPrivate),
	"(net.IP).String":                  nativeText,
	"(net/netip.Addr).IsLoopback":      addrTest(netip.Addr.IsLoopback),
	"(net/netip.Addr).IsPrivate":       addrTest(netip.Addr.IsPrivate),
	"(error).Error":                    nativeText,
}

// strs returns the texts of arguments that are all known strings.
func strs(args []*Value, n int) []string {
	if len(args) < n {
		return nil
	}
	texts := make([]string, n)
	for i := range n {
		if args[i].Kind != Str {
			return nil
		}
		texts[i] = args[i].Text
	}
	return texts
}

func text1(f func(string) string) func([]*Value) *Value {
	return func(args []*Value) *Value {
		if s := strs(args, 1); s != nil {
			return String(f(s[0]))
		}
		return nil
	}
}

func text2(f func(string, string) string) func([]*Value) *Value {
	return func(args []*Value) *Value {
		if s := strs(args, 2); s != nil {
			return String(f(s[0], s[1]))
		}
		return nil
	}
}

func test2(f func(string, string) bool) func([]*Value) *Value {
	return func(args []*Value) *Value {
		if s := strs(args, 2); s != nil {
			return boolOf(f(s[0], s[1]))
		}
		return nil
	}
}

// boolOf returns a new value, so that taint can be told of it.
func boolOf(b bool) *Value { return boolValue(b) }

func int2(f func(string, string) int) func([]*Value) *Value {
	return func(args []*Value) *Value {
		if s := strs(args, 2); s != nil {
			return intValue(int64(f(s[0], s[1])))
		}
		return nil
	}
}

func list2(f func(string, string) []string) func([]*Value) *Value {
	return func(args []*Value) *Value {
		if s := strs(args, 2); s != nil {
			return listOf(f(s[0], s[1]), taintOf(args)&Sent)
		}
		return nil
	}
}

// listOf makes a list of strings that each carry the taint of what they were
// cut from.
func listOf(texts []string, taint Taint) *Value {
	list := &Value{Kind: List}
	for _, text := range texts {
		list.Elems = append(list.Elems, &Value{Kind: Str, Text: text, Taint: taint})
	}
	return list
}

func tuple(values ...*Value) *Value { return &Value{Kind: Tuple, Elems: values} }

// tainted gives what a function returns together the taint of its arguments.
func tainted(args []*Value, values ...*Value) *Value {
	for i, v := range values {
		values[i] = withTaint(v, taintOf(args)&Sent, firstRead(args...))
	}
	return tuple(values...)
}

func cut(f func(string, string) (string, bool)) func([]*Value) *Value {
	return func(args []*Value) *Value {
		s := strs(args, 2)
		if s == nil {
			return nil
		}
		rest, found := f(s[0], s[1])
		return tainted(args, String(rest), boolOf(found))
	}
}

func nativeCut(args []*Value) *Value {
	s := strs(args, 2)
	if s == nil {
		return nil
	}
	before, after, found := strings.Cut(s[0], s[1])
	return tainted(args, String(before), String(after), boolOf(found))
}

func nativeFields(args []*Value) *Value {
	if s := strs(args, 1); s != nil {
		return listOf(strings.Fields(s[0]), taintOf(args)&Sent)
	}
	return nil
}

func nativeSplitN(args []*Value) *Value {
	if s := strs(args, 2); s != nil && len(args) == 3 && args[2].Kind == Int {
		return listOf(strings.SplitN(s[0], s[1], int(args[2].Int)), taintOf(args)&Sent)
	}
	return nil
}

func nativeJoin(args []*Value) *Value {
	if len(args) != 2 || !isList(args[0]) || args[1].Kind != Str {
		return nil
	}
	s := strs(args[0].Elems, len(args[0].Elems))
	if s == nil {
		return nil
	}
	return String(strings.Join(s, args[1].Text))
}

func nativeReplace(args []*Value) *Value {
	if s := strs(args, 3); s != nil && len(args) == 4 && args[3].Kind == Int && len(s[2]) < 100 {
		return String(strings.Replace(s[0], s[1], s[2], int(args[3].Int)))
	}
	return nil
}

func nativeReplaceAll(args []*Value) *Value {
	if s := strs(args, 3); s != nil && len(s[2]) < 100 {
		return String(strings.ReplaceAll(s[0], s[1], s[2]))
	}
	return nil
}

func nativeIndexByte(args []*Value) *Value {
	if s := strs(args, 1); s != nil && len(args) == 2 && args[1].Kind == Int {
		return intValue(int64(strings.IndexByte(s[0], byte(args[1].Int))))
	}
	return nil
}

func nativeLastIndexByte(args []*Value) *Value {
	if s := strs(args, 1); s != nil && len(args) == 2 && args[1].Kind == Int {
		return intValue(int64(strings.LastIndexByte(s[0], byte(args[1].Int))))
	}
	return nil
}

func matcher(f func(pattern, text string) (bool, error)) func([]*Value) *Value {
	return func(args []*Value) *Value {
		s := strs(args, 2)
		if s == nil {
			return nil
		}
		matched, err := f(s[0], s[1])
		return tainted(args, boolOf(matched), errorOf(err))
	}
}

func errorOf(err error) *Value {
	if err == nil {
		return nilValue
	}
	return &Value{Kind: Native, Text: err.Error(), Native: err}
}

// someError is an error of which nobody knows what it says.
var someError = errors.New("an error")

func newError(args []*Value) *Value {
	err := someError
	if len(args) > 0 && args[0].Kind == Str {
		err = errors.New(args[0].Text)
	}
	return &Value{Kind: Native, Text: err.Error(), Native: err}
}

func nativePathJoin(args []*Value) *Value {
	if len(args) == 1 && args[0].Kind == List {
		if s := strs(args[0].Elems, len(args[0].Elems)); s != nil {
			return String(path.Join(s...))
		}
	}
	return nil
}

// nativeContains is slices.Contains on a list of which each element can be
// compared.
func nativeContains(args []*Value) *Value {
	if i := position(args); i != nil {
		return boolOf(i.Int >= 0)
	}
	return nil
}

func nativeIndex(args []*Value) *Value { return position(args) }

func position(args []*Value) *Value {
	if len(args) != 2 || !isList(args[0]) {
		return nil
	}
	for i, e := range args[0].Elems {
		same, known := equal(e, args[1])
		if !known {
			return nil
		}
		if same {
			return intValue(int64(i))
		}
	}
	return intValue(-1)
}
