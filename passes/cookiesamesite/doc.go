// Package cookiesamesite defines an Analyzer that reports session and auth
// cookies that browsers send with requests of other sites.
//
// # Analyzer cookiesamesite
//
// cookiesamesite: report session cookies that are sent with requests of other sites
//
// A browser sends a cookie along with every request to the server that set it,
// whichever site's page makes the request, unless the cookie's SameSite
// attribute says otherwise (RFC 6265bis, section 5.5). A page of another site
// can then act as the user who visits it. SameSite=Lax leaves top-level
// navigations by GET, Strict leaves nothing; None leaves everything. Without
// the attribute, Chromium takes Lax, except for form posts in the cookie's
// first two minutes; Firefox and Safari send the cookie with every form post. No
// value protects against pages of a sibling sub-domain.
//
// Reported:
//
//	http.SetCookie(w, &http.Cookie{Name: "session", Value: token, HttpOnly: true, Secure: true})
//
// Not reported:
//
//	http.SetCookie(w, &http.Cookie{Name: "session", Value: token, HttpOnly: true, Secure: true,
//		SameSite: http.SameSiteLaxMode})
//
// What counts as such a cookie is told by what its value is made from, such as a
// signed token or a session's ID, and by its name; cookies that are deleted,
// tokens against request forgery, the state of a login at another site and
// settings do not count. A cookie that a function of another package makes for
// its callers is judged where that one is called, with the name and the value
// that it is given there. Nothing is reported where a setting or code that is
// not seen has a say in the attribute.
//
// # Rule none
//
// The cookie is SameSite=None. That is right for pages that other sites embed.
// If this server's are not, make it Lax; if they are, check where requests come
// from, by http.CrossOriginProtection for example.
//
// # Rule unset
//
// The cookie has no SameSite attribute. The zero value of http.Cookie's
// SameSite, and SameSiteDefaultMode, leave it out. Options of a session library
// that are replaced as a whole lose the attribute, too; and gin takes it from
// SetSameSite, which must be called before SetCookie. Make it Lax.
//
// # Rule insecure
//
// The cookie is SameSite=None without Secure. Chromium and Firefox refuse such a
// cookie, so that nobody stays logged in with them; WebKitGTK takes it, and sends
// it with forms of other sites. Make it Lax, or add Secure.
//
// # Rule libdefault
//
// A session library is left to its defaults, which are None or nothing. Set its
// options: for github.com/gorilla/sessions the store's Options.SameSite.
package cookiesamesite
