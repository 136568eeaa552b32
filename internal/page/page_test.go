package page

import (
	"bytes"
	"strings"
	"testing"
)

func TestMask(t *testing.T) {
	for template, want := range map[string]string{
		`a {{.}} b`:                           `a _tmpl b`,
		`x = {{.Name}};`:                      `x = _tmpl____;`,
		`{{if .A}}1{{else}}2{{end}}`:          `         1        2       `,
		`{{- range $i, $x := .List -}}`:       strings.Repeat(" ", 29),
		`{{$x := 1}}{{$x}}`:                   `           _tmpl_`,
		`{{/* a comment */}}`:                 strings.Repeat(" ", 19),
		`{{printf "}}" .}}!`:                  `_tmpl____________!`,
		"{{ .A\n}}":                           "_tmpl\n__",
		`{{ a {{.}}`:                          `{{ a _tmpl`,
		`{{ never closed`:                     `{{ never closed`,
		`<a href="{{url "x"}}" title='{{.}}'`: `<a href="_tmpl______" title='_tmpl'`,
	} {
		if got := string(mask([]byte(template))); got != want {
			t.Errorf("%q: %q, want %q", template, got, want)
		}
	}
}

// Spans are of the text that they speak of.
func TestSpans(t *testing.T) {
	text := `<p>{{if .A}}x{{end}}<script>/* ü */ opener.postMessage({{.A}}, "*")</script><iframe src="/x">`
	p := ReadHTML([]byte(text))
	if len(p.Messages) != 1 || len(p.Elements) != 2 {
		t.Fatalf("%+v", p)
	}
	if m := p.Messages[0]; text[m.Start:m.End] != "postMessage" || m.To != Opener || m.What != Written {
		t.Errorf("%+v is %q", m, text[m.Start:m.End])
	}
	if e := p.Elements[1]; text[e.Start:e.End] != `<iframe src="/x">` {
		t.Errorf("%q", text[e.Start:e.End])
	}
}

// Templates that include themselves, or each other, are read once, as the text that
// they are.
func TestInclusions(t *testing.T) {
	const text = `{{define "a"}}{{template "a" .}}{{template "b" .}}<script>parent.postMessage(1, "*")</script>{{end}}
{{define "b"}}{{block "a" .}}{{template "b" .}}{{end}}<script>{{template "a"}}; parent.postMessage(2, "*")</script>{{end}}`
	if p := ReadHTML([]byte(text)); len(p.Messages) != 2 || p.Unread != 0 {
		t.Errorf("%+v", p)
	}
	if p := ReadScript([]byte(`{{define "a"}}{{template "a"}}; parent.postMessage(1, "*"){{end}}`)); len(p.Messages) != 1 || p.Unread != 0 {
		t.Errorf("%+v", p)
	}
}

func TestUnread(t *testing.T) {
	if p := ReadScript([]byte("postMessage(1 2)")); p.Unread != 1 || len(p.Messages) != 0 {
		t.Errorf("%+v", p)
	}
}

// Masking changes neither length nor lines, and what is read lies in the file.
func FuzzReadHTML(f *testing.F) {
	f.Add([]byte(`<script>window.onmessage = (e) => { if (/^https:/.test(e.origin)) f(e.data) }</script>`))
	f.Add([]byte(`{{range .}}<a href="{{.}}"><script>parent.postMessage({a: {{.}}}, '*')</script>{{end}}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		masked := mask(content)
		if len(masked) != len(content) || bytes.Count(masked, []byte("\n")) != bytes.Count(content, []byte("\n")) {
			t.Fatalf("%q is masked as %q", content, masked)
		}
		for _, p := range []*Page{ReadHTML(content), ReadScript(content)} {
			var spans []Span
			for _, m := range p.Messages {
				spans = append(spans, m.Span)
			}
			for _, l := range p.Listeners {
				spans = append(spans, l.Span)
			}
			for _, e := range p.Elements {
				spans = append(spans, e.Span)
			}
			for _, s := range append(spans, p.Domains...) {
				if s.Start < 0 || s.End < s.Start || s.End > len(content) {
					t.Errorf("%v is not in the %d bytes of %q", s, len(content), content)
				}
			}
		}
	})
}

// What a script loads is known whether the page says so or a script of it.
func TestHanded(t *testing.T) {
	const takes, takesNot = `<script>function show(data) {}</script>`, `<script>function show() {}</script>`
	for text, want := range map[string]string{
		`<script src="https://a.example/x?a=1&amp;callback=show"></script>` + takes:                                                                 "https://a.example/x?a=1&callback=show",
		`<script src="https://a.example/x?callback=show"></script>` + takesNot:                                                                      "",
		`<script src="https://a.example/x?callback=show"></script>`:                                                                                 "",
		`<script src="https://a.example/x?jsonp=show"></script>`:                                                                                    "https://a.example/x?jsonp=show",
		`<script src="https://a.example/x?callback=show"></script><script>window.show = d => d</script>`:                                            "https://a.example/x?callback=show",
		`<script>var s = document.createElement("script"); s.src = "//a.example/x?callback=show"</script>` + takes:                                  "//a.example/x?callback=show",
		"<script>let s; s = document.createElement('script'); s.src = `//a.example/${p}?cb=show`; window['show'] = d => d</script>":                 "//a.example/_tmpl?cb=show",
		`<script>const n = "f" + i, s = document.createElement("script"); window[n] = d => d; s.setAttribute("src", u + "?callback=" + n)</script>`: "_tmpl?callback=_tmpl",
		`<script>const n = f(), s = document.createElement("script"); window[n] = d => d; s.setAttribute("src", "/x?callback=" + n)</script>`:       "/x?callback=_tmpl",
		`<script>const n = f(), s = document.createElement("script"); window[n] = () => d; s.setAttribute("src", "/x?callback=" + n)</script>`:      "",
		`<script>const i = document.createElement("img"); window.n = d => d; i.src = "/x?callback=n"</script>`:                                      "",
		`<script>$.getJSON("https://a.example/x?callback=?", d => d)</script>`:                                                                      "https://a.example/x?callback=?",
		`<script>$.getJSON("https://a.example/x?callback=f", d => d)</script>`:                                                                      "",
		`<script>jQuery.ajax({url: "https://a.example/" + x, dataType: "jsonp"})</script>`:                                                          "https://a.example/_tmpl",
		`<script>jQuery.ajax("https://a.example/", {"dataType": 'jsonp'})</script>`:                                                                 "https://a.example/",
		`<script>jQuery.ajax("https://a.example/", {dataType: "json", jsonp: false})</script>`:                                                      "",
	} {
		got := ""
		for _, e := range ReadHTML([]byte(text)).Elements {
			if e.Handed {
				got, _ = e.Attr("src")
			}
		}
		if got != want {
			t.Errorf("%s\nloads %q for data, want %q", text, got, want)
		}
	}
}
