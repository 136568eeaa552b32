package report

import (
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/source"
)

// SARIF writes r as a log of the Static Analysis Results Interchange Format,
// version 2.1.0, with what GitHub's code scanning reads of it. Positions count
// in UTF-16 code units, for which the source is read.
func SARIF(w io.Writer, r *Report, readFile func(file string) ([]byte, error)) error {
	s := &sarifWriter{sources: newSourceCache(readFile), ruleIndex: make(map[string]int)}
	run := sarifRun{
		Tool:              sarifTool{s.driver(r)},
		AutomationDetails: sarifID{"soplint/"}, // GitHub takes the part before the slash as the category
		ColumnKind:        "utf16CodeUnits",
		Invocations:       []sarifInvocation{s.invocation(r)},
		Results:           make([]sarifResult, 0, len(r.Findings)),
	}
	for i := range r.Findings {
		run.Results = append(run.Results, s.result(&r.Findings[i]))
	}
	return writeJSON(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

type sarifWriter struct {
	sources   *sourceCache
	ruleIndex map[string]int
}

func (s *sarifWriter) driver(r *Report) sarifDriver {
	driver := sarifDriver{
		Name:           "soplint",
		InformationURI: "https://github.com/soplint/soplint",
		Version:        r.Version,
		Rules:          make([]sarifRule, 0, len(r.Rules)),
	}
	for i := range r.Rules {
		s.ruleIndex[r.Rules[i].ID] = i
		driver.Rules = append(driver.Rules, describeRule(&r.Rules[i]))
	}
	return driver
}

func describeRule(r *Rule) sarifRule {
	return sarifRule{
		ID:               r.ID,
		ShortDescription: sarifMessage{r.Summary},
		FullDescription:  sarifMessage{r.Summary},
		Help:             sarifHelp{Text: r.Help, Markdown: r.Help + "\n\n" + r.URL},
		HelpURI:          r.URL,
		DefaultConfiguration: sarifConfiguration{
			Level: r.Severity.String(),
		},
		Properties: sarifRuleProperties{
			Tags:             append([]string{"security"}, r.Tags...),
			Precision:        "high",
			SecuritySeverity: securitySeverity(r.Severity),
		},
	}
}

// securitySeverity places a severity in the middle of the band of CVSS scores
// that GitHub shows as high, medium and low.
func securitySeverity(s finding.Severity) string {
	switch s {
	case finding.Error:
		return "8.0"
	case finding.Warning:
		return "5.5"
	}
	return "2.0"
}

func (s *sarifWriter) result(f *finding.Finding) sarifResult {
	message := sentence(f.Message)
	if f.Condition != "" {
		message += " When: " + sentence(f.Condition)
	}
	index, known := s.ruleIndex[f.ID()]
	result := sarifResult{
		RuleID:  f.ID(),
		Level:   f.Severity.String(),
		Message: sarifMessage{message},
		Locations: []sarifLocation{{PhysicalLocation: sarifPhysical{
			ArtifactLocation: artifact(f.File),
			Region:           s.region(f),
		}}},
		PartialFingerprints: map[string]string{"soplint/v1": f.Fingerprint},
		Fixes:               s.fixes(f),
	}
	if known {
		result.RuleIndex = &index
	}
	s.addPath(&result, f)
	if f.Suppressed {
		result.Suppressions = []sarifSuppression{{Kind: suppressionKind(f.SuppressedBy)}}
	}
	if f.SuppressedBy == finding.ByBaseline {
		result.BaselineState = "unchanged"
	}
	return result
}

func sentence(text string) string {
	if text == "" || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

func suppressionKind(by finding.Suppressor) string {
	if by == finding.ByComment {
		return "inSource"
	}
	return "external"
}

// region is the place of f; one that could not be told apart from a point has
// no end.
func (s *sarifWriter) region(f *finding.Finding) sarifRegion {
	region := sarifRegion{StartLine: f.Line, StartColumn: s.sources.column(f.File, f.Line, f.Column)}
	if f.EndLine > f.Line || f.EndLine == f.Line && f.EndColumn > f.Column {
		region.EndLine = f.EndLine
		region.EndColumn = s.sources.column(f.File, f.EndLine, f.EndColumn)
	}
	if text, ok := s.sources.line(f.File, f.Line); ok && len(text) <= longestSnippet {
		region.Snippet = &sarifMessage{strings.ToValidUTF8(text, "\uFFFD")}
	}
	return region
}

// addPath gives the steps that lead to f, with f as the last, as a code flow,
// and for readers without those as related locations.
func (s *sarifWriter) addPath(result *sarifResult, f *finding.Finding) {
	if len(f.Related) == 0 {
		return
	}
	var flow sarifThreadFlow
	for i := range f.Related {
		related := &f.Related[i]
		location := sarifLocation{
			PhysicalLocation: sarifPhysical{
				ArtifactLocation: artifact(related.File),
				Region: sarifRegion{StartLine: related.Line,
					StartColumn: s.sources.column(related.File, related.Line, related.Column)},
			},
			Message: &sarifMessage{related.Message},
		}
		flow.Locations = append(flow.Locations, sarifFlowLocation{location})
		location.ID = i + 1
		result.RelatedLocations = append(result.RelatedLocations, location)
	}
	end := result.Locations[0]
	end.Message = &sarifMessage{f.Message}
	flow.Locations = append(flow.Locations, sarifFlowLocation{end})
	result.CodeFlows = []sarifCodeFlow{{ThreadFlows: []sarifThreadFlow{flow}}}
}

// fixes translates edits, which are in bytes, to lines and columns. A fix of a
// file that cannot be read is left out.
func (s *sarifWriter) fixes(f *finding.Finding) []sarifFix {
	var out []sarifFix
	for _, fix := range f.Fixes {
		changes := make(map[string]int)
		converted := sarifFix{Description: sarifMessage{fix.Message}}
		complete := true
		for _, edit := range fix.Edits {
			text := s.sources.file(edit.File)
			if text == nil || edit.Start > edit.End || edit.End > len(text.Content) {
				complete = false
				break
			}
			i, ok := changes[edit.File]
			if !ok {
				i = len(converted.ArtifactChanges)
				changes[edit.File] = i
				converted.ArtifactChanges = append(converted.ArtifactChanges,
					sarifArtifactChange{ArtifactLocation: artifact(edit.File)})
			}
			change := &converted.ArtifactChanges[i]
			change.Replacements = append(change.Replacements, replacement(text, edit))
		}
		if complete && len(converted.ArtifactChanges) > 0 {
			out = append(out, converted)
		}
	}
	return out
}

func replacement(text *source.Text, edit finding.Edit) sarifReplacement {
	var r sarifReplacement
	r.DeletedRegion.StartLine, r.DeletedRegion.StartColumn = text.Place(edit.Start)
	r.DeletedRegion.EndLine, r.DeletedRegion.EndColumn = text.Place(edit.End)
	if edit.New != "" {
		r.InsertedContent = &sarifMessage{edit.New}
	}
	return r
}

func (s *sarifWriter) invocation(r *Report) sarifInvocation {
	invocation := sarifInvocation{ExecutionSuccessful: len(r.Problems) == 0}
	for i := range r.Problems {
		p := &r.Problems[i]
		notification := sarifNotification{Level: "error", Message: sarifMessage{p.Message}}
		if p.Package != "" {
			notification.Message.Text = "could not analyse " + p.Package + ": " + p.Message
		}
		if p.File != "" {
			location := sarifLocation{PhysicalLocation: sarifPhysical{ArtifactLocation: artifact(p.File)}}
			location.PhysicalLocation.Region.StartLine = max(p.Line, 1)
			notification.Locations = []sarifLocation{location}
		}
		invocation.Notifications = append(invocation.Notifications, notification)
	}
	return invocation
}

// artifact names a file by a reference relative to the root of the sources, or
// by a file: address where it is outside of it.
func artifact(file string) sarifArtifact {
	if path.IsAbs(file) {
		return sarifArtifact{URI: (&url.URL{Scheme: "file", Path: file}).String()}
	}
	return sarifArtifact{URI: (&url.URL{Path: file}).String(), URIBaseID: "%SRCROOT%"}
}
