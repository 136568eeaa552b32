// Package jsoncontenttype defines an Analyzer that reports request bodies that
// are taken for JSON though another site's page can send them.
//
// # Analyzer jsoncontenttype
//
// jsoncontenttype: report bodies decoded as JSON whatever their Content-Type
//
// A page of another site can send a POST with the user's cookies, but it must not
// call its body application/json: for that the browser asks the server first, in a
// preflight. What it may send without asking is a form, a text, and a body without
// a type (https://fetch.spec.whatwg.org/#cors-safelisted-request-header). A server
// that insists on the type is safe from such pages, and one that decodes whatever
// it gets is not.
//
// Reported is a decoder that such a POST reaches in a handler that then changes
// something, once for each place that decodes, with the routes that lead there.
// Checks of the type, of the Origin, of headers and tokens are run with what a page
// can send: those that refuse it keep this check silent, in the handler, in a
// helper, or in middleware. It is silent on handlers by which somebody signs in or
// signs up, too, as their names say: those use no account that there is.
//
// The report stands where the body is decoded, in whatever package that is; drivers
// that see one package at a time, such as go vet, show it where the route is
// registered.
//
// Reported:
//
//	mux.HandleFunc("POST /notes", func(w http.ResponseWriter, r *http.Request) {
//		var note Note
//		json.NewDecoder(r.Body).Decode(&note)
//		db.Exec("INSERT INTO notes (text) VALUES (?)", note.Text)
//	})
//
// Not reported:
//
//	mux.HandleFunc("POST /notes", func(w http.ResponseWriter, r *http.Request) {
//		if mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); mediaType != "application/json" {
//			http.Error(w, "send JSON", http.StatusUnsupportedMediaType)
//			return
//		}
//		var note Note
//		json.NewDecoder(r.Body).Decode(&note)
//		db.Exec("INSERT INTO notes (text) VALUES (?)", note.Text)
//	})
//
// # Rule unchecked
//
// Nothing asks for the Content-Type, or what asks does not refuse. Compare the media
// type with application/json before decoding, or put http.CrossOriginProtection
// around the server.
//
// # Rule weak
//
// The type is checked, and the one that the report names slips through: no type at
// all, or a text/plain that names JSON in a parameter. Compare what
// mime.ParseMediaType returns as a whole.
//
// # Rule formbind
//
// The binder fills from a form what is declared for JSON. A form on any site can
// send that. Use the binder's method for JSON behind a check of the type.
//
// A GraphQL server that takes operations from forms takes mutations from them, as
// gqlgen's transport.MultipartForm does, which NewDefaultServer adds. It is reported
// where the schema has mutations, browsers add a login to forms of any site, and
// nothing in the program looks like protection. Leave the transport out, or put
// http.CrossOriginProtection around the server.
package jsoncontenttype
