package getstate

import (
	"slices"
	"strings"

	"github.com/soplint/soplint/internal/web"
)

// verbs are words for what changes something.
var verbs = []string{
	"add", "activate", "append", "apply", "approve", "assign", "ban", "block", "cancel", "change", "clean", "clear", "clone", "close",
	"create", "deactivate", "del", "delete", "deny", "deploy", "destroy", "detach", "disable", "disconnect", "drain", "drop", "edit",
	"enable", "erase", "evict", "exec", "execute", "exit", "flush", "forget", "generate", "grant", "import", "insert", "install",
	"invalidate", "invite", "join", "kick", "kill", "leave", "lock", "merge", "mkdir", "move", "pause", "promote", "publish", "purge",
	"put", "quit", "rebuild", "reboot", "refuse", "regenerate", "register", "reject", "reload", "remove", "rename", "renew", "reopen",
	"reset", "restart", "restore", "resume", "revoke", "rotate", "run", "save", "send", "set", "shutdown", "start", "stop", "store",
	"submit", "suspend", "switch", "terminate", "toggle", "transfer", "trigger", "truncate", "unban", "unblock", "uninstall", "unlock",
	"unset", "update", "upgrade", "upload", "wipe", "write", "bind", "unbind", "ignore",
}

// harmless are words for what only shows something, and for the steps of
// protocols that change state by GET and prove themselves in another way.
var harmless = []string{
	"get", "list", "show", "view", "page", "form", "search", "find", "fetch", "read", "download", "export", "check", "verify", "verification", "captcha", "confirm",
	"confirmation", "callback", "oauth", "oauth2", "oidc", "saml", "sso", "login", "signin", "authorize", "auth", "unsubscribe", "status", "info", "health",
	"healthz", "metrics", "preview", "index", "home", "test", "ping", "track", "pixel", "redirect", "proxy", "static", "avatar", "thumbnail", "image", "feed", "rss",
	"log", "logs", "stats", "history", "detail", "details", "query", "watch", "stream", "events", "ws", "websocket",
}

// leaving are words for the end of a session.
var leaving = []string{"logout", "signout", "logoff", "signoff"}

func anyOf(names, list []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(list, n) })
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
