package effect

import "strings"

// A statement is what the beginning of an SQL text says.
type statement struct {
	verb    string // upper case, "" if the text begins with nothing known
	phrase  string // for reports: "DELETE FROM users"
	changes bool
	strong  bool
	minor   string
}

// maxSQL bounds how many bytes of a text are read: migrations go on for pages.
const maxSQL = 4096

// changing lists the keywords that begin statements which change something, in
// the dialects of PostgreSQL, MySQL, SQLite, SQL Server and ClickHouse.
var changing = map[string]bool{
	"INSERT": true, "UPDATE": true, "DELETE": true, "REPLACE": true, "MERGE": true, "UPSERT": true, "TRUNCATE": true,
	"DROP": true, "ALTER": true, "CREATE": true, "CALL": true, "EXEC": true, "EXECUTE": true, "DO": true, "GRANT": true,
	"REVOKE": true, "VACUUM": true, "RENAME": true, "ATTACH": true, "DETACH": true, "OPTIMIZE": true,
}

// parseSQL reads the first statement of a text. Marks such as ? stand for parts
// that are not known.
func parseSQL(text string) statement {
	words := sqlWords(text)
	for len(words) > 0 && words[0] == "(" {
		words = words[1:]
	}
	if len(words) == 0 {
		return statement{}
	}
	verb := strings.ToUpper(words[0])
	switch verb {
	case "WITH":
		words = afterWith(words)
		if len(words) == 0 {
			return statement{verb: verb}
		}
		verb = strings.ToUpper(words[0])
	case "COPY":
		if indexOf(words, "FROM") < 0 {
			return statement{verb: verb}
		}
		return statement{verb: verb, phrase: verb, changes: true}
	}
	if !changing[verb] {
		return statement{verb: verb}
	}
	s := statement{verb: verb, changes: true, strong: verb == "DELETE" || verb == "DROP" || verb == "TRUNCATE"}
	s.phrase, s.minor = describeSQL(verb, words)
	return s
}

// afterWith returns the words from the statement on that WITH introduces or, if
// that one reads, from the first one inside its queries that changes something.
func afterWith(words []string) []string {
	for i, word := range words {
		opens := i > 0 && (words[i-1] == "(" || words[i-1] == ")")
		switch verb := strings.ToUpper(word); verb {
		case "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE":
			if opens {
				return words[i:]
			}
		}
	}
	return nil
}

// fillers stand between a verb and the name of what it works on.
var fillers = map[string]bool{
	"INTO": true, "FROM": true, "TABLE": true, "IF": true, "EXISTS": true, "NOT": true, "ONLY": true, "OR": true,
	"IGNORE": true, "LOW_PRIORITY": true, "QUICK": true, "DELAYED": true, "REPLACE": true, "ROLLBACK": true, "ABORT": true, "FAIL": true,
	"UNIQUE": true, "INDEX": true, "VIEW": true, "DATABASE": true, "SCHEMA": true, "TEMPORARY": true, "TEMP": true, "ROLE": true, "USER": true,
}

// shown are the fillers that reports keep.
var shown = map[string]bool{"INTO": true, "FROM": true, "TABLE": true, "INDEX": true, "VIEW": true, "DATABASE": true, "SCHEMA": true, "ROLE": true, "USER": true}

// describeSQL names a change and says why it is bookkeeping, "" if nothing does.
func describeSQL(verb string, words []string) (phrase, minor string) {
	phrase = verb
	rest := words[1:]
	ignores, temporary := false, false
	for len(rest) > 0 && fillers[strings.ToUpper(rest[0])] {
		word := strings.ToUpper(rest[0])
		ignores = ignores || word == "IGNORE" || word == "NOT" // IF NOT EXISTS
		temporary = temporary || strings.HasPrefix(word, "TEMP")
		if shown[word] {
			phrase += " " + word
		}
		rest = rest[1:]
	}
	if len(rest) == 0 || !isWord(rest[0]) {
		return phrase, ""
	}
	table := rest[0]
	for len(rest) > 2 && rest[1] == "." { // schema.table
		rest = rest[2:]
		table = rest[0]
	}
	phrase += " " + table
	switch {
	case temporary:
		return phrase, "temporary table"
	case ignores && verb != "INSERT":
		return phrase, "created when absent"
	}
	if minor := storedThing(table, verb == "DELETE" || verb == "DROP" || verb == "TRUNCATE"); minor != "" {
		return phrase, minor
	}
	switch verb {
	case "UPDATE":
		return phrase, minorAssignments(rest)
	case "DELETE":
		return phrase, expiry(rest)
	}
	return phrase, ""
}

// minorAssignments says why all that SET assigns is bookkeeping.
func minorAssignments(words []string) string {
	set := indexOf(words, "SET")
	if set < 0 {
		return ""
	}
	minor, depth, begin := "", 0, set+1
	for i := set + 1; i <= len(words); i++ {
		word := ","
		if i < len(words) {
			word = strings.ToUpper(words[i])
		}
		switch word {
		case "(":
			depth++
		case ")":
			depth--
		}
		ends := depth == 0 && (word == "WHERE" || word == "RETURNING" || word == "FROM" || word == "ORDER" || word == "LIMIT")
		if depth > 0 || word != "," && !ends {
			continue
		}
		one := minorAssignment(words[begin:i])
		if one == "" {
			return ""
		}
		if minor == "" {
			minor = one
		}
		begin = i + 1
		if ends {
			break
		}
	}
	return minor
}

// minorAssignment judges column = expression.
func minorAssignment(words []string) string {
	equals := indexOf(words, "=")
	if equals < 1 {
		return ""
	}
	column, value := words[equals-1], words[equals+1:]
	if len(value) == 3 && strings.EqualFold(value[0], column) && (value[1] == "+" || value[1] == "-") && isWord(value[2]) {
		return "counter"
	}
	return writtenColumn(column)
}

// expiry says whether a condition compares with the time that it is.
func expiry(words []string) string {
	for i, word := range words {
		switch strings.ToLower(word) {
		case "now", "current_timestamp", "getdate", "unix_timestamp", "strftime", "datetime":
			return "expiry"
		case "<", "<=", ">", ">=":
			if i > 0 && strings.Contains(strings.ToLower(words[i-1]), "expir") {
				return "expiry"
			}
		}
	}
	return ""
}

func indexOf(words []string, keyword string) int {
	for i, word := range words {
		if strings.EqualFold(word, keyword) {
			return i
		}
	}
	return -1
}

// sqlWords splits a text into names, numbers and marks. Comments and the quotes
// of names are left out, and of texts in quotes only a ' remains.
func sqlWords(text string) []string {
	text = text[:min(len(text), maxSQL)]
	var words []string
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '-' && strings.HasPrefix(text[i:], "--"), c == '#':
			i = after(text, i, "\n")
		case strings.HasPrefix(text[i:], "/*"):
			i = after(text, i+2, "*/")
		case c == '\'':
			i = after(text, i+1, "'")
			words = append(words, "'")
		case c == '"' || c == '`' || c == '[':
			end := after(text, i+1, map[byte]string{'"': `"`, '`': "`", '[': "]"}[c])
			words = append(words, strings.TrimRight(text[i+1:end], "\"`]"))
			i = end
		case isWordByte(c):
			end := i
			for end < len(text) && isWordByte(text[end]) {
				end++
			}
			words = append(words, text[i:end])
			i = end
		case c <= ' ':
			i++
		default:
			words = append(words, text[i:i+1])
			i++
		}
	}
	return words
}

// after returns the index behind the next end from i on, or of the text's end.
func after(text string, i int, end string) int {
	if n := strings.Index(text[i:], end); n >= 0 {
		return i + n + len(end)
	}
	return len(text)
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c == '@' || c >= 0x80
}

func isWord(word string) bool { return word != "" && isWordByte(word[0]) }
