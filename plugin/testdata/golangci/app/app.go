// Package app has one finding for each thing that can get lost on the way.
package app

import (
	"net/http"

	"example.com/app/lib"
)

func acrossPackages(w http.ResponseWriter, r *http.Request) {
	lib.Allow(w, r.Header.Get("Origin"))
}

func withFix(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "https://app.example.com/")
}

func suppressed(w http.ResponseWriter, r *http.Request) {
	//soplint:ignore corsorigin for the test
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin")) //nolint:soplint // for the test
}

func note(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
}
