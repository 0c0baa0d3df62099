package registry

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"tepai/registry/seal"
)

// OpenKeys reads a key file for Options.Keys. Refusals: NotFound, and Unavailable when others may read the file, or it
// is damaged or of a newer format.
func OpenKeys(path string) (*seal.Keys, error) {
	k, err := seal.Open(path)
	return k, keyTrouble(path, err)
}

// CreateKeys makes a new key file for the data in dir, which need not be there yet. Refusals: Invalid when the file would
// lie in dir; Conflict when there is a file of that name, which stays as it is.
func CreateKeys(path, dir string, now time.Time) (*seal.Keys, error) {
	if err := checkApartFrom(dir, path); err != nil {
		return nil, err
	}
	k, err := seal.Create(path, now)
	return k, keyTrouble(path, err)
}

// RotateKeys adds a master key to the file; RewrapKeys then brings the store under it.
func RotateKeys(k *seal.Keys, now time.Time) (*seal.Keys, error) {
	next, err := k.Rotate(now)
	return next, keyTrouble(k.Path(), err)
}

// RetireKeys takes the older master keys out of the file, for when all stores and backups that need them are gone.
func RetireKeys(k *seal.Keys) (*seal.Keys, error) {
	next, err := k.Retire()
	return next, keyTrouble(k.Path(), err)
}

// checkApartFrom refuses a key file within the data folder: it would travel with every copy of what it protects.
func checkApartFrom(dir, path string) error {
	rel, err := filepath.Rel(resolved(dir), resolved(path))
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return nil // apart, or on another volume
	}
	return invalid("key", "密钥文件 %s 在数据文件夹 %s 里，会随数据一起被复制走。请把它放到数据文件夹以外的地方", path, dir)
}

// resolved is a path without links, as far as it is there.
func resolved(path string) string {
	full, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	for at, rest := full, ""; ; at, rest = filepath.Dir(at), filepath.Join(filepath.Base(at), rest) {
		if real, err := filepath.EvalSymlinks(at); err == nil {
			return filepath.Join(real, rest)
		}
		if at == filepath.Dir(at) {
			return full
		}
	}
}

// keyTrouble turns what seal says into a sentence with the way out, as explain does for the store.
func keyTrouble(path string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	kind, msg := keySentence(path, err)
	if msg == "" {
		return fmt.Errorf("key file %s: %w", path, err)
	}
	return &trouble{&Error{Kind: kind, Field: "key", Msg: msg}, err}
}

func keySentence(path string, err error) (Kind, string) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return NotFound, fmt.Sprintf("找不到密钥文件 %s 或它所在的文件夹，请核对路径；第一次使用请先运行 tepai key create", path)
	case errors.Is(err, fs.ErrExist):
		return Conflict, fmt.Sprintf("密钥文件 %s 已经有了，没有覆盖：覆盖会使用它加密的个人信息再也读不出来。请换一个文件名", path)
	case errors.Is(err, fs.ErrPermission):
		return Unavailable, fmt.Sprintf("没有权限读写密钥文件 %s，请检查该文件和所在文件夹的权限和所有者", path)
	case errors.Is(err, seal.ErrExposed):
		return Unavailable, fmt.Sprintf("密钥文件 %s 的权限太宽，本机的其他用户也能读写。请运行 chmod 600 收紧后再试；可能已被读过的，请再运行 tepai key rotate", path)
	case errors.Is(err, seal.ErrNotKeyFile):
		return Unavailable, fmt.Sprintf("%s 不是完整的密钥文件，可能被改动或截断。请换回原来的文件，或用离线保存的副本", path)
	case errors.Is(err, seal.ErrNewer):
		return Unavailable, fmt.Sprintf("密钥文件 %s 或用它加密的内容由更新版本的 tepai 写成，请升级程序后再试", path)
	case errors.Is(err, seal.ErrNoKey):
		return Unavailable, fmt.Sprintf("密钥文件 %s 里没有加密这份个人信息的主密钥：可能用错了密钥文件，或旧的主密钥已被移除。请用 --key 指明原来的密钥文件或它的副本", path)
	case errors.Is(err, seal.ErrDamaged):
		return Unavailable, fmt.Sprintf("个人信息的密文已损坏、被移动过，或不属于密钥文件 %s，没有显示任何内容。请运行 tepai doctor 核对，并从最近的备份恢复", path)
	}
	return Unavailable, ""
}

// errNoKeys is the answer where personal data are at stake and no key file is open.
func errNoKeys() error {
	return &Error{Kind: Unavailable, Field: "key", Msg: "没有指明密钥文件，个人信息不能保存也不能查看。" +
		"请用 --key（或 TEPAI_KEY、设置文件里的 key）指明；还没有密钥文件的，先运行 tepai key create 文件名"}
}
