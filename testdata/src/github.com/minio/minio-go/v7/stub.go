// Package minio declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package minio

import (
	"context"
	"io"
)

type (
	PutObjectOptions    struct{}
	RemoveObjectOptions struct{}
	StatObjectOptions   struct{}
	UploadInfo          struct{}
	ObjectInfo          struct{}
)

type Client struct{}

func (c *Client) PutObject(ctx context.Context, bucketName, objectName string, reader io.Reader, objectSize int64, opts PutObjectOptions) (info UploadInfo, err error)
func (c *Client) RemoveObject(ctx context.Context, bucketName, objectName string, opts RemoveObjectOptions) error
func (c *Client) StatObject(ctx context.Context, bucketName, objectName string, opts StatObjectOptions) (ObjectInfo, error)
