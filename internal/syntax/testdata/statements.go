package statements

import "fmt"

type pair[A, B any] struct {
	a A // a comment
	b B
}

var table = []struct{ f func(int) error }{{func(n int) error { return nil }}, {f: nil}}

func (p *pair[A, B]) all(in <-chan int, out chan<- int, values ...interface{ Do() }) (n int, err error) {
outer:
	for i := 0; i < 10; i++ {
		switch x := any(i).(type) {
		case int, string:
			fmt.Println(x) // behind
		default:
			continue outer
		}
		select {
		case v, ok := <-in:
			_, _ = v, ok
		case out <- i:
		default:
		}
		if n := i; n > 3 {
			defer func() { n++ }()
		} else if !(n == 2) {
			go fmt.Println(values[1:2:3], map[string]int{"a": 1})
		} else {
			{
				var local, other = 1, [...]int{1, 2: 3}
				const c = 'x'
				type t = struct{}
				local += other[0]
				goto end
			}
		}
		for range 3 {
			func() { break_() }()
		}
	}
	switch {
	case n > 1, n < 0:
		fallthrough
	case true:
	}
end:
	;
	return n, err
}

func break_() {}
