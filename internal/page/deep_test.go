package page

import (
	"strings"
	"testing"
)

// TestDeep reads pages as deeply nested as the size of what is read lets them be. A
// stack that grows without bound ends the process, so that nothing is to be checked
// behind.
func TestDeep(t *testing.T) {
	const size = 512 << 10
	for _, unit := range []string{"[", "(", "{", "a(", "!", "{a:", "`${", "()=>", "if(a)", "new ", "a?", "-", "function a(){", "class a{b=", "async()=>", "for(;;)", "a=", "a,", "x:", "...", "[...", "a.b[", "yield ", "await ", "<div>", "<script>", "{{if a}}", "<!--", "a**"} {
		text := "postMessage;" + strings.Repeat(unit, size/len(unit))
		ReadScript([]byte(text))
		ReadHTML([]byte("<script>" + text + "</script>"))
		ReadHTML([]byte(text))
	}
}
