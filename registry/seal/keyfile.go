package seal

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The key file is text. After lines of explanation, which begin with #, come a line with the version of the format, one
// line for each master key, oldest first, and last the index key, so that a file that was cut off is known as such:
//
//	tepai-keys 1
//	master 1f2e3d4c5b6a7988 2025-06-01T09:30:00Z <64 hexadecimal digits>
//	index 0011223344556677 2025-06-01T09:30:00Z <64 hexadecimal digits>
//
// The id in the second column must be that of the key, which finds a miswritten digit.
const fileVersion = 1

const fileWords = `# 这是 tepai 的密钥文件：身份证号、手机号、银行账号等个人信息都用它加密。丢失它，已加密的个人信息就再也读不出来，谁也无法恢复。
# 请把副本离线存放在另一处（例如刻盘或打印后入保险柜），不要放进数据文件夹，也不要和备份放在一起；不要手工改动。
`

// maxFile is the most bytes of a key file: some hundred rotations.
const maxFile = 64 << 10

// encode is the text of the key file.
func (k *Keys) encode() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%stepai-keys %d\n", fileWords, fileVersion)
	for _, m := range k.masters {
		m.write(&b, "master")
	}
	k.index.write(&b, "index")
	return b.Bytes()
}

func (k key) write(b *bytes.Buffer, role string) {
	fmt.Fprintf(b, "%s %s %s %x\n", role, k.id, k.made.Format(time.RFC3339), k.bytes()[:])
}

// parse reads a key file. Its errors name the line and none of its words.
func parse(text []byte) (*Keys, error) {
	k, begun, ended := &Keys{}, false, false
	for i, line := range strings.Split(strings.TrimPrefix(string(text), "\ufeff"), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if ended {
			return nil, fmt.Errorf("%w: line %d behind the index key", ErrNotKeyFile, i+1)
		}
		var err error
		if !begun {
			begun, err = true, checkVersion(words)
		} else {
			ended, err = k.add(words)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	if !ended {
		return nil, fmt.Errorf("%w: cut short", ErrNotKeyFile)
	}
	return k, nil
}

func checkVersion(words []string) error {
	var v int
	if len(words) != 2 || words[0] != "tepai-keys" {
		return ErrNotKeyFile
	}
	if _, err := fmt.Sscanf(words[1], "%d", &v); err != nil || v < 1 {
		return ErrNotKeyFile
	}
	if v > fileVersion {
		return fmt.Errorf("%w: key file of format %d", ErrNewer, v)
	}
	return nil
}

// add takes one line with a key; last says that it was the index key.
func (k *Keys) add(words []string) (last bool, err error) {
	one, err := parseKey(words)
	if err != nil {
		return false, err
	}
	switch {
	case words[0] == "index" && len(k.masters) > 0:
		k.index = one
		return true, nil
	case words[0] == "master" && !slices.ContainsFunc(k.masters, func(m key) bool { return m.id == one.id }):
		k.masters = append(k.masters, one)
		return false, nil
	}
	return false, ErrNotKeyFile
}

func parseKey(words []string) (key, error) {
	if len(words) != 4 {
		return key{}, ErrNotKeyFile
	}
	made, timeErr := time.Parse(time.RFC3339, words[2])
	b, hexErr := hex.DecodeString(words[3])
	if timeErr != nil || hexErr != nil || len(b) != KeySize {
		return key{}, ErrNotKeyFile
	}
	one := newKey([KeySize]byte(b), made)
	if y := one.made.Year(); y < 2000 || y > 9999 {
		return key{}, ErrNotKeyFile
	}
	if one.id.String() != strings.ToLower(words[1]) {
		return key{}, fmt.Errorf("%w: the key does not bear its id", ErrNotKeyFile)
	}
	return one, nil
}
