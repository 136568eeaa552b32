package engine

import (
	"errors"
	"os"
	"os/exec"
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

func start(cmd *exec.Cmd, profile string) (*process, error) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.WaitDelay = closeLimit
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(profile))
	}
	p := &process{cmd: cmd, profile: profile, ended: make(chan struct{})}
	go func() {
		cmd.Wait()
		close(p.ended)
	}()
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
