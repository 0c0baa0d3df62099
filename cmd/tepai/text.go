package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"tepai/registry"
)

// LongestText is the most characters of a free text: ten times a long need, and still answered at once.
const LongestText = 20_000

// textOf gives the text of a flag as it stands, "-" that of stdin, and refuses what is no text.
func (a *app) textOf(flag string) (string, error) {
	text := flag
	if flag == "-" {
		data, err := io.ReadAll(io.LimitReader(a.stdin, longestInput+1))
		if err != nil {
			return "", fmt.Errorf("read stdin: %w", err)
		}
		text = strings.TrimPrefix(string(data), "\ufeff")
	}
	n := utf8.RuneCountInString(strings.TrimSpace(text))
	switch {
	case flag == "":
		return "", nil
	case len(text) > longestInput || n > LongestText:
		return "", refuseText("需求文字超过 %d 字，请概括现状与问题", LongestText)
	case !utf8.ValidString(text):
		return "", refuseText("需求文字不是 UTF-8 编码，请转换编码后再试")
	case n < registry.MinText:
		return "", refuseText("需求文字只有 %d 个字，看不出需要什么，请用一两句话写明现状与问题", n)
	}
	return text, nil
}

// longestInput is the most bytes that are read: the longest text of the widest characters, and blank lines around it.
const longestInput = 4*LongestText + 4096

func refuseText(format string, args ...any) error {
	return &registry.Error{Kind: registry.Invalid, Msg: fmt.Sprintf(format, args...)}
}
