package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"tepai/registry"
)

// knownHeads reads heads that were kept elsewhere: each argument is one, or a file as keepHead writes it.
func knownHeads(args []string) (all []registry.Head, err error) {
	for _, arg := range args {
		if head, err := registry.ParseHead(arg); err == nil {
			all = append(all, head)
			continue
		}
		heads, err := headsIn(arg)
		if err != nil {
			return nil, err
		}
		all = append(all, heads...)
	}
	return all, nil
}

// headsIn reads a file of heads: the first word of each line is one; empty lines and those that begin with # are none.
func headsIn(path string) (all []registry.Head, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, usageError(fmt.Sprintf("--head 的写法是“序号:哈希”，与 verify 打印的日志头一致，或者是一个保存日志头的文件；“%s”两者都不是", registry.Shorten(path, 80)))
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		head, err := registry.ParseHead(words[0])
		if err != nil {
			return nil, &registry.Error{Kind: registry.Invalid, Field: "head", Msg: fmt.Sprintf("%s 第 %d 行：%v。请核对这个文件", path, n, err)}
		}
		all = append(all, head)
	}
	if err := lines.Err(); err != nil {
		return nil, &registry.Error{Kind: registry.Invalid, Field: "head", Msg: fmt.Sprintf("%s 无法读取，请核对路径（%v）", path, err)}
	}
	if len(all) == 0 {
		return nil, &registry.Error{Kind: registry.Invalid, Field: "head", Msg: fmt.Sprintf("%s 里没有日志头，请核对路径", path)}
	}
	return all, nil
}

// keepHead adds a head and the time to the end of a file, which is made if missing.
func keepHead(path string, head registry.Head, at time.Time) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return &registry.Error{Kind: registry.Unavailable, Msg: fmt.Sprintf("日志头没有记下：%s 无法写入，请核对路径和权限（%v）", path, err)}
	}
	_, err = fmt.Fprintf(f, "%s %s\n", head, at.UTC().Format(time.RFC3339))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return &registry.Error{Kind: registry.Unavailable, Msg: fmt.Sprintf("日志头没有记完：%s 写入时出错，请检查磁盘空间（%v）", path, err)}
	}
	return nil
}
