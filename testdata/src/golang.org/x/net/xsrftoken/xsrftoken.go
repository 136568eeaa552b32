// Package xsrftoken declares what the fixtures use of golang.org/x/net/xsrftoken.
package xsrftoken

import "time"

func Valid(token, key, userID, actionID string) bool { return false }

func ValidFor(token, key, userID, actionID string, timeout time.Duration) bool { return false }
