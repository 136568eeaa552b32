package ir

// computeLiveness fills in LiveIn of every block, by the usual backward
// iteration. What a phi reads counts as read at the end of the predecessor
// that it comes from.
func computeLiveness(f *Func) {
	words := (f.Regs + 63) / 64
	in := make([]bitset, len(f.Blocks))
	for i := range in {
		in[i] = make(bitset, words)
	}
	live := make(bitset, words)
	for changed := true; changed; {
		changed = false
		for i := len(f.Blocks) - 1; i >= 0; i-- {
			f.liveOut(int32(i), in, live)
			f.blockLiveness(&f.Blocks[i], live)
			if !live.equal(in[i]) {
				copy(in[i], live)
				changed = true
			}
		}
	}
	for i := range f.Blocks {
		f.Blocks[i].LiveIn = in[i].elements()
	}
}

// liveOut sets live to the registers that are read behind block i.
func (f *Func) liveOut(i int32, in []bitset, live bitset) {
	clear(live)
	for _, s := range f.Blocks[i].Succs {
		succ := &f.Blocks[s]
		live.union(in[s])
		for p, pred := range succ.Preds {
			if pred != i {
				continue
			}
			for k := range succ.Instrs {
				if succ.Instrs[k].Op != Phi {
					break
				}
				live.addOperand(succ.Instrs[k].Args[p])
			}
		}
	}
}

func (f *Func) blockLiveness(b *Block, live bitset) {
	for k := len(b.Instrs) - 1; k >= 0; k-- {
		instr := &b.Instrs[k]
		if instr.Dst >= 0 {
			live.remove(instr.Dst)
		}
		if instr.Op == Phi {
			continue
		}
		for _, o := range instr.Args {
			live.addOperand(o)
		}
	}
}

// LiveAfter returns the registers that are read behind instruction k of block
// b, of those that are set before.
func (f *Func) LiveAfter(b int32, k int) []int32 {
	in := make([]bitset, len(f.Blocks))
	words := (f.Regs + 63) / 64
	for _, s := range f.Blocks[b].Succs {
		in[s] = make(bitset, words)
		for _, r := range f.Blocks[s].LiveIn {
			in[s].add(r)
		}
	}
	live := make(bitset, words)
	f.liveOut(b, in, live)
	rest := Block{Instrs: f.Blocks[b].Instrs[k+1:]}
	f.blockLiveness(&rest, live)
	return live.elements()
}

type bitset []uint64

func (s bitset) add(r int32)    { s[r/64] |= 1 << (r % 64) }
func (s bitset) remove(r int32) { s[r/64] &^= 1 << (r % 64) }

func (s bitset) addOperand(o Operand) {
	if o >= 0 {
		s.add(int32(o))
	}
}

func (s bitset) union(t bitset) {
	for i := range t {
		s[i] |= t[i]
	}
}

func (s bitset) equal(t bitset) bool {
	for i := range s {
		if s[i] != t[i] {
			return false
		}
	}
	return true
}

func (s bitset) elements() []int32 {
	var out []int32
	for i, word := range s {
		for bit := int32(0); word != 0; bit, word = bit+1, word>>1 {
			if word&1 != 0 {
				out = append(out, int32(i)*64+bit)
			}
		}
	}
	return out
}
