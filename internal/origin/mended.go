package origin

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/soplint/soplint/internal/corsconfig"
	"github.com/soplint/soplint/internal/flow"
	"github.com/soplint/soplint/internal/mend"
	"github.com/soplint/soplint/internal/web"
)

// MendCheck returns the change of the last check on the way to w that makes it
// refuse the attacker, nil if none is mechanical.
func (r *Result) MendCheck(pass *analysis.Pass, w *Write) *analysis.SuggestedFix {
	for _, check := range slices.Backward(w.Checks) {
		if !r.Flow.InPackage(check.Site) || check.Literal == "" {
			continue
		}
		if fix := mendCheck(pass, check); fix != nil {
			return fix
		}
	}
	return nil
}

func mendCheck(pass *analysis.Pass, check flow.Check) *analysis.SuggestedFix {
	switch check.Kind {
	case flow.SuffixCheck:
		if web.IsDomain(check.Literal) && !strings.HasSuffix(check.Subject, "."+check.Literal) {
			return mend.Suffix(pass, check.Site.Pos, check.Literal, whole(check))
		}
	case flow.PatternCheck:
		if tight := web.Tighten(check.Literal, check.Subject); tight != "" {
			return mend.Pattern(pass, check.Literal, tight, tightened)
		}
	}
	return nil
}

const tightened = "Anchor the pattern at both ends and escape its dots"

// whole is the domain itself, in the form in which the check is given hosts.
func whole(check flow.Check) string {
	if strings.Contains(check.Subject, "://") {
		return "https://" + check.Literal
	}
	return check.Literal
}

// MendEntry returns the change of the entry that p blames, nil if none is
// mechanical.
func (r *Result) MendEntry(pass *analysis.Pass, p *Policy) *analysis.SuggestedFix {
	switch {
	case p.mended == "" || !r.Flow.InPackage(p.Site):
		return nil
	case p.Cause == "origins":
		return mend.Literal(pass, p.Site.Pos, p.Entry, p.mended, "Put a dot before the domain")
	}
	if fix := mend.Literal(pass, p.Site.Pos, p.Entry, p.mended, tightened); fix != nil {
		return fix
	}
	return mend.Pattern(pass, p.Entry, p.mended, tightened)
}

// mend finds the entry to write for the one that is to blame: one by which the
// library refuses the attacker and still lets in somebody who is meant.
func (p *Policy) mend(c corsconfig.Config, library *corsconfig.Library, version string) {
	var entry string
	switch p.Cause {
	case "origins":
		entry = web.DotBeforeName(p.Entry)
		c.Origins = []string{entry}
	case "regexps":
		entry = web.Tighten(p.Entry, p.Attacker.Origin)
		c.Regexps = []string{entry}
	}
	if entry == "" || library.Answer(version, c, p.Attacker.Origin).AllowOrigin != "" {
		return
	}
	if slices.ContainsFunc(web.Meant(entry), func(origin string) bool {
		return library.Answer(version, c, origin).AllowOrigin == origin
	}) {
		p.mended = entry
	}
}
