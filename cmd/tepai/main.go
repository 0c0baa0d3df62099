package main

import (
	"context"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log.SetOutput(io.Discard)      // where libraries speak to nobody; ours is the logger of --verbose
	signal.Ignore(syscall.SIGPIPE) // a reader that leaves early (| head) must not kill us with the store open
	os.Exit(Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
