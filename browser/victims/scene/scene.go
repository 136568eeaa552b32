// Package scene has what all victims share. It protects nothing and serves
// nothing, so that programs which import it are judged by what is in them.
package scene

// What the account says: of the user, followed by the cookies that came with the
// request, and of everybody else.
const (
	User   = "account of the user, by cookies "
	Nobody = "account of nobody"
)

// Notes is the folder with what the user has written. A server that removes notes
// finds one there, and shows the account when it has removed it.
var Notes string
