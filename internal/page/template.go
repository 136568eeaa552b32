package page

import (
	"bytes"
	"slices"
)

// filled begins what stands for the value of a template action.
const filled = "_tmpl"

// control are the words with which the actions begin that write nothing
// themselves (package text/template, "Actions").
var control = []string{"if", "else", "end", "range", "with", "define", "block", "template", "break", "continue"}

// mask returns a copy of a template in which actions are overwritten, byte for
// byte: those that write a value with a name, which may stand in text, attributes
// and expressions, the others with blanks. Line breaks stay.
func mask(content []byte) []byte {
	masked := slices.Clone(content)
	for at := 0; ; {
		start := bytes.Index(masked[at:], []byte("{{"))
		if start < 0 {
			return masked
		}
		start += at
		end := endOfAction(masked, start+2)
		if end < 0 {
			at = start + 2
			continue
		}
		fill(masked[start:end])
		at = end
	}
}

// endOfAction returns where the action ends that begins before start, -1 if it
// does not.
func endOfAction(text []byte, start int) int {
	var quote byte
	for i := start; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == '\\' && quote != '`' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' || c == '`':
			quote = c
		case bytes.HasPrefix(text[i:], []byte("}}")):
			return i + 2
		case bytes.HasPrefix(text[i:], []byte("{{")):
			return -1 // no action of Go's
		}
	}
	return -1
}

func fill(action []byte) {
	name := ""
	if writes(action) {
		name = filled
	}
	for i := range action {
		switch {
		case action[i] == '\n' || action[i] == '\r':
		case i < len(name):
			action[i] = name[i]
		case name != "":
			action[i] = '_'
		default:
			action[i] = ' '
		}
	}
}

// writes reports whether an action writes a value.
func writes(action []byte) bool {
	body := bytes.TrimSpace(bytes.Trim(action, "{}-"))
	word := body
	if end := bytes.IndexAny(body, " \t\r\n"); end >= 0 {
		word = body[:end]
	}
	switch {
	case len(body) == 0, bytes.HasPrefix(body, []byte("/*")), slices.Contains(control, string(word)):
		return false
	case body[0] == '$':
		return !bytes.Contains(body, []byte(":=")) && !bytes.Contains(body, []byte("= "))
	}
	return true
}
