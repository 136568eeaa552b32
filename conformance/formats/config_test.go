package formats

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/soplint/soplint/analyzers"
	"github.com/soplint/soplint/internal/config"
	"github.com/soplint/soplint/internal/selection"
)

func compile(t *testing.T, text string) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// What the published schema refuses, soplint refuses, and the other way round,
// but for names, which the schema does not list.
func TestConfigurationSchema(t *testing.T) {
	text, err := os.ReadFile("../../docs/soplint.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	schema := compile(t, string(text))
	all, err := selection.Parse(analyzers.All(), "")
	if err != nil {
		t.Fatal(err)
	}
	for content, valid := range map[string]bool{
		example(t):                               true,
		"{}":                                     true,
		"exclud: []":                             false,
		"checks: corsorigin":                     false,
		"checks: [1]":                            false,
		"severity: {corsorigin: high}":           false,
		"severity: [corsorigin]":                 false,
		"severity: {corsorigin/weak: note}":      true,
		"exclude: [/etc]":                        false,
		"exclude: [../other]":                    false,
		"exclude: ['']":                          false,
		"development: ['a b']":                   false,
		"models: [web]":                          false,
		"models: ['web example.com/app # ours']": true,
		"- checks":                               false,
	} {
		var document any
		if err := yaml.Unmarshal([]byte(content), &document); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(document); (err == nil) != valid {
			t.Errorf("%q: the schema says %v", content, err)
		}
		if _, err := config.Parse(config.Name, "/", []byte(content), all.Lookup); (err == nil) != valid {
			t.Errorf("%q: soplint says %v", content, err)
		}
	}
	properties := strings.Split(string(text), `"properties": {`)[1]
	for _, key := range config.Keys {
		if !strings.Contains(properties, `"`+key+`": {`) {
			t.Errorf("the schema has no %s", key)
		}
	}
}

// example is the one of the documentation, which has every key.
func example(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```yaml\n")
	text, _, _ := strings.Cut(rest, "```")
	var keys []string
	for line := range strings.Lines(text) {
		if key, _, ok := strings.Cut(line, ":"); ok && !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "#") {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	if !slices.Equal(keys, config.Keys) {
		t.Errorf("the documentation shows %v, there are %v", keys, config.Keys)
	}
	return text
}
