package flow

const pageSize = 16

// Registers hold the values of a frame. A state is copied wherever a path forks
// or is kept, and most registers of a large function are empty then, as their
// values were read before; so they are kept in pages, which copies share until
// one of them writes.
type registers struct {
	pages []*page // nil for those without a value
	owned []bool  // by page: no copy shares it
}

type page [pageSize]*Value

func newRegisters(count int) registers {
	pages := (count + pageSize - 1) / pageSize
	return registers{make([]*page, pages), make([]bool, pages)}
}

// get returns the value of a register, nil if it has none.
func (r *registers) get(register int) *Value {
	if p := r.pages[register/pageSize]; p != nil {
		return p[register%pageSize]
	}
	return nil
}

func (r *registers) set(register int, v *Value) {
	i := register / pageSize
	if v == nil && r.pages[i] == nil {
		return
	}
	if !r.owned[i] {
		own := new(page)
		if r.pages[i] != nil {
			*own = *r.pages[i]
		}
		r.pages[i], r.owned[i] = own, true
	}
	r.pages[i][register%pageSize] = v
}

// copy returns registers with the same values; both may be written from now on.
func (r *registers) copy() registers {
	clear(r.owned)
	return registers{append([]*page(nil), r.pages...), make([]bool, len(r.pages))}
}

// all calls visit with each register that has a value, in order.
func (r *registers) all(visit func(register int, v *Value) bool) {
	for i, p := range r.pages {
		if p == nil {
			continue
		}
		for k, v := range p {
			if v != nil && !visit(i*pageSize+k, v) {
				return
			}
		}
	}
}
