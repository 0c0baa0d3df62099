package main

import (
	"errors"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// usageFault puts the parser's words into Chinese; words that it does not know pass as they are.
func usageFault(err error) string {
	text := err.Error()
	for _, rule := range [][2]string{
		{`^unknown flag (\S+?)(?:, did you mean (?:one of )?(.+)\?)?$`, "没有“$1”这个选项。|想用的是不是 $2？"},
		{`^unexpected argument (.+?)(?:, did you mean (?:one of )?(.+)\?)?$`, unexpected(err) + "|想用的是不是 $2？"},
		{`^expected one of .*$`, unfinished(err)},
		{`^expected "(.+)"$`, "缺少 $1"},
		{`^missing positional arguments (.+)$`, "缺少 $1"},
		{`^missing flags: (.+)$`, "缺少必需的选项 $1"},
		{`^(\S+) must be one of (.+) but got "(.*)"$`, "$1 只能是 $2 之一，不能是“$3”"},
		{`^(--\S+): expected \S+ value but got "EOL".*$`, "选项 $1 后面缺少内容"},
		{`(?s)^(--\S+): expected \S+ value but got ".*" \(.*\); perhaps try (.+)\?$`, "选项 $1 的内容以“-”开头时，请用等号连写：$2"},
		{`^(--\S+): expected a valid \d+ bit int but got "(.*)"$`, "选项 $1 应为整数，不能是“$2”"},
		{`^(--\S+): bool value must be .* but got "(.*)"$`, "选项 $1（或同名的环境变量、设置文件中的一项）应为 true 或 false，不能是“$2”"},
	} {
		pattern := regexp.MustCompile(rule[0])
		found := pattern.FindStringSubmatchIndex(text)
		if found == nil {
			continue
		}
		template, hint, _ := strings.Cut(rule[1], "|")
		if hint != "" && found[4] >= 0 {
			template += hint
		}
		return string(pattern.ExpandString(nil, template, text, found))
	}
	return text
}

// unexpected names a stray argument: the first one should have been a command.
func unexpected(err error) string {
	if parsed := parsedOf(err); parsed != nil && parsed.Selected() == nil {
		return "没有“$1”这条命令。"
	}
	return "多余的内容“$1”；文字里有空格时请用引号括起来。"
}

// spoken is the command as far as it was understood, so that the reader is sent to the right help.
func spoken(err error) string {
	if parsed := parsedOf(err); parsed != nil && parsed.Selected() != nil {
		return "tepai " + commandPath(parsed.Selected())
	}
	return "tepai"
}

// commandPath is a command behind those that it belongs to: knowledge find.
func commandPath(node *kong.Node) string {
	if node.Parent == nil || node.Parent.Type == kong.ApplicationNode {
		return node.Name
	}
	return commandPath(node.Parent) + " " + node.Name
}

// unfinished asks for the rest of a command.
func unfinished(err error) string {
	if parsed := parsedOf(err); parsed != nil && parsed.Selected() != nil && len(parsed.Selected().Children) > 0 {
		return "请写明要做什么，例如 tepai " + commandPath(parsed.Selected().Children[0])
	}
	return "请写明要做什么，例如 tepai match --text 需求文字"
}

func parsedOf(err error) *kong.Context {
	var fault *kong.ParseError
	if errors.As(err, &fault) {
		return fault.Context
	}
	return nil
}
