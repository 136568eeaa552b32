//go:build old

package ws

const modFile = "old.mod"
