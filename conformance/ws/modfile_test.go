//go:build !old

package ws

const modFile = "go.mod"
