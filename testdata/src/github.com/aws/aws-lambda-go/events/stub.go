// Package events declares what the fixtures use of the library of this path. Its truth is held by the real
// module, against which the fixtures are type-checked, too.
package events

type APIGatewayProxyRequest struct {
	HTTPMethod        string
	Headers           map[string]string
	MultiValueHeaders map[string][]string
	Body              string
}

type APIGatewayProxyResponse struct {
	StatusCode        int
	Headers           map[string]string
	MultiValueHeaders map[string][]string
	Body              string
}

type APIGatewayV2HTTPRequest struct {
	Headers map[string]string
	Body    string
}

type APIGatewayV2HTTPResponse struct {
	StatusCode        int
	Headers           map[string]string
	MultiValueHeaders map[string][]string
	Body              string
}
