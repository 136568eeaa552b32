package effect

import (
	"strings"
	"testing"

	"github.com/soplint/soplint/internal/web"
)

func TestParseSQL(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "",
		"SELECT 1":                             "",
		"select * from deleted_users":          "",
		"SELECT 'DELETE FROM users'":           "",
		"EXPLAIN DELETE FROM users":            "",
		"BEGIN":                                "",
		"PRAGMA journal_mode=WAL":              "",
		"SHOW CREATE TABLE users":              "",
		"SELECT * FROM users FOR UPDATE":       "",
		"-- DELETE FROM users\nSELECT 1":       "",
		"/* UPDATE users */ SELECT 1":          "",
		"WITH x AS (SELECT 1) SELECT * FROM x": "",
		"WITH delete AS (SELECT 1) SELECT * FROM delete": "",
		"COPY users TO STDOUT":                           "",

		"DELETE FROM users WHERE id = $1":                            "DELETE FROM users!",
		"  \n\tdelete from users":                                    "DELETE FROM users!",
		"delete from \"public\".\"users\"":                           "DELETE FROM users!",
		"DELETE FROM `users`":                                        "DELETE FROM users!",
		"DELETE FROM [dbo].[users]":                                  "DELETE FROM users!",
		"-- name: DeleteUser :exec\nDELETE FROM users":               "DELETE FROM users!",
		"/* x */ (INSERT INTO users VALUES (1))":                     "INSERT INTO users",
		"INSERT OR REPLACE INTO users VALUES (1)":                    "INSERT INTO users",
		"REPLACE INTO users VALUES (1)":                              "REPLACE INTO users",
		"UPDATE ONLY users SET name = 'x, y' WHERE 1":                "UPDATE users",
		"TRUNCATE users":                                             "TRUNCATE users!",
		"TRUNCATE TABLE users":                                       "TRUNCATE TABLE users!",
		"DROP TABLE IF EXISTS users":                                 "DROP TABLE users!",
		"DROP TABLE ?":                                               "DROP TABLE!",
		"ALTER TABLE users ADD x INT":                                "ALTER TABLE users",
		"CREATE UNIQUE INDEX i ON users (x)":                         "CREATE INDEX i",
		"CALL purge(1)":                                              "CALL purge",
		"COPY users FROM STDIN":                                      "COPY",
		"WITH x AS (DELETE FROM users RETURNING id) SELECT * FROM x": "DELETE FROM users!",
		"WITH x AS (SELECT 1) UPDATE users SET a = (SELECT 1)":       "UPDATE users",

		"UPDATE posts SET views = views + 1":                      "UPDATE posts: counter",
		"UPDATE posts SET `score` = `score` - 1 WHERE id = ?":     "UPDATE posts: counter",
		"UPDATE posts SET score = score + ?":                      "UPDATE posts",
		"UPDATE posts SET score = other + 1":                      "UPDATE posts",
		"UPDATE posts SET score = score + ?, title = ?":           "UPDATE posts",
		"UPDATE posts SET pv = ?":                                 "UPDATE posts: counter",
		"UPDATE posts SET is_read = true":                         "UPDATE posts: marked as read",
		"UPDATE users SET last_login = now(), updated_at = now()": "UPDATE users: last seen",
		"UPDATE users SET deleted_at = now()":                     "UPDATE users",
		"UPDATE users SET account = 1":                            "UPDATE users",
		"UPDATE users SET name = coalesce(?, name), seen = 1":     "UPDATE users",
		"INSERT INTO audit_log VALUES (1)":                        "INSERT INTO audit_log: log",
		"INSERT INTO blog VALUES (1)":                             "INSERT INTO blog",
		"DELETE FROM audit_log":                                   "DELETE FROM audit_log!",
		"DELETE FROM sessions WHERE id = ?":                       "DELETE FROM sessions!: session",
		"DELETE FROM tokens WHERE expires < ?":                    "DELETE FROM tokens!: expiry",
		"DELETE FROM tokens WHERE created < now()":                "DELETE FROM tokens!: expiry",
		"DELETE FROM tokens WHERE id < ?":                         "DELETE FROM tokens!",
		"INSERT IGNORE INTO tags VALUES (1)":                      "INSERT INTO tags",
		"INSERT INTO tags VALUES (1) ON CONFLICT DO NOTHING":      "INSERT INTO tags",
		"INSERT INTO tags VALUES (1) ON CONFLICT DO UPDATE SET a": "INSERT INTO tags",
		"CREATE TABLE IF NOT EXISTS tags (a INT)":                 "CREATE TABLE tags: created when absent",
		"CREATE TEMP TABLE x (a INT)":                             "CREATE TABLE x: temporary table",
	} {
		s := parseSQL(text)
		got := s.phrase
		if s.strong {
			got += "!"
		}
		if s.minor != "" {
			got += ": " + s.minor
		}
		if got != want || s.changes != (want != "") {
			t.Errorf("%q: %q (changes: %v), want %q", text, got, s.changes, want)
		}
	}
}

func FuzzParseSQL(f *testing.F) {
	for _, text := range []string{"DELETE FROM users", "WITH x AS (UPDATE a SET b = 'c')", "UPDATE a SET", "/*", "--", "'", "[", "(((", "é"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := parseSQL(text)
		if !s.changes && (s.strong || s.minor != "") {
			t.Errorf("%q changes nothing, but %+v", text, s)
		}
		if s.changes && !strings.HasPrefix(s.phrase, s.verb) {
			t.Errorf("%q: the phrase %q lacks the verb", text, s.phrase)
		}
		// Blanks and comments around a text say nothing.
		if again := parseSQL(" /* x */\n" + text); len(text) < maxSQL/2 && again != s {
			t.Errorf("%q: %+v, behind a comment %+v", text, s, again)
		}
	})
}

func TestWords(t *testing.T) {
	for name, want := range map[string]string{
		"": "", "lastSeenAt": "last seen at", "HTTPServer": "http server", "user_ID": "user id", "$set.a-b": "set a b", "größeX": "größe x",
	} {
		if got := strings.Join(web.Words(name), " "); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestShortName(t *testing.T) {
	for name, want := range map[string]string{
		"(*database/sql.DB).Exec": "(*sql.DB).Exec",
		"os.Exit":                 "os.Exit",
		"(github.com/redis/go-redis/v9.cmdable).Set": "(go-redis.cmdable).Set",
		"gopkg.in/gomail.v2.Send":                    "gomail.Send",
		"(example.com/v2/store.Store).Get":           "(store.Store).Get",
	} {
		if got := shortName(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
