// Package page reads HTML, with or without template actions, and JavaScript, for
// what they say about other windows and other sites: messages sent and listened
// for, windows and frames opened, scripts loaded. It knows nothing of Go programs.
package page

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A Page is what a file of HTML or JavaScript says.
type Page struct {
	Elements  []Element
	Messages  []Message
	Listeners []Listener
	Domains   []Span // assignments to document.domain
	Unread    int    // scripts that could not be parsed

	isHTML bool
}

// A Span is a part of the file, in bytes.
type Span struct{ Start, End int }

// noted are the elements that are kept.
var noted = []string{"a", "area", "audio", "iframe", "img", "link", "meta", "script", "video"}

// An Element is the start tag of a link, a frame, what stands for a header or
// what is loaded, or a script that makes an element which loads something.
type Element struct {
	Span
	Name string

	// Handed is set for a script whose address names a function of the page that
	// takes what it is called with: it is loaded for data (JSONP).
	Handed bool

	attrs map[string]string
}

// Attr returns the value of an attribute, and whether it is there.
func (e *Element) Attr(name string) (string, bool) {
	value, ok := e.attrs[name]
	return value, ok
}

// Words returns the words of an attribute, in lower case.
func (e *Element) Words(name string) []string {
	return strings.Fields(strings.ToLower(e.attrs[name]))
}

// FromServer reports whether a text holds what a template action writes.
func FromServer(text string) bool { return strings.Contains(text, filled) }

// ReadHTML reads a page or a part of one.
func ReadHTML(content []byte) *Page {
	p := &Page{isHTML: true}
	masked := mask(content)
	tokens := html.NewTokenizer(bytes.NewReader(masked))
	offset, inScript := 0, false
	var scripts []Span
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			p.hand(masked, scripts)
			return p
		}
		span := Span{offset, offset + len(tokens.Raw())}
		offset = span.End
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			inScript = kind == html.StartTagToken && token.Data == "script" && isJavaScript(token)
			if slices.Contains(noted, token.Data) {
				p.Elements = append(p.Elements, element(span, token))
			}
		case html.TextToken:
			if inScript {
				p.script(masked[span.Start:span.End], span.Start)
				scripts = append(scripts, span)
			}
			inScript = false
		}
	}
}

func element(span Span, token html.Token) Element {
	e := Element{Span: span, Name: token.Data, attrs: map[string]string{}}
	for _, attr := range token.Attr {
		if _, twice := e.attrs[attr.Key]; !twice {
			e.attrs[attr.Key] = attr.Val
		}
	}
	return e
}

// javaScript are the types of script elements that run (HTML standard, section
// 4.12.1; MIME Sniffing standard, "JavaScript MIME type").
var javaScript = []string{"", "module", "text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript"}

func isJavaScript(token html.Token) bool {
	kind := ""
	for _, attr := range token.Attr {
		if attr.Key == "type" {
			kind, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(attr.Val)), ";")
		}
	}
	return slices.Contains(javaScript, kind)
}

// ReadScript reads a file of JavaScript, which can be a template.
func ReadScript(content []byte) *Page {
	p := &Page{}
	p.script(content, 0)
	if p.Unread > 0 && bytes.Contains(content, []byte("{{")) {
		p = &Page{}
		p.script(mask(content), 0)
	}
	return p
}
