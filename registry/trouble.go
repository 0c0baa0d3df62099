package registry

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"

	"tepai/registry/kv"
)

// trouble is a refusal together with what caused it: the sentence for the person, the cause for log and errors.Is.
type trouble struct {
	refusal *Error
	cause   error
}

func (t *trouble) Error() string   { return t.refusal.Error() }
func (t *trouble) Unwrap() []error { return []error{t.refusal, t.cause} }

// explain turns what the store below says into a sentence with the way out. Refusals pass as they are, and so does
// what has nothing to say to a person.
func explain(path string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	kind, msg := sentence(path, err)
	if msg == "" {
		return fmt.Errorf("registry %s: %w", path, err)
	}
	return &trouble{&Error{Kind: kind, Msg: msg}, err}
}

func sentence(path string, err error) (Kind, string) {
	dir := filepath.Dir(path)
	say := func(format string, args ...any) (Kind, string) { return Unavailable, fmt.Sprintf(format, args...) }
	switch {
	case errors.Is(err, kv.ErrLocked):
		return say("另一个 tepai 进程正在使用数据文件 %s。请先停止该进程（例如正在运行的服务）再试，或改用另一个数据文件夹", path)
	case errors.Is(err, kv.ErrDamaged):
		return say("数据文件 %s 已损坏（%v）。请停止写入，把该文件原样留存，从最近的备份恢复后再运行 tepai verify 核对", path, err)
	case errors.Is(err, kv.ErrFull):
		return say("数据文件 %s 已到容量上限或磁盘已满，这次写入没有完成，已有数据仍可查询。请腾出磁盘空间或调高容量上限后重试；若仍不能写入，请重新启动程序", path)
	case errors.Is(err, kv.ErrStopped):
		return say("写入数据文件 %s 时磁盘出错（%v），为保护数据已停止写入，查询不受影响。请检查磁盘，重新启动程序后运行 tepai verify 核对", path, err)
	case errors.Is(err, kv.ErrClosed):
		return say("数据文件 %s 已关闭，请重新启动程序", path)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOTDIR):
		return Unavailable, unwritable(dir, err)
	case errors.Is(err, fs.ErrNotExist):
		return NotFound, fmt.Sprintf("没有数据：文件夹 %s 里没有 %s。请检查数据文件夹的路径；第一次使用请先导入数据", dir, filepath.Base(path))
	}
	return Unavailable, ""
}

func unwritable(dir string, err error) string {
	if errors.Is(err, syscall.ENOTDIR) {
		return fmt.Sprintf("数据文件夹 %s 不可用：路径中有一级是文件而不是文件夹（%v）。请改用另一个数据文件夹", dir, err)
	}
	return fmt.Sprintf("数据文件夹 %s 不可写（%v）。请检查该文件夹及其中文件的权限和所有者，或改用另一个数据文件夹", dir, err)
}

// damaged says that a stored value cannot be what this program wrote.
func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %w", kv.ErrDamaged, fmt.Errorf(format, args...))
}
