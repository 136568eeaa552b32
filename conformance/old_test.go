package conformance

import (
	"testing"

	restful215 "old.example/restful215"
	restful374 "old.example/restful374/v3"

	"github.com/gin-gonic/gin"

	chi100 "old.example/chi100"
	chi110 "old.example/chi110"
	chi111 "old.example/chi111"
	echo400 "old.example/echo400/v4/middleware"
	echo410 "old.example/echo410/v4/middleware"
	echo4101 "old.example/echo4101/v4/middleware"
	echo4102 "old.example/echo4102/v4/middleware"
	echo4117 "old.example/echo4117/v4/middleware"
	echo420 "old.example/echo420/v4/middleware"
	fiber242 "old.example/fiber242/v2/middleware/cors"
	fiber243 "old.example/fiber243/v2/middleware/cors"
	fiber244 "old.example/fiber244/v2/middleware/cors"
	fiber245 "old.example/fiber245/v2/middleware/cors"
	fiber251 "old.example/fiber251/v2/middleware/cors"
	fiber2520 "old.example/fiber2520/v2/middleware/cors"
	fiber2522 "old.example/fiber2522/v2/middleware/cors"
	fiber2523 "old.example/fiber2523/v2/middleware/cors"
	fiber2524 "old.example/fiber2524/v2/middleware/cors"
	fiber2526 "old.example/fiber2526/v2/middleware/cors"
	gin150 "old.example/gin150"
	gin160 "old.example/gin160"
	gin172 "old.example/gin172"
	gin174 "old.example/gin174"
	gorilla121 "old.example/gorilla121"
	gorilla130 "old.example/gorilla130"
	gorilla142 "old.example/gorilla142"
	rs1101 "old.example/rs1101"
	rs140 "old.example/rs140"
	rs150 "old.example/rs150"

	"github.com/soplint/soplint/conformance/programs"
	"github.com/soplint/soplint/internal/corsconfig"
)

// Releases on the far side of the borders that corsconfig knows. Each is
// required under a path of its own, which go.mod replaces with the release, so
// that it stands beside the newest one.

func TestOldRS(t *testing.T) {
	for module, start := range map[string]starter{
		"old.example/rs140":  startRS(rs140.New),
		"old.example/rs150":  startRS(rs150.New),
		"old.example/rs1101": startRS(rs1101.New),
	} {
		subject{library: "rs/cors", module: module, takes: only(origin | callback), start: start}.check(t)
	}
}

func TestOldChi(t *testing.T) {
	for module, start := range map[string]starter{
		"old.example/chi100": startRS(chi100.New),
		"old.example/chi110": startRS(chi110.New),
		"old.example/chi111": startRS(chi111.New),
	} {
		subject{library: "go-chi/cors", module: module, takes: only(origin | callback), start: start}.check(t)
	}
}

func TestOldGorilla(t *testing.T) {
	for module, start := range map[string]starter{
		"old.example/gorilla121": startGorilla(gorilla121.CORS, gorilla121.AllowedOrigins, gorilla121.AllowedOriginValidator, gorilla121.AllowCredentials),
		"old.example/gorilla130": startGorilla(gorilla130.CORS, gorilla130.AllowedOrigins, gorilla130.AllowedOriginValidator, gorilla130.AllowCredentials),
		"old.example/gorilla142": startGorilla(gorilla142.CORS, gorilla142.AllowedOrigins, gorilla142.AllowedOriginValidator, gorilla142.AllowCredentials),
	} {
		subject{library: "gorilla/handlers", module: module, takes: only(origin | callback), start: start}.check(t)
	}
}

func TestOldGin(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	for module, start := range map[string]starter{
		"old.example/gin150": startGin(gin150.New),
		"old.example/gin160": startGin(gin160.New),
		"old.example/gin174": startGin(gin174.New),
		"old.example/gin172": startGin(gin172.New),
	} {
		subject{library: "gin-contrib/cors", module: module, takes: only(origin | callback | wildcards | all), start: start}.check(t)
	}
}

func TestOldEcho(t *testing.T) {
	for module, start := range map[string]starter{
		"old.example/echo400/v4":  startEcho(echo400.CORSWithConfig),
		"old.example/echo410/v4":  startEcho(echo410.CORSWithConfig),
		"old.example/echo4117/v4": startEcho(echo4117.CORSWithConfig),
	} {
		subject{library: "echo/v4", module: module, takes: only(origin), start: start}.check(t)
	}
	for module, start := range map[string]starter{
		"old.example/echo420/v4":  startEcho(echo420.CORSWithConfig),
		"old.example/echo4101/v4": startEcho(echo4101.CORSWithConfig),
		"old.example/echo4102/v4": startEcho(echo4102.CORSWithConfig),
	} {
		subject{library: "echo/v4", module: module, takes: only(origin | callback), start: start}.check(t)
	}
}

func TestOldFiber(t *testing.T) {
	for module, start := range map[string]starter{
		"old.example/fiber242/v2": startFiber(fiber242.New),
		"old.example/fiber243/v2": startFiber(fiber243.New),
	} {
		subject{library: "fiber/v2", module: module, takes: only(origin), start: start}.check(t)
	}
	for module, start := range map[string]starter{
		"old.example/fiber244/v2":  startFiber(fiber244.New),
		"old.example/fiber245/v2":  startFiber(fiber245.New),
		"old.example/fiber2524/v2": startFiber(fiber2524.New),
		"old.example/fiber2526/v2": startFiber(fiber2526.New),
		"old.example/fiber251/v2":  startFiber(fiber251.New),
		"old.example/fiber2520/v2": startFiber(fiber2520.New),
		"old.example/fiber2522/v2": startFiber(fiber2522.New),
		"old.example/fiber2523/v2": startFiber(fiber2523.New),
	} {
		subject{library: "fiber/v2", module: module, takes: only(origin | callback), start: start}.check(t)
	}
}

func TestOldRestful(t *testing.T) {
	subject{
		library: "go-restful/v2", module: "old.example/restful215", takes: only(origin),
		start: func(c corsconfig.Config) (serve, error) {
			container := restful215.NewContainer()
			container.Filter(restful215.CrossOriginResourceSharing{
				AllowedDomains: c.Origins, CookiesAllowed: c.Credentials, Container: container,
			}.Filter)
			ws := new(restful215.WebService)
			ws.Route(ws.GET("/").To(func(_ *restful215.Request, resp *restful215.Response) { programs.OK(resp, nil) }))
			container.Add(ws)
			return programs.ThroughHandler(container), nil
		},
	}.check(t)
	subject{
		library: "go-restful/v3", module: "old.example/restful374/v3", takes: only(origin),
		start: func(c corsconfig.Config) (serve, error) {
			container := restful374.NewContainer()
			container.Filter(restful374.CrossOriginResourceSharing{
				AllowedDomains: c.Origins, CookiesAllowed: c.Credentials, Container: container,
			}.Filter)
			ws := new(restful374.WebService)
			ws.Route(ws.GET("/").To(func(_ *restful374.Request, resp *restful374.Response) { programs.OK(resp, nil) }))
			container.Add(ws)
			return programs.ThroughHandler(container), nil
		},
	}.check(t)
}
