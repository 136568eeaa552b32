package lsp

import (
	"encoding/json"
	"fmt"
)

// progressToken names the analysis that runs: there is one at a time.
const progressToken = "soplint"

// A progress shows how far an analysis of a whole module has come. Its methods
// do nothing on nil.
type progress struct{ conn *conn }

// beginProgress returns nil for what is done so quickly that it would flicker,
// and for clients that do not show it.
func (w *workspace) beginProgress(j *job) *progress {
	if !w.showProgress || j.folders != nil {
		return nil
	}
	id := json.RawMessage(`"progress"`)
	w.conn.write(message{JSONRPC: "2.0", ID: &id, Method: "window/workDoneProgress/create",
		Params: map[string]string{"token": progressToken}})
	p := &progress{w.conn}
	p.send(progressValue{Kind: "begin", Title: "soplint", Message: "loading packages", Cancellable: true})
	return p
}

func (p *progress) send(v progressValue) {
	p.conn.notify("$/progress", progressParams{Token: progressToken, Value: v})
}

func (p *progress) update(done, total int) {
	if p == nil {
		return
	}
	percentage := 100 * done / total
	p.send(progressValue{Kind: "report", Message: fmt.Sprintf("%d of %d packages", done, total), Percentage: &percentage})
}

func (p *progress) end() {
	if p != nil {
		p.send(progressValue{Kind: "end"})
	}
}
