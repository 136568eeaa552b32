// Package kafka declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package kafka

import "context"

type Message struct{ Value []byte }

type Writer struct{}

func (w *Writer) WriteMessages(ctx context.Context, msgs ...Message) error

type Reader struct{}

func (r *Reader) ReadMessage(ctx context.Context) (Message, error)
