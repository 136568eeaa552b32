// Package beego1 holds the models of beego before its version 2 against it. It is
// apart from the others because that and version 2 define the same flags.
package beego1

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/astaxie/beego"
	"github.com/astaxie/beego/context"

	"github.com/soplint/soplint/internal/model"
)

const path = "github.com/astaxie/beego"

// methods are those that a browser's page can have sent, and those that it cannot.
var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}

// answered returns the methods that the handlers of a path answer.
func answered(path string) []string {
	return slices.DeleteFunc(slices.Clone(methods), func(method string) bool {
		recorder := httptest.NewRecorder()
		beego.BeeApp.Handlers.ServeHTTP(recorder, httptest.NewRequest(method, path, nil))
		return recorder.Code != http.StatusNoContent
	})
}

func answer(ctx *context.Context) { ctx.Output.SetStatus(http.StatusNoContent) }

type handler struct{}

func (handler) ServeHTTP(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }

// TestMethods compares the method of each row with those that its function
// registers a handler for.
func TestMethods(t *testing.T) {
	for name, register := range map[string]func(pattern string){
		"Get":     func(pattern string) { beego.Get(pattern, answer) },
		"Post":    func(pattern string) { beego.Post(pattern, answer) },
		"Put":     func(pattern string) { beego.Put(pattern, answer) },
		"Patch":   func(pattern string) { beego.Patch(pattern, answer) },
		"Delete":  func(pattern string) { beego.Delete(pattern, answer) },
		"Head":    func(pattern string) { beego.Head(pattern, answer) },
		"Any":     func(pattern string) { beego.Any(pattern, answer) },
		"Handler": func(pattern string) { beego.Handler(pattern, handler{}) },
		"NSGet":   inNamespace(func(pattern string) beego.LinkNamespace { return beego.NSGet(pattern, answer) }),
		"NSPost":  inNamespace(func(pattern string) beego.LinkNamespace { return beego.NSPost(pattern, answer) }),
		"NSAny":   inNamespace(func(pattern string) beego.LinkNamespace { return beego.NSAny(pattern, answer) }),
	} {
		row := model.Builtin().Find("route", path+"."+name)
		if row == nil {
			t.Errorf("%s has no row", name)
			continue
		}
		pattern := "/methods/" + name
		register(pattern)
		want := methods
		if method := row.Arg("method"); method != "" {
			want = []string{method}
		}
		if got := answered(pattern); !slices.Equal(got, want) {
			t.Errorf("%s answers %v, the model says %v", name, got, want)
		}
	}
}

// inNamespace registers in a namespace for the whole of a pattern's folder.
func inNamespace(link func(pattern string) beego.LinkNamespace) func(string) {
	return func(pattern string) {
		rest := strings.TrimPrefix(pattern, "/methods")
		beego.AddNamespace(beego.NewNamespace("/methods", link(rest)))
	}
}

// A controller has a method of its own, beside those of all controllers.
type controller struct{ beego.Controller }

// Remove is a method of its own.
func (c *controller) Remove() { answer(c.Ctx) }

// Get replaces one that all controllers have.
func (c *controller) Get() { answer(c.Ctx) }

// TestControllers holds controller=, methods= and auto= against the router: which
// methods reach which method of a controller.
func TestControllers(t *testing.T) {
	beego.Router("/mapped", &controller{}, "post:Remove;get:Get")
	beego.Router("/starred", &controller{}, "*:Remove")
	beego.Router("/named", &controller{})
	beego.AutoRouter(&controller{})
	for path, want := range map[string][]string{
		"/mapped":            {"GET", "POST"},
		"/starred":           methods,
		"/named":             {"GET"},
		"/controller/remove": methods,
	} {
		if got := answered(path); !slices.Equal(got, want) {
			t.Errorf("%s answers %v, want %v", path, got, want)
		}
	}
	row := model.Builtin().Find("route", path+".AutoRouter")
	for _, except := range row.List("except") {
		if got := answered("/controller/" + strings.ToLower(except)); len(got) > 0 && except != "Get" {
			t.Errorf("AutoRouter serves %s by %v, the model says it does not", except, got)
		}
	}
}
