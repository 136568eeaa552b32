package origin

import (
	"fmt"
	"strings"

	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/web"
)

// Further response headers, in the form in which events name them.
const (
	allowHeaders  = "access-control-allow-headers"
	allowMethods  = "access-control-allow-methods"
	exposeHeaders = "access-control-expose-headers"
	vary          = "vary"
)

// A Fault says what is wrong with a CORS header that opens nothing.
type Fault uint8

// The faults.
const (
	Unmatched   Fault = iota // a value of Access-Control-Allow-Origin that no browser's origin equals
	NotTrue                  // a value of Access-Control-Allow-Credentials that is not exactly true
	Unvaried                 // an answer that depends on the Origin and does not say so
	LiteralStar              // a * that credentials make a literal
)

// A Header is a CORS header that does not do what was meant.
type Header struct {
	Site    flow.Site
	Fault   Fault
	Name    string // the header, as it is written
	Value   string
	Reason  string
	Library string // that sends it, "" for the program itself
}

// headers looks for faulty headers in what a replay wrote.
func (s *search) headers(run *flow.Run) {
	for _, e := range run.Events {
		switch {
		case e.Kind == flow.HeaderWrite && s.flow.InPackage(e.Named):
			s.written(e)
		case e.Kind == flow.Returned:
			s.response(e)
		}
	}
}

// written judges a header by its value alone.
func (s *search) written(e *flow.Event) {
	constant := e.Value.Kind == flow.Str && e.Value.Taint == 0
	switch {
	case e.Key == AllowOrigin && e.Value.Kind == flow.Tuple:
		s.fault(Header{Site: e.Named, Fault: Unmatched, Name: "Access-Control-Allow-Origin",
			Reason: "is sent twice, and browsers refuse that"})
	case e.Key == AllowOrigin && constant:
		if reason := web.NeverMatches(e.Value.Text); reason != "" {
			s.fault(Header{Site: e.Named, Fault: Unmatched, Name: "Access-Control-Allow-Origin", Value: e.Value.Text, Reason: reason})
		}
	case e.Key == AllowCredentials && constant && e.Value.Text != "true" && !means(e.Value.Text, "false", "0", "no", ""):
		s.fault(Header{Site: e.Named, Fault: NotTrue, Name: "Access-Control-Allow-Credentials", Value: e.Value.Text,
			Reason: "only the value true counts, in lower case"})
	}
}

func means(value string, words ...string) bool {
	for _, w := range words {
		if strings.EqualFold(value, w) {
			return true
		}
	}
	return false
}

// response judges the headers of a finished response together.
func (s *search) response(e *flow.Event) {
	origin := e.Response[AllowOrigin]
	if origin == nil || origin.Kind != flow.Str || origin.Set == nil || !s.flow.InPackage(*origin.Set) {
		return
	}
	if origin.Taint&flow.Sent != 0 && !mentions(e.Response[vary], "origin") {
		s.fault(Header{Site: *origin.Set, Fault: Unvaried, Name: "Vary",
			Reason: "a cache can give one origin's answer to another"})
	}
	credentials := e.Response[AllowCredentials]
	if credentials == nil || credentials.Kind != flow.Str || credentials.Text != "true" || origin.Text == "*" {
		return
	}
	for name, shown := range map[string]string{
		allowHeaders: "Access-Control-Allow-Headers", allowMethods: "Access-Control-Allow-Methods", exposeHeaders: "Access-Control-Expose-Headers",
	} {
		v := e.Response[name]
		if v != nil && v.Kind == flow.Str && v.Text == "*" && v.Set != nil && s.flow.InPackage(*v.Set) {
			s.fault(Header{Site: *v.Set, Fault: LiteralStar, Name: shown, Value: "*",
				Reason: fmt.Sprintf("with credentials %s: * stands for a header or method of that name", shown)})
		}
	}
}

// mentions reports whether a header's values hold a name, or one of them is not
// known.
func mentions(v *flow.Value, name string) bool {
	switch {
	case v == nil || v.Kind == flow.Nil:
		return false
	case v.Kind == flow.Str:
		return v.Text == "*" || strings.Contains(strings.ToLower(v.Text), name)
	case v.Kind == flow.Tuple || v.Kind == flow.List:
		for _, e := range v.Elems {
			if mentions(e, name) {
				return true
			}
		}
		return false
	}
	return true
}

func (s *search) fault(h Header) {
	for _, old := range s.result.Headers {
		if old.Site == h.Site && old.Fault == h.Fault {
			return
		}
	}
	s.result.Headers = append(s.result.Headers, &h)
}
