package cli

import (
	"os"
	"strings"
	"testing"
)

// The page of findings has the source and the fix of each, and names of the module
// stay text in it.
func TestHTML(t *testing.T) {
	const name = `a<img src=x onerror=alert(1)>&.go`
	hostile(t, map[string]string{"module/" + name: reported})
	if code, printed := soplint("-q", "-format=html", "-o=page.html", "./..."); code != exitFindings || printed != "" {
		t.Fatalf("exit code %d: %s", code, printed)
	}
	data, err := os.ReadFile("page.html")
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	for _, want := range []string{
		"<!DOCTYPE html>", "</html>\n", "a&lt;img src=x onerror=alert(1)&gt;&amp;.go:6",
		`w.Header().Set(&#34;Access-Control-Allow-Origin&#34;, r.Header.Get(&#34;Origin&#34;))</span>`,
		"-    w.Header().Set(&#34;Access-Control-Allow-Credentials&#34;, &#34;True&#34;)\n",
		"&#43;    w.Header().Set(&#34;Access-Control-Allow-Credentials&#34;, &#34;true&#34;)\n",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not in the page", want)
		}
	}
	if strings.Contains(page, "<img") {
		t.Error("the name of a file is an element of the page")
	}
	if t.Failed() {
		t.Log(page)
	}
}
