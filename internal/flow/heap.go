package flow

import (
	"cmp"
	"crypto/sha256"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/btree"

	"github.com/soplint/soplint/internal/model"
)

// A heap is the memory of a state: objects by name, and in them values by
// path. The path of a field is ".Field", of an element "[n]", of a map's entry
// "{key}"; the path "" is the object's own value.
//
// An object that is not in the heap, or a path that is not in the object, is
// zero where the object was made by the code that is replayed, and unknown
// elsewhere. Names of objects made here begin with "#".
type heap struct {
	objects *btree.Map[string, *object] // in the order of their names
	owner   *owner
	frozen  *heap // the last snapshot, nil where something was written since
}

// An owner is a heap that writes to the objects that are its own. Forks have others,
// so that no heap writes to what was there before.
type owner struct{ _ byte }

type object struct {
	name   string
	cells  map[string]*Value
	owner  *owner             // nil where nobody writes to it any more
	digest *[sha256.Size]byte // of all that tells it from others, nil where it may have changed since

	permanent bool // any code can reach it

	nested bool  // a path may be within another one that is not ""
	open   bool  // it may hold map entries that are not known
	filled bool  // it holds one, known or not
	made   *Site // for a value that is a configuration in force: where it is made
	row    *model.Row
	alloc  *Site // where it is made
}

func newHeap() *heap { return &heap{objects: new(btree.Map[string, *object]), owner: new(owner)} }

// fork returns a heap with the same content; both may be written from now on. They
// share what neither of them writes to.
func (h *heap) fork() *heap {
	h.owner = new(owner)
	return &heap{objects: h.objects.Copy(), owner: new(owner)}
}

// object returns the object of that name, nil if there is none.
func (h *heap) object(name string) *object {
	o, _ := h.objects.Get(name)
	return o
}

// below calls visit with the objects whose names begin with prefix.
func (h *heap) below(prefix string, visit func(*object)) {
	h.objects.Ascend(prefix, func(name string, o *object) bool {
		if !strings.HasPrefix(name, prefix) {
			return false
		}
		visit(o)
		return true
	})
}

// snapshot returns a heap with the content that this one has now, to be read only.
func (h *heap) snapshot() *heap {
	if h.frozen == nil {
		h.frozen = h.fork()
	}
	return h.frozen
}

// writable returns an object to be written to at once, and makes it if it is not there.
func (h *heap) writable(name string) *object {
	o := h.object(name)
	switch {
	case o == nil:
		o = newObject(name, h.owner)
		h.place(o)
	case o.owner != h.owner:
		c := *o
		c.cells, c.owner = maps.Clone(o.cells), h.owner
		o = &c
		h.place(o)
	}
	o.digest, h.frozen = nil, nil
	return o
}

func newObject(name string, owner *owner) *object {
	return &object{name: name, cells: map[string]*Value{}, owner: owner, permanent: isPermanent(name)}
}

// place puts an object under its name.
func (h *heap) place(o *object) {
	h.objects.Set(o.name, o)
	h.frozen = nil
}

// reset makes the object anew.
func (h *heap) reset(name string) {
	h.place(newObject(name, h.owner))
}

func (h *heap) drop(name string) {
	h.objects.Delete(name)
	h.frozen = nil
}

// maxParts bounds the parts of a struct that are kept apart. Structs that hold
// others twice, which again hold others twice, have no end of them.
const maxParts = 1_000

// store writes v to a path of an object. A struct is taken apart, so that its
// fields can be written one by one; one of too many parts is not known.
func (h *heap) store(name, path string, v *Value) {
	if v.Kind == Struct && v.parts(maxParts) > maxParts {
		v = &Value{Kind: Unknown, Taint: v.Taint}
	}
	h.put(name, path, v)
}

// parts counts the fields of a struct and of those in it, up to a bound.
func (v *Value) parts(bound int) int {
	if v.Kind != Struct {
		return 0
	}
	count := len(v.Fields)
	for _, e := range v.Elems {
		if count > bound {
			break
		}
		count += e.parts(bound - count)
	}
	return count
}

// put is store, of what is known to be small enough.
func (h *heap) put(name, path string, v *Value) {
	o := h.writable(name)
	if o.hasParts(path) {
		maps.DeleteFunc(o.cells, func(p string, _ *Value) bool { return isPart(p, path) })
	}
	if v.Kind == Struct && len(v.Fields) > 0 {
		for i, field := range v.Fields {
			h.put(name, path+partPath(field), v.Elems[i])
		}
		v = &Value{Kind: Struct, Open: v.Open, Text: v.Text}
	}
	o = h.writable(name)
	o.nested = o.nested || path != "" && firstPart(path) != path
	o.cells[path] = v
}

// load returns what is known of a path of an object, nil if nothing is stored
// there.
func (h *heap) load(name, path string) *Value {
	o := h.object(name)
	if o == nil {
		return nil
	}
	v := o.cells[path]
	if v == nil {
		v = o.inherited(path)
	}
	switch {
	case v == nil && o.hasParts(path):
		// Only parts were written: what is zero or unknown about the whole is so
		// about the rest of it.
		return o.gather(path, &Value{Kind: Struct, Open: !strings.HasPrefix(name, madeHere), Text: name + path})
	case v != nil && v.Kind == Struct:
		return o.gather(path, v)
	}
	return v
}

// isPreset reports whether an object is a configuration that a library made.
func (h *heap) isPreset(name string) bool {
	if o := h.object(name); o != nil {
		for path := range o.cells {
			if strings.HasPrefix(path, ".=") {
				return true
			}
		}
	}
	return false
}

// partPath is the path of a part of a struct or an array below its own: what
// names an element has its brackets.
func partPath(part string) string {
	if part[0] == '[' {
		return part
	}
	return "." + part
}

// hasParts reports whether fields of the struct at path, or elements of the array
// there, were written.
func (o *object) hasParts(path string) bool {
	if path != "" && !o.nested {
		return false
	}
	for p := range o.cells {
		if isPart(p, path) {
			return true
		}
	}
	return false
}

// isPart reports whether a path is that of a part of what is at another one.
func isPart(path, of string) bool {
	return len(path) > len(of) && strings.HasPrefix(path, of) && (path[len(of)] == '.' || path[len(of)] == '[')
}

// inherited looks for a value stored for a struct that holds path.
func (o *object) inherited(path string) *Value {
	for end := len(path); ; {
		end = strings.LastIndexAny(path[:end], ".[")
		if end < 0 {
			return nil
		}
		whole := o.cells[path[:end]]
		if whole == nil {
			continue
		}
		rest := path[end:]
		switch {
		case whole.Kind == Struct && !whole.Open:
			return nil // zero
		case whole.Kind == Unknown || whole.Kind == Struct:
			return &Value{Kind: Unknown, Text: whole.Text + rest, Taint: whole.Taint, Open: true}
		}
		return nil
	}
}

// firstPart returns the first field or element of a path.
func firstPart(path string) string {
	if end := strings.IndexAny(path[1:], ".[{"); end >= 0 {
		return path[:1+end]
	}
	return path
}

// gather puts a struct together from its fields, an array from its elements.
func (o *object) gather(path string, base *Value) *Value {
	fields := map[string]*Value{}
	for p := range o.cells {
		if !isPart(p, path) {
			continue
		}
		part := firstPart(p[len(path):])
		name := strings.TrimPrefix(part, ".")
		if fields[name] != nil {
			continue
		}
		v := o.cells[path+part]
		if v == nil {
			v = &Value{Kind: Struct, Open: base.Open, Text: joinName(base.Text, part)}
		}
		if v.Kind == Struct {
			v = o.gather(path+part, v)
		}
		fields[name] = v
	}
	if len(fields) == 0 {
		return base
	}
	s := structOf(fields, base.Open)
	s.Text = base.Text
	return s
}

// elements returns the values at [0], [1], … of an array.
func (h *heap) elements(name, path string) []*Value {
	o := h.object(name)
	if o == nil {
		return nil
	}
	var elems []*Value
	for i := 0; ; i++ {
		at := path + "[" + strconv.Itoa(i) + "]"
		v := h.load(name, at)
		if v == nil || o.cells[at] == nil && !o.hasParts(at) {
			return elems
		}
		elems = append(elems, v)
	}
}

// entries returns the keys of a map's entries, sorted.
func (h *heap) entries(name string) []string {
	var keys []string
	if o := h.object(name); o != nil {
		for path := range o.cells {
			if strings.HasPrefix(path, "{") {
				keys = append(keys, path[1:len(path)-1])
			}
		}
	}
	slices.Sort(keys)
	return keys
}

// appendKey writes a text that tells this heap from others, of the objects
// that are in reached.
func (h *heap) appendKey(b []byte, reached objects) []byte {
	for _, o := range slices.SortedFunc(maps.Keys(reached), func(o, p *object) int { return cmp.Compare(o.name, p.name) }) {
		b = o.appendKey(b)
	}
	return b
}

// keep drops the objects that are not in reached, and writes a text that tells the
// others from those of another heap. What the path takes for known stays, and is no
// part of the text.
func (h *heap) keep(b []byte, reached objects) []byte {
	var unreached []*object
	for name, o := range h.objects.Scan {
		switch {
		case name == factsObject:
		case reached[o]:
			b = o.appendKey(b)
		default:
			unreached = append(unreached, o)
		}
	}
	for _, o := range unreached {
		h.drop(o.name)
	}
	return b
}

// appendKey writes a text that tells the object from others.
func (o *object) appendKey(b []byte) []byte {
	b = append(append(b, '\n'), o.name...)
	return append(append(b, ':'), o.digestOf()[:]...)
}

// digestOf returns the SHA-256 of what tells the object from others. Most objects are
// as they were when the heap was last told from others.
func (o *object) digestOf() *[sha256.Size]byte {
	if o.digest != nil {
		return o.digest
	}
	var room [512]byte
	b := room[:0]
	if o.open {
		b = append(b, '+')
	}
	if o.filled {
		b = append(b, '*')
	}
	for _, path := range slices.Sorted(maps.Keys(o.cells)) {
		b = append(append(b, ';'), path...)
		b = o.cells[path].appendKey(append(b, ':'))
	}
	sum := sha256.Sum256(b)
	o.digest = &sum
	return &sum
}

const (
	globalPrefix   = "g:"
	settingPrefix  = "s:" // what a call reads from the program's settings
	cellPrefix     = "c:"
	madeHere       = "#"
	responseObject = "@response" // the headers set so far
	meantObject    = "@meant"    // those of them that only stand in a map of the program's own yet
	requestObject  = "@request"  // what the program has done to the request
	contextObject  = "@context"  // what the program has put beside the request
)
