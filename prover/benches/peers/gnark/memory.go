package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// sampleEvery is how often anonymous memory is looked at: the kernel keeps no peak of it.
const sampleEvery = 2 * time.Millisecond

// peak is the most memory used between two points of a process's life.
type peak struct {
	// Resident bytes, pages of mapped files included: the peak that the kernel keeps.
	Resident int64 `json:"peak_rss_bytes"`
	// Bytes that no file backs, sampled.
	Anonymous int64 `json:"peak_anonymous_bytes"`
}

// watch follows this process's memory from its start on.
type watch struct {
	done    chan struct{}
	sampled chan int64
}

// startWatch forgets what was used before.
func startWatch() (*watch, error) {
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		return nil, err
	}
	if _, err := status("RssAnon"); err != nil {
		return nil, err
	}
	watch := &watch{done: make(chan struct{}), sampled: make(chan int64)}
	go watch.sample()
	return watch, nil
}

func (w *watch) sample() {
	ticker := time.NewTicker(sampleEvery)
	defer ticker.Stop()
	most := int64(0)
	for {
		// An error would have shown at the start.
		now, _ := status("RssAnon")
		most = max(most, now)
		select {
		case <-w.done:
			w.sampled <- most
			return
		case <-ticker.C:
		}
	}
}

func (w *watch) stop() (peak, error) {
	resident, err := status("VmHWM")
	close(w.done)
	return peak{Resident: resident, Anonymous: <-w.sampled}, err
}

// status returns a figure of the kernel's status of this process, in bytes.
func status(name string) (int64, error) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	_, figure, _ := strings.Cut(string(text), name+":")
	var kibibytes int64
	if _, err := fmt.Sscan(figure, &kibibytes); err != nil {
		return 0, fmt.Errorf("no %s in the process's status", name)
	}
	return 1024 * kibibytes, nil
}
