package corsconfig

import "github.com/soplint/soplint/internal/release"

// answerGorilla is gorilla/handlers (cors.go: isOriginAllowed, ServeHTTP). It
// compares exactly, and mentions Vary only where the list has two entries or
// more. Borders: up to v1.2.1 "*" and the default reflect; up to v1.3.0 a
// function beside no list sends "*" and an empty list allows nothing.
func answerGorilla(version string, c Config, origin string) Answer {
	list := c.Origins
	if c.has("*") {
		list = []string{"*"}
	}
	empty := len(list) == 0
	if release.Before(version, "v1.4.0") && !c.OriginsSet {
		empty, list = false, []string{"*"} // the default of those releases
	}
	allowed := empty && !release.Before(version, "v1.4.0") || c.has("*") || c.has(origin) || len(list) == 1 && list[0] == "*"
	if c.Func != nil {
		allowed = c.Func(origin)
	}
	if !allowed {
		return Answer{}
	}
	answer := Answer{AllowOrigin: origin, Credentials: c.Credentials, Vary: len(list) > 1}
	literal := len(list) > 0 && list[0] == "*" || empty && c.Func == nil
	if literal && !release.Before(version, "v1.3.0") {
		answer.AllowOrigin = "*"
	}
	return answer
}
