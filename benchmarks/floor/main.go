// Floor does to the module in the current folder what an analyzer has to do before it
// can look at anything: it has the go command list the packages and their export data,
// and parses and type-checks those that soplint looks at. That is soplint's driver
// without a pass, with the garbage collector as programs have it by default.
package main

import (
	"context"
	"log"

	"github.com/soplint/soplint/internal/driver"
	"github.com/soplint/soplint/internal/model"
)

func main() {
	log.SetFlags(0)
	web := func(path string) bool { return model.Builtin().Find("web", path) != nil }
	outcome, err := driver.Run(context.Background(), driver.Options{WebPackage: web})
	if err != nil {
		log.Fatal(err)
	}
	if outcome.Stats.Analysed == 0 {
		log.Fatal("no package was type-checked")
	}
}
