package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"tepai/registry"
)

// unfinished is the ending of everything that is not yet whole; what a killed process left under it may be deleted.
const unfinished = ".new"

// newFile lets fill write a file beside path and gives it that name when it is whole and on disk. On an error nothing
// is left. A file that stands there already is never replaced.
func newFile(path string, fill func(*os.File) error) (err error) {
	if err := vacant(path); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*"+unfinished)
	if err != nil {
		return writeTrouble(path, err)
	}
	defer os.Remove(f.Name())
	err = fill(f)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return writeTrouble(path, err)
	}
	return writeTrouble(path, publish(f.Name(), path))
}

func vacant(path string) error {
	_, err := os.Lstat(path)
	switch {
	case err == nil:
		return &registry.Error{Kind: registry.Conflict, Msg: fmt.Sprintf("%s 已经存在，不会覆盖。请换一个名字，例如加上日期", path)}
	case errors.Is(err, fs.ErrNotExist):
		return nil
	}
	return writeTrouble(path, err)
}

// publish gives a finished file its name without replacing another, and makes the name durable. Where the file system
// knows no links (a memory stick), renaming is the next best.
func publish(temp, path string) error {
	err := os.Link(temp, path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = os.Rename(temp, path)
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes the names in a folder durable.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrInvalid) {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}

// newStore lets fill make a store in a folder inside data and moves its file to data when it is whole. data must be
// empty or not there; on an error it is as it was. The work is done inside because data may be a disk of its own.
func newStore(data string, fill func(dir string) error) (err error) {
	made, err := emptied(data)
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp(data, "incoming-*"+unfinished)
	if err != nil {
		return writeTrouble(data, err)
	}
	defer func() {
		err = errors.Join(err, os.RemoveAll(temp))
		if err != nil && made {
			os.Remove(data) // only if nobody has put anything there
		}
	}()
	if err := fill(temp); err != nil {
		return writeTrouble(data, err)
	}
	if err := publish(filepath.Join(temp, registry.FileName), filepath.Join(data, registry.FileName)); err != nil {
		return writeTrouble(data, err)
	}
	return writeTrouble(data, syncFolder(filepath.Dir(filepath.Clean(data))))
}

// emptied makes the folder or sees to it that nothing stands there but what killed attempts left, which it removes.
func emptied(data string) (made bool, err error) {
	list, err := os.ReadDir(data)
	if errors.Is(err, fs.ErrNotExist) {
		return true, writeTrouble(data, os.MkdirAll(data, 0o700))
	}
	if err != nil {
		return false, writeTrouble(data, err)
	}
	for _, e := range list {
		switch left, _ := filepath.Match("incoming-*"+unfinished, e.Name()); {
		case left && e.IsDir():
			err = errors.Join(err, os.RemoveAll(filepath.Join(data, e.Name())))
		case e.Name() != "lost+found": // stands in every new file system
			return false, &registry.Error{Kind: registry.Conflict, Field: "data", Msg: fmt.Sprintf(
				"文件夹 %s 里已有内容（%s），不会覆盖。请指明一个空的或还不存在的文件夹", data, e.Name())}
		}
	}
	return false, writeTrouble(data, err)
}

// writeTrouble turns what the system says while writing into a sentence with the way out. Refusals pass as they are.
func writeTrouble(path string, err error) error {
	var known *registry.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	why := ""
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		why = "磁盘已满，没有写成，也没有留下半截内容。请腾出空间或换一个地方"
	case errors.Is(err, fs.ErrExist):
		why = "已经存在，不会覆盖。请换一个名字"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrNotExist):
		why = "无法写入，请核对路径和权限"
	case errors.Is(err, syscall.EIO):
		why = "磁盘出错，没有写成。请检查磁盘，或换一个地方"
	default:
		return fmt.Errorf("archive %s: %w", path, err)
	}
	return &registry.Error{Kind: registry.Unavailable, Msg: fmt.Sprintf("%s：%s（%s）", path, why, strings.TrimSpace(err.Error()))}
}
