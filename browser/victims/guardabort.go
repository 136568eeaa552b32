package victims

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// NoReturn refuses, and goes on.
func NoReturn() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Origin") != "https://www.app.example" {
			http.Error(w, "forbidden", http.StatusForbidden)
		}
		http.HandlerFunc(show).ServeHTTP(w, r)
	})
}

// NoReturnSafe refuses and returns.
func NoReturnSafe() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Origin") != "https://www.app.example" {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		http.HandlerFunc(show).ServeHTTP(w, r)
	})
}

// NoAbort returns to gin, which calls the next handler.
func NoAbort() http.Handler {
	engine := gin.New()
	engine.Use(func(c *gin.Context) {
		if c.GetHeader("Origin") != "https://www.app.example" {
			c.String(http.StatusForbidden, "forbidden")
			return
		}
		c.Next()
	})
	engine.POST("/", gin.WrapF(show))
	return engine
}

// NoAbortSafe aborts the chain.
func NoAbortSafe() http.Handler {
	engine := gin.New()
	engine.Use(func(c *gin.Context) {
		if c.GetHeader("Origin") != "https://www.app.example" {
			c.String(http.StatusForbidden, "forbidden")
			c.Abort()
			return
		}
		c.Next()
	})
	engine.POST("/", gin.WrapF(show))
	return engine
}
