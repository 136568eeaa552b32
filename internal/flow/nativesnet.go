package flow

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"regexp"
)

// compile compiles patterns of a sane size; RE2 runs in linear time.
func compile(pattern string) (*regexp.Regexp, error) {
	if len(pattern) > 1000 {
		return nil, errors.New("pattern too long")
	}
	return regexp.Compile(pattern)
}

func nativeMustCompile(args []*Value) *Value {
	if s := strs(args, 1); s != nil {
		if re, err := compile(s[0]); err == nil {
			return &Value{Kind: Native, Text: s[0], Native: re}
		}
	}
	return nil
}

func nativeCompile(args []*Value) *Value {
	s := strs(args, 1)
	if s == nil {
		return nil
	}
	re, err := compile(s[0])
	if err != nil {
		return tainted(args, nilValue, errorOf(err))
	}
	return tainted(args, &Value{Kind: Native, Text: s[0], Native: re}, nilValue)
}

func regexpOf(args []*Value) (*regexp.Regexp, string, bool) {
	if len(args) < 2 || args[1].Kind != Str {
		return nil, "", false
	}
	re, ok := args[0].Native.(*regexp.Regexp)
	return re, args[1].Text, ok
}

func nativeRegexpMatch(args []*Value) *Value {
	if re, text, ok := regexpOf(args); ok {
		return boolOf(re.MatchString(text))
	}
	return nil
}

func nativeRegexpFind(args []*Value) *Value {
	if re, text, ok := regexpOf(args); ok {
		return String(re.FindString(text))
	}
	return nil
}

func nativeRegexpFindIndex(args []*Value) *Value {
	re, text, ok := regexpOf(args)
	switch {
	case !ok:
		return nil
	case re.FindStringIndex(text) == nil:
		return nilValue
	}
	found := re.FindStringIndex(text)
	return &Value{Kind: List, Elems: []*Value{intValue(int64(found[0])), intValue(int64(found[1]))}}
}

// nativeText is the text that a native value has, such as a pattern's.
func nativeText(args []*Value) *Value {
	if len(args) > 0 && args[0].Kind == Native && args[0].Native != any(someError) {
		return String(args[0].Text)
	}
	return nil
}

func parseURL(f func(string) (*url.URL, error)) func([]*Value) *Value {
	return func(args []*Value) *Value {
		s := strs(args, 1)
		if s == nil {
			return nil
		}
		u, err := f(s[0])
		if err != nil {
			return tainted(args, nilValue, errorOf(err))
		}
		return tainted(args, &Value{Kind: Native, Text: s[0], Native: u}, nilValue)
	}
}

// nativeField reads a field of a URL.
func nativeField(v *Value, path string) *Value {
	u, ok := v.Native.(*url.URL)
	if !ok {
		return nil
	}
	fields := map[string]string{".Scheme": u.Scheme, ".Host": u.Host, ".Path": u.Path, ".RawQuery": u.RawQuery, ".Opaque": u.Opaque, ".Fragment": u.Fragment, ".RawPath": u.RawPath}
	text, known := fields[path]
	if !known {
		return nil
	}
	return &Value{Kind: Str, Text: text, Taint: v.Taint, Read: v.Read}
}

func urlText(f func(*url.URL) string) func([]*Value) *Value {
	return func(args []*Value) *Value {
		if u, ok := args[0].Native.(*url.URL); ok {
			return String(f(u))
		}
		return nil
	}
}

func urlTest(f func(*url.URL) bool) func([]*Value) *Value {
	return func(args []*Value) *Value {
		if u, ok := args[0].Native.(*url.URL); ok {
			return boolOf(f(u))
		}
		return nil
	}
}

func nativeSplitHostPort(args []*Value) *Value {
	s := strs(args, 1)
	if s == nil {
		return nil
	}
	host, port, err := net.SplitHostPort(s[0])
	return tainted(args, String(host), String(port), errorOf(err))
}

func nativeParseIP(args []*Value) *Value {
	s := strs(args, 1)
	if s == nil {
		return nil
	}
	ip := net.ParseIP(s[0])
	if ip == nil {
		return nilValue
	}
	return &Value{Kind: Native, Text: ip.String(), Native: ip}
}

func nativeParseAddr(args []*Value) *Value {
	s := strs(args, 1)
	if s == nil {
		return nil
	}
	addr, err := netip.ParseAddr(s[0])
	return tainted(args, &Value{Kind: Native, Text: addr.String(), Native: addr}, errorOf(err))
}

func ipTest(f func(net.IP) bool) func([]*Value) *Value {
	return func(args []*Value) *Value {
		if args[0].Kind == Nil {
			return boolOf(false)
		}
		if ip, ok := args[0].Native.(net.IP); ok {
			return boolOf(f(ip))
		}
		return nil
	}
}

func addrTest(f func(netip.Addr) bool) func([]*Value) *Value {
	return func(args []*Value) *Value {
		if addr, ok := args[0].Native.(netip.Addr); ok {
			return boolOf(f(addr))
		}
		return nil
	}
}
