package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"

	"tepai/registry"
)

// usualConfig is read where no settings file is named; it need not exist.
const usualConfig = "tepai.yaml"

// settle makes the parser look where settings stand beside the command line: the environment before the settings file
// before the defaults. Kong takes the last resolver that answers.
func settle(parser *kong.Kong, args []string) error {
	file, err := readSettings(configPath(args))
	if err != nil {
		return err
	}
	return kong.Resolvers(fromFile(file), kong.ResolverFunc(fromEnvironment)).Apply(parser)
}

// configPath finds the name of the settings file before anything is parsed, because it decides about the parsing.
func configPath(args []string) string {
	for i, arg := range args {
		if path, ok := strings.CutPrefix(arg, "--config="); ok {
			return path
		}
		if arg == "--config" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return os.Getenv("TEPAI_CONFIG")
}

// readSettings reads a YAML file of flag names and values; a named file must exist.
func readSettings(path string) (map[string]any, error) {
	named := path != ""
	if !named {
		path = usualConfig
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return nil, nil
	}
	if err != nil {
		return nil, usageError(fmt.Sprintf("设置文件 %s 无法读取，请核对 --config（%v）", path, err))
	}
	var values map[string]any
	if err := yaml.Unmarshal(data, &values); err != nil {
		return nil, usageError(fmt.Sprintf("设置文件 %s %s不是正确的 YAML，每行应写成“名称: 值”，如 data: ./tepai-data", path, lineOf(err)))
	}
	return values, checkSettings(path, values)
}

// lineOf finds the line in what the YAML reader says.
func lineOf(err error) string {
	if found := regexp.MustCompile(`^\[(\d+):\d+\]`).FindStringSubmatch(err.Error()); found != nil {
		return "第 " + found[1] + " 行"
	}
	return ""
}

// checkSettings refuses what stands in a settings file and is no setting, the first by name.
func checkSettings(path string, values map[string]any) error {
	known := everywhere()
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if !slices.Contains(known, key) {
			return usageError(fmt.Sprintf("设置文件 %s 里不能有“%s”这一项，可用的有：%s", path, registry.Shorten(key, 40), strings.Join(known, "、")))
		}
		switch v := values[key].(type) {
		case bool:
		case string:
			if v != "" {
				continue
			}
			return usageError(fmt.Sprintf("设置文件 %s 里的 %s 是空的，请填写，或删去这一行", path, key))
		default:
			return usageError(fmt.Sprintf("设置文件 %s 里的 %s 应为一段文字或 true、false，请改正；数字请加引号", path, key))
		}
	}
	return nil
}

// everywhere are the settings that may stand in the environment and in the settings file.
func everywhere() []string {
	return []string{"data", "knowledge", "weights", "key", "cache", "json", "verbose"}
}

func fromFile(values map[string]any) kong.ResolverFunc {
	return func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if v, ok := values[flag.Name]; ok {
			return fmt.Sprint(v), nil
		}
		return nil, nil
	}
}

// fromEnvironment reads TEPAI_DATA for --data and so on; the settings of single commands have no variables.
func fromEnvironment(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if slices.Contains(everywhere(), flag.Name) {
		if v, ok := os.LookupEnv("TEPAI_" + strings.ToUpper(flag.Name)); ok && v != "" {
			return v, nil
		}
	}
	return nil, nil
}
