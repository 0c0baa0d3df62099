package main

import (
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// printHelp is kong's help with Chinese headings.
func printHelp(options kong.HelpOptions, ctx *kong.Context) error {
	var text strings.Builder
	out := ctx.Stdout
	ctx.Stdout = &text
	err := kong.DefaultHelpPrinter(options, ctx)
	ctx.Stdout = out
	if err != nil {
		return err
	}
	_, err = headings.WriteString(out, aligned(text.String()))
	return err
}

// aligned takes back the spaces behind wide characters of a first column: the printer counts every character as one wide.
func aligned(help string) string {
	return columns.ReplaceAllStringFunc(help, func(line string) string {
		cells := columns.FindStringSubmatch(line)
		wide := 0
		for _, r := range cells[1] {
			if r >= 0x1100 {
				wide++
			}
		}
		return cells[1] + strings.Repeat(" ", max(2, len(cells[2])-wide))
	})
}

var columns = regexp.MustCompile(`(?m)^( +\S.*?)( {2,})`)

var headings = strings.NewReplacer("Usage: ", "用法：", "\nFlags:", "\n选项：", "\nCommands:", "\n命令：", "\nArguments:", "\n参数：",
	"Show context-sensitive help.", "显示帮助。", `Run "tepai <command> --help" for more information on a command.`, "用 tepai 命令 --help 查看某条命令的说明。",
	"[flags]", "[选项]", "<command>", "命令", "(default ", "（缺省 ")
