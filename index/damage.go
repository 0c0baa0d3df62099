package index

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2/util"
)

// inspect looks through an index folder before bleve opens it: bleve verifies nothing, and what is damaged would bring
// its background tasks down. It reads every file once (3 GB/s from memory). Errors are errBroken, errBusy, or ctx's.
func inspect(ctx context.Context, folder string) error {
	if _, err := os.Lstat(folder); errors.Is(err, os.ErrNotExist) {
		return errMissing
	}
	if _, err := os.Lstat(folder + unborn); err == nil {
		return errMissing
	}
	if err := inspectMeta(folder); err != nil {
		return err
	}
	live, err := guard(func() (map[string]bool, error) { return readRoot(folder) })
	if err != nil {
		return err
	}
	if err := checkSeal(folder); err != nil {
		return err
	}
	for name := range live {
		path := filepath.Join(folder, "store", name)
		if err := verifySegment(ctx, path); err != nil && !errors.Is(err, os.ErrNotExist) { // bleve falls back behind a missing one
			return err
		}
	}
	return nil
}

// unborn marks, beside the folder, an index whose making was never finished: what a killed process leaves there is no
// damage, and nothing of it is kept.
const unborn = ".unborn"

// beginIndex sets the mark and endIndex takes it away; an index in memory has none.
func beginIndex(folder string) error {
	if folder == "" {
		return nil
	}
	return os.WriteFile(folder+unborn, nil, 0o600)
}

func endIndex(folder string) error {
	if folder == "" {
		return nil
	}
	return os.Remove(folder + unborn)
}

// inspectMeta compares the file by which bleve chooses how to open the rest.
func inspectMeta(folder string) error {
	var meta struct {
		Storage string `json:"storage"`
		Type    string `json:"index_type"`
	}
	b, err := os.ReadFile(filepath.Join(folder, "index_meta.json"))
	if err == nil {
		err = json.Unmarshal(b, &meta)
	}
	if err != nil || meta.Storage != "scorch" || meta.Type != "scorch" {
		return fmt.Errorf("%w: index_meta.json: %v", errBroken, err)
	}
	return nil
}

// readRoot walks through everything in root.bolt and gives the names of the segments that it refers to. A killed
// process leaves half-written segments behind that nothing refers to; bleve removes them.
func readRoot(folder string) (map[string]bool, error) {
	path := filepath.Join(folder, "store", "root.bolt")
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("%w: %w", errBroken, err)
	}
	options := optionsOf(util.OpenBolt)
	options.Timeout, options.ReadOnly = lockWait, true
	lock, err := util.OpenBolt(path, 0o600, options) // reads the metas and nothing else
	if err != nil {
		if err.Error() == "timeout" {
			return nil, errBusy
		}
		return nil, fmt.Errorf("%w: root.bolt: %w", errBroken, err)
	}
	defer lock.Close()
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	live := map[string]bool{}
	return live, walkBolt(data, func(key, value []byte) {
		if string(key) == string(util.BoltPathKey) {
			live[filepath.Base(string(value))] = true
		}
	})
}

// optionsOf makes the options that bleve's opener takes, without naming the package that they come from.
func optionsOf[T any](func(string, os.FileMode, *T) (*util.RootBoltImpl, error)) *T { return new(T) }

// verifySegment compares a zap file with the CRC32 (IEEE, big-endian) of all before them in its last four bytes.
func verifySegment(ctx context.Context, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	size := info.Size() - 4
	if size < 0 {
		return fmt.Errorf("%w: %s is cut short", errBroken, filepath.Base(path))
	}
	sum, buf := crc32.NewIEEE(), make([]byte, 1<<20)
	for left := size; left > 0; {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		n, err := io.ReadFull(f, buf[:min(left, int64(len(buf)))])
		if err != nil {
			return fmt.Errorf("%w: %s: %w", errBroken, filepath.Base(path), err)
		}
		sum.Write(buf[:n])
		left -= int64(n)
	}
	var end [4]byte
	if _, err := io.ReadFull(f, end[:]); err != nil || binary.BigEndian.Uint32(end[:]) != sum.Sum32() {
		return fmt.Errorf("%w: %s does not match its checksum", errBroken, filepath.Base(path))
	}
	return nil
}

// The seal stands beside the folder from a clean close to the next open and holds the CRC32 of root.bolt, which has no
// checksum of its own.

func sealPath(folder string) string { return folder + ".seal" }

func writeSeal(folder string) error {
	sum, err := rootSum(folder)
	if err != nil {
		return err
	}
	return os.WriteFile(sealPath(folder), fmt.Appendf(nil, "%08x\n", sum), 0o600)
}

// checkSeal compares and breaks the seal; after a crash there is none.
func checkSeal(folder string) error {
	b, err := os.ReadFile(sealPath(folder))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	sum, err := rootSum(folder)
	if err != nil {
		return fmt.Errorf("%w: %w", errBroken, err)
	}
	if err := os.Remove(sealPath(folder)); err != nil {
		return err
	}
	if strings.TrimSpace(string(b)) != fmt.Sprintf("%08x", sum) {
		return fmt.Errorf("%w: root.bolt has changed since it was closed", errBroken)
	}
	return nil
}

func rootSum(folder string) (uint32, error) {
	b, err := os.ReadFile(filepath.Join(folder, "store", "root.bolt"))
	return crc32.ChecksumIEEE(b), err
}

// setAside renames a broken folder so that somebody can look at it; of several only the newest is kept.
func setAside(folder string, now time.Time) error {
	old, _ := filepath.Glob(folder + ".damaged-*")
	err := os.Rename(folder, folder+".damaged-"+now.UTC().Format("20060102T150405.000"))
	if errors.Is(err, os.ErrNotExist) {
		return removeSeal(folder)
	}
	if err != nil {
		return err
	}
	for _, path := range old {
		err = errors.Join(err, os.RemoveAll(path))
	}
	return errors.Join(err, removeSeal(folder))
}

// remove deletes an index that is of no more use.
func remove(folder string) error { return errors.Join(os.RemoveAll(folder), removeSeal(folder)) }

func removeSeal(folder string) error {
	if err := os.Remove(sealPath(folder)); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
