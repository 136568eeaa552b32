//go:build unix

package cache

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// Permission bits of files.
const (
	groupWrite  = 0o020
	othersWrite = 0o002
)

// trusted returns an error if somebody else could put entries into dir: if it
// belongs to another user, if others may write to it, or if others could put
// another folder in place of it or of one above it.
func trusted(dir string) error {
	user := uint32(os.Geteuid())
	for at := dir; ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		if err != nil {
			return err
		}
		owner, ok := info.Sys().(*syscall.Stat_t)
		if !ok {
			return fmt.Errorf("cannot tell whose folder %s is", at)
		}
		switch {
		case owner.Uid != user && (at == dir || owner.Uid != 0):
			return fmt.Errorf("folder %s belongs to another user", at)
		case at != dir && info.Mode()&os.ModeSticky != 0:
			// There only the owner of a folder can rename it.
		case info.Mode()&othersWrite != 0,
			info.Mode()&groupWrite != 0 && !privateGroup(owner):
			return fmt.Errorf("others can write to folder %s", at)
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

// privateGroup reports whether a folder's group has its owner as the only
// member: root's, and those that systems make for each user with the number of
// the user.
func privateGroup(owner *syscall.Stat_t) bool { return owner.Gid == owner.Uid }
