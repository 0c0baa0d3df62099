package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"tepai/matcher"
	"tepai/matcher/learn"
	"tepai/registry"
)

// A weights file is a YAML mapping: version, based_on, and the weights that differ from the built-in ones by the names of
// matcher.Dials. based_on is the version of the built-in weights from which the others are taken.

// rankingWeights are the built-in ones, or those of --weights.
func (a *app) rankingWeights() (matcher.Weights, error) {
	if a.Weights == "" {
		return matcher.DefaultWeights(), nil
	}
	data, err := os.ReadFile(a.Weights)
	if err != nil {
		return matcher.Weights{}, usageError(fmt.Sprintf("权重文件 %s 无法读取，请核对 --weights（%v）", a.Weights, err))
	}
	w, err := parseWeights(data)
	var refusal *registry.Error
	if errors.As(err, &refusal) {
		return w, &registry.Error{Kind: refusal.Kind, Field: refusal.Field, Msg: fmt.Sprintf("权重文件 %s：%s", a.Weights, refusal.Msg)}
	}
	return w, err
}

// parseWeights reads a weights file strictly; the first fault by key is a *registry.Error of kind Invalid.
func parseWeights(data []byte) (matcher.Weights, error) {
	w := matcher.DefaultWeights()
	builtIn := w.Version
	var entries map[string]any
	if err := yaml.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &entries); err != nil {
		return w, invalid("", "%s不是正确的 YAML，每行应写成“名称: 值”，如 field: 0.01", lineOf(err))
	}
	var err error
	if w.Version, err = label(entries, "version"); err != nil {
		return w, err
	}
	base, err := label(entries, "based_on")
	if err != nil {
		return w, err
	}
	if base != builtIn {
		return w, invalid("based_on", "以内置权重 %s 为基础（based_on），而现在内置的是 %s；请用 tepai learn 重新学，或核对各项后改写 based_on", base, builtIn)
	}
	if err := turnDials(&w, entries); err != nil {
		return w, err
	}
	return w, w.Validate()
}

// label reads one of the entries that are texts and takes it out.
func label(entries map[string]any, key string) (string, error) {
	text, ok := entries[key].(string)
	if !ok || text == "" {
		return "", invalid(key, `没有写 %s，或没有加引号，请写成 %s: "1"`, key, key)
	}
	delete(entries, key)
	return text, nil
}

func turnDials(w *matcher.Weights, entries map[string]any) error {
	dials := matcher.Dials()
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		i := slices.IndexFunc(dials, func(d matcher.Dial) bool { return d.Name == key })
		if i < 0 {
			return invalid("", "没有“%s”这个权重，可用的有：%s", registry.Shorten(key, 40), dialNames(dials))
		}
		value, ok := number(entries[key])
		if !ok {
			return invalid(key, "%s 应为一个数，如 0.01，不加引号，请改正", key)
		}
		dials[i].Turn(w, value)
	}
	return nil
}

// number reads what the YAML reader makes of a number.
func number(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case uint64:
		return float64(v), true
	case int64:
		return float64(v), true
	}
	return 0, false
}

func dialNames(dials []matcher.Dial) string {
	var names []string
	for _, d := range dials {
		names = append(names, d.Name)
	}
	return strings.Join(names, "、")
}

// formatWeights writes a weights file with the figures that speak for it as a comment.
func formatWeights(w matcher.Weights, evidence string) []byte {
	var file bytes.Buffer
	builtIn := matcher.DefaultWeights()
	fmt.Fprintf(&file, "# 排序权重，tepai learn 所写；没有列出的同内置权重 %s。采用：tepai 命令 --weights 这个文件\n", builtIn.Version)
	fmt.Fprintf(&file, "# 没有见过的需求上 nDCG@10：%s\n", evidence)
	fmt.Fprintf(&file, "version: %q\nbased_on: %q\n", w.Version, builtIn.Version)
	for _, m := range learn.Moves(builtIn, w) {
		fmt.Fprintf(&file, "%s: %s\n", m.Name, strconv.FormatFloat(m.To, 'f', -1, 64))
	}
	return file.Bytes()
}

func invalid(field, format string, args ...any) error {
	return &registry.Error{Kind: registry.Invalid, Field: field, Msg: fmt.Sprintf(format, args...)}
}
