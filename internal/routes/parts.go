package routes

import "strings"

// Parts returns the names of the functions that the handler goes on in, on the way
// to a change, outermost first.
func (s *Served) Parts(c *Change) []string {
	var parts []string
	below := false
	for _, site := range append(c.Calls[:len(c.Calls):len(c.Calls)], c.Site) {
		if below {
			parts = append(parts, nameOf(site.Func.Name))
		}
		below = below || s.within[site.Func.Name]
	}
	return parts
}

// nameOf is the name of a function without package and receiver, that of the
// receiver for the method that every handler has.
func nameOf(function string) string {
	parts := strings.Split(strings.TrimRight(function[strings.LastIndexByte(function, '/')+1:], ")"), ".")
	last := parts[len(parts)-1]
	if last == "ServeHTTP" && len(parts) > 2 {
		return strings.TrimRight(parts[len(parts)-2], ")")
	}
	return last
}
