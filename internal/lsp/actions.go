package lsp

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/soplint/soplint/internal/finding"
)

// current calls visit for the findings at r, if the file is still what was
// analysed: otherwise they are about something else.
func (w *workspace) current(path string, r textRange, visit func(m *module, k *known, f *finding.Finding)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	m, d := w.moduleOf(path), w.documents[path]
	if m == nil || d == nil || m.files[path] == nil || m.files[path].text.Content != d.text.Content {
		return
	}
	k := m.files[path]
	for i := range k.findings {
		if f := &k.findings[i]; !f.Suppressed && touches(rangeOf(k.text, f), r) {
			visit(m, k, f)
		}
	}
}

// actions are the fixes of the findings at r, and the comments that suppress
// them.
func (w *workspace) actions(path string, r textRange) []codeAction {
	actions := []codeAction{}
	w.current(path, r, func(m *module, k *known, f *finding.Finding) {
		diagnostics := []diagnostic{w.diagnostic(m, path, k, f)}
		for _, fix := range f.Fixes {
			if edit, ok := w.edit(m, fix); ok {
				actions = append(actions, codeAction{Title: fix.Message, Kind: "quickfix", Diagnostics: diagnostics, IsPreferred: true, Edit: edit})
			}
		}
		actions = append(actions, codeAction{Title: fmt.Sprintf("Ignore %s here, with a reason to be written", f.ID()), Kind: "quickfix",
			Diagnostics: diagnostics, Edit: ignoring(path, k, f)})
	})
	return actions
}

// edit translates a fix. One of a file that has changed since it was analysed
// is left out.
func (w *workspace) edit(m *module, fix finding.Fix) (workspaceEdit, bool) {
	edit := workspaceEdit{Changes: make(map[string][]textEdit)}
	for _, e := range fix.Edits {
		path := absolute(m.dir, e.File)
		now := contentOf(path, w.documents)
		if k := m.files[path]; k == nil || k.text.Content != now.Content {
			return edit, false
		}
		edit.Changes[uriOf(path)] = append(edit.Changes[uriOf(path)],
			textEdit{Range: textRange{Start: positionAt(now, e.Start), End: positionAt(now, e.End)}, NewText: e.New})
	}
	return edit, true
}

// ignoring inserts the directive above the finding. Without a reason behind it
// it suppresses nothing, and says so: the reason is for the user to write.
func ignoring(path string, k *known, f *finding.Finding) workspaceEdit {
	line, _ := k.text.Line(f.Line)
	indentation := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	start := position{Line: f.Line - 1}
	return workspaceEdit{Changes: map[string][]textEdit{uriOf(path): {
		{Range: textRange{Start: start, End: start}, NewText: indentation + "//soplint:ignore " + f.ID() + " \n"}}}}
}

// hover explains the first finding at the position, nil if there is none.
func (w *workspace) hover(path string, at position) *hover {
	var found *hover
	w.current(path, textRange{Start: at, End: at}, func(m *module, k *known, f *finding.Finding) {
		if found != nil {
			return
		}
		var out strings.Builder
		fmt.Fprintf(&out, "**%s** (%s): %s\n", f.ID(), f.Severity, f.Message)
		if f.Condition != "" {
			fmt.Fprintf(&out, "\n*when:* %s\n", f.Condition)
		}
		for _, related := range f.Related {
			fmt.Fprintf(&out, "\n- %s:%d: %s", filepath.Base(related.File), related.Line, related.Message)
		}
		if rule, ok := m.rules[f.ID()]; ok {
			fmt.Fprintf(&out, "\n\n[%s](%s)\n", rule.Summary, rule.URL)
		}
		found = &hover{Contents: markupContent{Kind: "markdown", Value: out.String()}, Range: rangeOf(k.text, f)}
	})
	return found
}
