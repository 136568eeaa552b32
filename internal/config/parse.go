package config

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/model"
	"github.com/soplint/soplint/internal/nearest"
)

// A parser turns the nodes of the file into the configuration, and collects
// what is wrong with them.
type parser struct {
	name   string
	lookup func(name string) error
	config *Config
	errs   []error
}

// Keys are those that the file can have.
var Keys = []string{"checks", "development", "exclude", "models", "severity"}

func (p *parser) fail(line int, format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf("%s:%d: %w", p.name, line, fmt.Errorf(format, args...)))
}

func (p *parser) parse(r io.Reader) {
	decoder := yaml.NewDecoder(r)
	var document yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return // an empty file
	} else if err != nil {
		p.syntax(err)
		return
	}
	var another yaml.Node
	if err := decoder.Decode(&another); err == nil {
		p.fail(another.Line, "a second document; the configuration is one")
	}
	for _, root := range document.Content {
		if root.Tag == "!!null" {
			continue
		}
		p.mapping(root, "the configuration", p.key)
	}
}

// yamlPlace is how the YAML library begins its errors.
var yamlPlace = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

func (p *parser) syntax(err error) {
	line := 1
	if place := yamlPlace.FindStringSubmatch(err.Error()); place != nil && place[1] != "" {
		line, _ = strconv.Atoi(place[1])
	}
	p.fail(line, "not YAML: %s", yamlPlace.ReplaceAllString(err.Error(), ""))
}

func (p *parser) key(key string, line int, value *yaml.Node) {
	switch key {
	case "checks":
		p.checks(value)
	case "development":
		p.strings(value, key, p.development)
	case "exclude":
		p.strings(value, key, p.exclude)
	case "models":
		p.models(value)
	case "severity":
		p.mapping(value, key, p.severity)
	default:
		p.fail(line, "unknown key %q%s", key, nearest.Suggest(key, Keys))
	}
}

// mapping calls entry for each pair of the mapping.
func (p *parser) mapping(n *yaml.Node, what string, entry func(key string, line int, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		p.fail(n.Line, "%s must be a mapping of names to values", what)
		return
	}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		text, ok := p.scalar(key, "a key")
		switch {
		case !ok:
		case seen[text]:
			p.fail(key.Line, "%q stands twice", text)
		default:
			seen[text] = true
			entry(text, key.Line, value)
		}
	}
}

// strings calls entry for each string of the list.
func (p *parser) strings(n *yaml.Node, what string, entry func(text string, line int)) {
	if n.Kind != yaml.SequenceNode {
		p.fail(n.Line, "%s must be a list", what)
		return
	}
	for _, item := range n.Content {
		if text, ok := p.scalar(item, "an entry of "+what); ok {
			entry(text, item.Line)
		}
	}
}

// scalar returns the text of a string. Anchors, aliases and other types have no
// use here.
func (p *parser) scalar(n *yaml.Node, what string) (string, bool) {
	if n.Kind != yaml.ScalarNode || n.Tag != "!!str" || n.Anchor != "" {
		p.fail(n.Line, "%s must be a string", what)
		return "", false
	}
	return n.Value, true
}

func (p *parser) checks(n *yaml.Node) {
	var names []string
	p.strings(n, "checks", func(name string, line int) {
		if err := p.lookup(strings.TrimPrefix(name, "-")); err != nil {
			p.fail(line, "%w", err)
			return
		}
		names = append(names, name)
	})
	p.config.Checks = strings.Join(names, ",")
}

func (p *parser) severity(name string, line int, value *yaml.Node) {
	if err := p.lookup(name); err != nil {
		p.fail(line, "%w", err)
		return
	}
	word, ok := p.scalar(value, "a severity")
	if !ok {
		return
	}
	severity, err := finding.ParseSeverity(word)
	if err != nil {
		p.fail(value.Line, "%w", err)
		return
	}
	if p.config.severities == nil {
		p.config.severities = make(map[string]finding.Severity)
	}
	p.config.severities[name] = severity
}

func (p *parser) exclude(pattern string, line int) {
	pattern = strings.TrimSuffix(strings.TrimPrefix(pattern, "./"), "/")
	switch {
	case pattern == "":
		p.fail(line, "a pattern of exclude is empty")
	case strings.HasPrefix(pattern, "/") || strings.HasPrefix(pattern, "../"):
		p.fail(line, "pattern %q must be relative to the directory of %s, and in it", pattern, p.name)
	case !doublestar.ValidatePattern(pattern):
		p.fail(line, "pattern %q is not well-formed; * stands for a part of a name, ** for any folders", pattern)
	default:
		p.config.exclude = append(p.config.exclude, pattern)
	}
}

func (p *parser) development(name string, line int) {
	if name == "" || strings.ContainsAny(name, " \t\n") {
		p.fail(line, "development needs names of settings as reports write them, such as cfg.Debug, not %q", name)
		return
	}
	p.config.Development = append(p.config.Development, name)
}

func (p *parser) models(n *yaml.Node) {
	var rows []model.UserRow
	p.strings(n, "models", func(text string, line int) {
		rows = append(rows, model.UserRow{Text: text, File: p.name, Line: line})
	})
	if len(rows) == 0 {
		return
	}
	table, errs := model.Extend(rows)
	p.config.models = table
	p.errs = append(p.errs, errs...)
}
