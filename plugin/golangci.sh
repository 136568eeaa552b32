#!/bin/sh
# Builds a golangci-lint with soplint by "golangci-lint custom", from the module proxy alone, and runs it on the module
# in testdata/golangci: findings across packages, suppression, settings, and a fix that compiles. It takes some minutes
# and about 1 GB of memory and 2 GB of disk. The directory given as argument keeps what was built.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=${1:-$(mktemp -d)}
version=v2.15.0
mkdir -p "$work"

# golangci-lint itself, and its source as the git repository that "custom" clones.
[ -x "$work/golangci-lint" ] || GOBIN=$work go install -trimpath github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$version
if [ ! -d "$work/source" ]; then
	cp -r "$(cd "$work" && GO111MODULE=on go mod download -json github.com/golangci/golangci-lint/v2@$version |
		sed -n 's/^.*"Dir": "\(.*\)".*$/\1/p')" "$work/source"
	chmod -R u+w "$work/source"
	git -C "$work/source" init -q -b main
	git -C "$work/source" add -A -f .
	git -C "$work/source" -c user.name=test -c user.email=test@example.com commit -qm "$version"
	git -C "$work/source" tag $version
fi

cd "$here/testdata/golangci"
GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="url.file://$work/source.insteadOf" \
	GIT_CONFIG_VALUE_0=https://github.com/golangci/golangci-lint.git \
	"$work/golangci-lint" custom --destination "$work"

rm -rf "$work/app"
cp -r app "$work/app"
cp .golangci.yml "$work/app"
cd "$work/app"
export GOLANGCI_LINT_CACHE="$work/cache" GOFLAGS=-mod=mod
run() { "$work/golangci-lint-soplint" run "$@" ./... >"$work/report" 2>&1 || true; }

expect() { grep -qF "$1" "$work/report" || { echo "missing: $1" >&2; cat "$work/report" >&2; exit 1; }; }
refuse() { ! grep -qF "$1" "$work/report" || { echo "unexpected: $1" >&2; cat "$work/report" >&2; exit 1; }; }

run
cat "$work/report"
expect 'app.go:11:6: corsorigin: origin check strings.HasSuffix(origin, "example.com") also accepts https://evilexample.com ('
expect 'lib/lib.go:11)'
expect 'app.go:15:13: corsheader: '
refuse 'related information'
refuse 'app.go:20'
refuse 'app.go:21'
refuse 'app.go:25'

cp "$work/report" "$work/first"
run # from golangci-lint's cache
cmp "$work/first" "$work/report"

run --fix
refuse 'app.go:15'
grep -qF '"https://app.example.com")' app.go
go build ./...

sed -i 's/notes: false/notes: true /' .golangci.yml
run
expect 'app.go:25:13: corsorigin: '

sed -i 's/checks: \[-corsheader\/preflight\]/checks: [corsheadr]/' .golangci.yml
run
expect 'unknown check "corsheadr" (did you mean corsheader?)'
echo "golangci-lint with soplint: all as expected"
