package engine

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// A process is a browser that this package started, with the processes that it
// starts in turn: they are a process group of their own.
type process struct {
	cmd     *exec.Cmd
	profile string
	ended   chan struct{}
}

// start runs the command until it ends, or this process does. For the latter the
// thread that started it must live as long (go.dev/issue/27505).
func start(cmd *exec.Cmd, profile string) (*process, error) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.WaitDelay = closeLimit
	p := &process{cmd: cmd, profile: profile, ended: make(chan struct{})}
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			cmd.Wait()
			close(p.ended)
		}
	}()
	if err := <-started; err != nil {
		return nil, errors.Join(err, os.RemoveAll(profile))
	}
	return p, nil
}

// end waits a little for the process to end by itself, kills what is left of its
// group, and removes the profile.
func (p *process) end() error {
	select {
	case <-p.ended:
	case <-time.After(closeLimit):
	}
	err := syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	if errors.Is(err, syscall.ESRCH) {
		err = nil // all of them had ended
	}
	<-p.ended
	return errors.Join(err, os.RemoveAll(p.profile))
}
