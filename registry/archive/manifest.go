package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"time"

	"tepai/registry"
)

// Manifest says what stands in a backup or an export.
type Manifest struct {
	Format  string          `json:"format"`  // "tepai backup" or "tepai export"
	Version int             `json:"version"` // of that format
	Made    time.Time       `json:"made"`    // UTC
	Head    string          `json:"head"`    // of the store at that moment, as registry.Head.String writes it
	Counts  registry.Counts `json:"counts"`  // pairs by region
	Keys    bool            `json:"keys"`    // the data keys of persons are in it, wrapped
	Files   []File          `json:"files"`   // in the order in which they stand there
}

// File is one file of a backup or export.
type File struct {
	Name   string `json:"name"`
	Lines  int    `json:"lines,omitempty"` // of an export
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // hexadecimal
}

const (
	backupFormat = "tepai backup"
	exportFormat = "tepai export"
	version      = 1 // of both formats

	manifestName = "manifest.json"
	maxManifest  = 1 << 20 // bytes; a manifest of a thousand kinds takes a tenth of it
)

func (m Manifest) encode() ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(m)
	return out.Bytes(), err
}

// readManifest decodes and judges the manifest of the format that is wanted.
func readManifest(r io.Reader, format string) (m Manifest, err error) {
	text, err := io.ReadAll(io.LimitReader(r, maxManifest+1))
	switch {
	case err != nil:
		return m, err
	case len(text) > maxManifest:
		return m, errors.New("manifest too long")
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, fmt.Errorf("manifest: %w", err)
	}
	if m.Format == format && m.Version > version {
		return m, &registry.Error{Kind: registry.Unavailable, Msg: fmt.Sprintf(
			"由更新版本的 tepai 写成（格式 %d，本程序只认识到 %d）。请升级程序后再试", m.Version, version)}
	}
	if m.Format != format || m.Version < 1 {
		return m, fmt.Errorf("manifest of %q, version %d", m.Format, m.Version)
	}
	_, err = m.head()
	return m, err
}

func (m Manifest) head() (registry.Head, error) {
	head, err := registry.ParseHead(m.Head)
	if err != nil {
		return head, fmt.Errorf("manifest: head %q", m.Head)
	}
	return head, nil
}

// sameAs compares what was found with what the manifest promises, in words for a person; nil when it is the same.
func (m Manifest) sameAs(found state) error {
	if found.head.String() != m.Head {
		return &registry.Error{Kind: registry.Conflict, Msg: fmt.Sprintf("链头与清单不符：清单是 %s，实为 %s", m.Head, found.head)}
	}
	if !maps.Equal(found.counts, m.Counts) {
		return &registry.Error{Kind: registry.Conflict, Msg: fmt.Sprintf("条数与清单不符：清单是 %v，实为 %v", m.Counts, found.counts)}
	}
	return nil
}
