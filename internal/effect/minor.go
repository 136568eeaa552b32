package effect

import (
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/web"
)

// Names are evidence for bookkeeping only by their own words: "blog" is no log,
// and an account no count.

// things are what tables, types, keys and variables hold that keep books.
var things = map[string]string{
	"audit": "log", "audits": "log", "log": "log", "logs": "log",
	"metric": "statistics", "metrics": "statistics", "stat": "statistics", "stats": "statistics", "statistics": "statistics",
	"gauge": "statistics", "histogram": "statistics", "counter": "counter", "limiter": "rate limit",
	"session": "session", "sessions": "session", "cache": "cache", "caches": "cache", "cached": "cache",
	"visit": "counter", "visits": "counter", "hit": "counter", "hits": "counter", "pv": "counter", "pageviews": "counter",
}

// storedThing says why what has that name keeps books: by its head, the last
// word, for a log's settings are no log. To delete logs or statistics is not
// bookkeeping.
func storedThing(name string, deletes bool) string {
	list := web.Words(name)
	if len(list) == 0 {
		return ""
	}
	thing := things[list[len(list)-1]]
	if deletes && thing != "session" && thing != "cache" {
		return ""
	}
	return thing
}

// columnWords say what a column, field or variable is for.
var columnWords = map[string]string{
	"view": "counter", "views": "counter", "hit": "counter", "hits": "counter", "pv": "counter", "visit": "counter", "visits": "counter",
	"count": "counter", "counter": "counter", "read": "marked as read", "unread": "marked as read", "seen": "last seen",
	"track": "counter", "tracked": "counter", "cache": "cache", "cached": "cache", "stats": "statistics", "metrics": "statistics",
	"session": "session", "sessions": "session",
}

// deeds are times of something done: to write them does it.
var deeds = []string{
	"deleted", "removed", "archived", "disabled", "enabled", "revoked", "banned", "blocked", "cancelled", "canceled", "closed", "locked",
	"approved", "published", "expires", "expired", "confirmed", "verified", "accepted", "rejected", "completed",
}

// writtenColumn says why writing to a column, field or variable of that name is
// bookkeeping.
func writtenColumn(name string) string {
	list := web.Words(name)
	if len(list) == 0 {
		return ""
	}
	last := list[len(list)-1]
	if minor := columnWords[last]; minor != "" {
		return minor
	}
	if list[0] == "last" && len(list) > 1 {
		return "last seen"
	}
	if last == "at" && len(list) > 1 && !slices.Contains(deeds, list[len(list)-2]) {
		return "last seen"
	}
	return ""
}

// keptThing says why a variable or field, named as reports do, keeps books: by
// its own name, or that of the type that declares it.
func keptThing(name string) string {
	owner, field, isField := strings.Cut(name, ".")
	if !isField {
		return writtenColumn(name)
	}
	if minor := writtenColumn(field); minor != "" {
		return minor
	}
	return storedThing(owner, false)
}

// deedNames are words in names of functions that only keep books.
var deedNames = map[string]string{
	"views": "counter", "pv": "counter", "hits": "counter", "visit": "counter", "visits": "counter", "pixel": "counter",
	"seen": "last seen", "audit": "log", "metric": "statistics", "metrics": "statistics",
}

// isFailure reports whether a function of that name ends the program because
// something is wrong, as the Fatal of loggers.
func isFailure(name string) bool {
	for _, word := range web.Words(name[strings.LastIndexByte(name, '.')+1:]) {
		switch word {
		case "fatal", "fatalf", "fatalln", "fatalw", "die", "must":
			return true
		}
	}
	return false
}

// deedOf is calledDeed, found once for each name: a call is lifted often.
func (r *Result) deedOf(name string) string {
	deed, ok := r.deeds[name]
	if !ok {
		deed = calledDeed(name)
		r.deeds[name] = deed
	}
	return deed
}

// keeping are the names of packages that only keep books of what others do.
var keeping = map[string]string{
	"log": "log", "logs": "log", "logger": "log", "logging": "log", "logrus": "log", "logutil": "log",
	"metrics": "statistics", "tracing": "statistics", "telemetry": "statistics",
}

// calledDeed says why what a function of that name changes is bookkeeping: by its
// package, or by its own words.
func calledDeed(name string) string {
	path := packageOf(name)
	if minor := keeping[path[strings.LastIndexByte(path, '/')+1:]]; minor != "" {
		return minor
	}
	for _, word := range web.Words(name[strings.LastIndexByte(name, '.')+1:]) {
		if minor := deedNames[word]; minor != "" {
			return minor
		}
	}
	return ""
}
