package getstate

import (
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/web"
)

// verbs are words for what changes something.
var verbs = []string{
	"accept", "acknowledge", "activate", "add", "append", "apply", "approve", "archive", "assign", "ban", "bind", "block",
	"cancel", "change", "clean", "clear", "clone", "close", "complete", "create", "deactivate", "decline", "del", "delete", "deny", "deploy",
	"deposit", "destroy", "detach", "disable", "disconnect", "dismiss", "downvote", "drain", "drop", "edit", "enable", "erase",
	"evict", "exec", "execute", "exit", "flush", "follow", "forget", "generate", "grant", "ignore", "import", "insert", "install",
	"invalidate", "invite", "join", "kick", "kill", "leave", "like", "lock", "merge", "mkdir", "move", "mute", "pause", "pin",
	"promote", "publish", "purge", "put", "quit", "reboot", "rebuild", "redeem", "refuse", "regenerate", "register", "reject",
	"reload", "remove", "rename", "renew", "reopen", "reset", "restart", "restore", "resume", "retry", "revoke", "rm", "rollback",
	"rotate", "run", "save", "send", "set", "shutdown", "star", "start", "stop", "store", "submit", "subscribe", "suspend",
	"switch", "terminate", "toggle", "transfer", "trigger", "truncate", "unarchive", "unban", "unbind", "unblock", "undo",
	"unfollow", "uninstall", "unlike", "unlock", "unmute", "unpin", "unset", "unstar", "update", "upgrade", "upload", "upvote",
	"vote", "wipe", "withdraw", "write",
}

// showing are words for what only shows something, and for the steps of protocols
// that change state by GET and prove themselves in another way.
var showing = []string{
	"get", "list", "show", "view", "page", "index", "home", "form", "search", "find", "fetch", "read", "download", "export", "check", "verify", "verification", "captcha", "confirm",
	"confirmation", "callback", "oauth", "oauth2", "oidc", "saml", "sso", "login", "signin", "authorize", "auth", "unsubscribe",
	"healthz", "preview", "test", "ping", "track", "pixel", "redirect", "proxy", "query", "watch", "ws", "websocket",
}

// shown are words for what is mostly looked at: a log is shown, unless it is cleared.
var shown = []string{
	"status", "info", "health", "metrics", "static", "avatar", "thumbnail", "image", "feed", "rss",
	"log", "logs", "stats", "history", "detail", "details", "stream", "events",
}

// measuring are words anywhere in a path for what looks at the program itself: a
// profile of blocking blocks nothing.
var measuring = []string{"pprof"}

// leaving are words for the end of a session.
var leaving = []string{"logout", "signout", "logoff", "signoff"}

// handling are words in the names of functions that a handler gives requests to, by
// their path: what such a one is named for, its part of the handler is for.
var handling = []string{"handle", "handler", "serve", "api"}

func anyOf(names, list []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(list, n) })
}

// onlyShows reports whether names say that something is shown, and not that it is
// changed. Beside what is mostly looked at, a verb may be a noun ("the status of an
// import"): that is for the change to say, which must be evident.
func onlyShows(names []string, evident bool) bool {
	return anyOf(names, showing) || anyOf(names, shown) && !(evident && anyOf(names, verbs))
}

// withoutMethod leaves out the method that the name of a handler begins with, as
// get does in GetDeletePeer: that is a method where the path has the same verb. What
// GetBlock gets is a block, though.
func withoutMethod(name, path []string) []string {
	isSaid := func(word string) bool { return slices.Contains(verbs, word) && slices.Contains(path, word) }
	if len(name) > 2 && name[0] == "get" && slices.ContainsFunc(name[1:], isSaid) {
		return name[1:]
	}
	return name
}

// words splits a name, and puts log out and sign out together.
func words(name string) []string {
	list := web.Words(name)
	for i := 1; i < len(list); i++ {
		if joined := list[i-1] + list[i]; slices.Contains(leaving, joined) {
			list[i-1] = joined
			list = slices.Delete(list, i, i+1)
		}
	}
	return list
}

// lastSegment returns the last part of a path pattern that is no parameter.
func lastSegment(pattern string) string {
	segments := strings.Split(pattern, "/")
	for _, s := range slices.Backward(segments) {
		if s != "" && !strings.ContainsAny(s, "{:*<…") {
			return s
		}
	}
	return ""
}
