package cli

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"golang.org/x/tools/txtar"
)

// Findings in pages have their places there, in SARIF as in text, and those that a
// comment of the page is about are suppressed.
func TestPagesInSARIF(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/pages.txtar")
	if err != nil {
		t.Fatal(err)
	}
	newScript(t, archive)
	_, printed := soplint("-format=sarif", "-checks=webmessage", "./...")
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID       string           `json:"ruleId"`
				Suppressions []map[string]any `json:"suppressions"`
				Locations    []struct {
					PhysicalLocation struct {
						ArtifactLocation struct {
							URI string `json:"uri"`
						} `json:"artifactLocation"`
						Region struct {
							StartLine   int `json:"startLine"`
							StartColumn int `json:"startColumn"`
						} `json:"region"`
					} `json:"physicalLocation"`
				} `json:"locations"`
			} `json:"results"`
		} `json:"runs"`
	}
	if err := json.Unmarshal([]byte(printed), &log); err != nil || len(log.Runs) != 1 {
		t.Fatalf("%v in\n%s", err, printed)
	}
	var got []string
	for _, r := range log.Runs[0].Results {
		at := r.Locations[0].PhysicalLocation
		got = append(got, fmt.Sprintf("%s:%d:%d %s %d", at.ArtifactLocation.URI, at.Region.StartLine, at.Region.StartColumn, r.RuleID, len(r.Suppressions)))
	}
	want := []string{
		"static/app.js:1:25 webmessage/listener 0",
		"ui/pages/index.html:2:10 webmessage/target 0",
		"ui/pages/index.html:3:10 webmessage/target 1",
		"ui/pages/index.html:6:1 webmessage/sandbox 1",
		"ui/pages/index.html:8:1 webmessage/sandbox 1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}
