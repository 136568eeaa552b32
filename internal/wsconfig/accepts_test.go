package wsconfig

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

const host = "app.example"

// letters are the origins of the tables below: a table names those that are
// accepted.
var letters = []struct{ letter, origin string }{
	{"-", ""},
	{"S", "https://app.example"},
	{"H", "http://app.example"},
	{"E", "https://evil.example"},
	{"N", "null"},
	{"P", "https://app.example:8443"},
	{"D", "https://sub.app.example"},
	{"X", "https://evilapp.example"},
	{"T", "https://app.example.evil.example"},
	{"L", "http://localhost:3000"},
}

const everyone = "- S H E N P D X T L"

func accepted(l *Library, version string, c Config) string {
	var cells []string
	for _, o := range letters {
		if l.Accepts(version, c, o.origin, host) {
			cells = append(cells, o.letter)
		}
	}
	return strings.Join(cells, " ")
}

func list(patterns ...string) Config { return Config{Patterns: patterns, PatternsSet: true} }

func on(c Config, switches ...string) Config {
	c.Options = map[string]bool{}
	for _, name := range switches {
		c.Options[name] = true
	}
	return c
}

func checked(origins ...string) Config {
	return Config{CheckSet: true, Check: func(origin string) bool { return slices.Contains(origins, origin) }}
}

func inside(library string, c Config) Config { return Config{Upgrader: &Upgrader{library, c}} }

type row struct {
	library, version string
	config           Config
	want             string
}

func check(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		l := Lookup(r.library)
		if l == nil {
			t.Errorf("no library %s", r.library)
			continue
		}
		if got := accepted(l, r.version, r.config); got != r.want {
			t.Errorf("%s %s %s:\n\tgot  %s\n\twant %s", r.library, r.version, fmt.Sprintf("%+v", r.config), got, r.want)
		}
	}
}

// TestDefaults holds Default against Accepts.
func TestDefaults(t *testing.T) {
	for _, l := range Libraries {
		want := map[Default]string{AnyOrigin: everyone, AnyURL: "S H E P D X T L", SameHost: "- S H", ThisMachine: "- L", Off: ""}[l.Default]
		if got := accepted(l, "", Config{}); got != want {
			t.Errorf("%s without options accepts %q, want %q by its Default", l.Name, got, want)
		}
	}
	if !slices.IsSortedFunc(Libraries, func(a, b *Library) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("Lookup needs the libraries sorted by name")
	}
}

func TestChecks(t *testing.T) {
	only := checked("", "https://app.example", "null")
	for _, name := range []string{
		"centrifuge", "go-socket.io", "gobwas", "gorilla", "gqlgen", "graphql-transport-ws", "gws", "melody",
		"neffos", "socket.io", "webtransport", "x/net/server",
	} {
		check(t, []row{{name, "", only, "- S N"}})
	}
	check(t, []row{
		{"grpc-web", "", only, ""},
		{"grpc-web", "", on(only, "WithWebsockets"), "- S N"},
		{"grpc-web", "", on(Config{}, "WithWebsockets"), "S H"},
		{"sockjs", "", on(Config{}, "Websocket"), everyone},
		{"sockjs/v3", "", on(Config{}, "RawWebsocket"), "- S H"},
	})
}

// TestUpgraders has the options of one library inside those of another.
func TestUpgraders(t *testing.T) {
	sockJS := on(inside("gorilla", Config{}), "Websocket")
	check(t, []row{
		{"sockjs", "", sockJS, "- S H"},
		{"sockjs", "", inside("gorilla", checked("null")), ""},
		{"sockjs/v3", "", on(inside("gorilla", checked("null")), "Websocket"), "N"},
		{"neffos", "", inside("gobwas", Config{}), everyone},
		{"neffos", "", inside("gorilla", Config{}), "- S H"},
		{"melody", "", inside("gorilla", checked("null")), "N"},
		{"gqlgen", "", inside("coder", Config{Insecure: true}), everyone},
		{"gqlgen", "", inside("coder", list("*.app.example")), "- S H D"},
		{"gqlgen", "", inside("unknown", Config{}), ""},
	})
}

func TestPatterns(t *testing.T) {
	check(t, []row{
		{"coder", "", Config{Insecure: true}, everyone},
		{"coder", "", list("*"), everyone},
		{"coder", "", list("https://*"), "- S H E P D X T"},
		{"coder", "v1.8.14", list("https://*"), "- S H E P D X T"},
		{"coder", "v1.8.14-0.20250101000000-abcdefabcdef", list("https://*"), "- S H"},
		{"coder", "v1.8.13", list("https://*"), "- S H"},
		{"coder", "v1.7.4", list("https://evil.example"), "- S H"},
		{"coder", "v2.0.0", list("https://evil.example"), "- S H E"},
		{"coder", "v1.9.0", list("HTTPS://EVIL.example"), "- S H E"},
		{"coder", "", list("*.example"), "- S H E D X T"},
		{"coder", "", list("*app.example"), "- S H D X"},
		{"coder", "", list("app.example*"), "- S H P T"},
		{"coder", "", list("*.app.example"), "- S H D"},
		{"coder", "", list("evil.example"), "- S H E"},
		{"coder", "", list(""), "- S H N"},
		{"coder", "", list("[", "*"), "- S H"},
		{"coder", "", list("*", "["), everyone},
		{"nhooyr", "", list("*"), everyone},
		{"nhooyr", "v1.8.17", list("https://evil.example"), "- S H"},
		{"fiber/v2", "", list(), everyone},
		{"fiber/v2", "", list("*", "https://app.example"), everyone},
		{"fiber/v2", "", list("https://app.example", "*"), "S"},
		{"fiber/v2", "", list("https://app.example", "null", ""), "- S N"},
		{"fiber/v3", "", list("https://app.example", "*"), everyone},
		{"fiber/v3", "", list("https://app.example"), "S"},
		{"fiber/v3", "", on(list("https://app.example"), "AllowEmptyOrigin"), "- S"},
		{"fiber/v3", "", list("https://app.example", ""), "S"},
		{"dgrr", "", list(""), everyone},
		{"dgrr", "", list("https://App.example/"), "S"},
		{"dgrr", "", list("%"), ""},
	})
}

func TestServers(t *testing.T) {
	check(t, []row{
		{"go-ethereum", "", list(""), "- L"},
		{"go-ethereum", "", list("https://evil.example", "*"), everyone},
		{"go-ethereum", "", list("app.example"), "- S H P"},
		{"go-ethereum", "", list("https://app.example"), "- S P"},
		{"go-ethereum", "", list("app.example:8443"), "- P"},
		{"go-ethereum", "", list("https://"), "- S E P D X T"},
		{"go-ethereum", "", list("null"), "- N"},
		{"go-ethereum", "", list("127.0.0.1:8545", "*.app.example"), "-"},
		{"nats", "", list("*"), ""},
		{"nats", "", on(Config{}, "Port"), everyone},
		{"nats", "", on(Config{}, "Port", "SameOrigin"), "- S"},
		{"nats", "", on(Config{}, "Port", "SameOrigin", "NoTLS"), "- H"},
		{"nats", "", on(list("https://evil.example"), "Port", "SameOrigin"), "-"},
		{"nats", "", on(list("https://App.example:443/x", "http://localhost:3000"), "Port"), "- S L"},
		{"nats", "", on(list("https://*.app.example"), "Port"), "-"},
		{"nats", "", on(list("https://app.example", "*"), "Port"), ""},
		{"nats", "", on(list("https://[::1"), "Port"), ""},
	})
}
