package archive

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"filippo.io/age"

	"tepai/registry"
)

// Recipients are those who will be able to read a backup. The zero value stands for nobody: the backup is in the clear.
type Recipients struct{ list []age.Recipient }

// Identities are private keys. The zero value holds none.
type Identities struct{ list []age.Identity }

// ReadRecipients takes public keys as age writes them (age1…) and, unless path is empty, a file with one in each line.
// Refusals: Invalid for a text that is no public key, NotFound for the file.
func ReadRecipients(texts []string, path string) (r Recipients, err error) {
	for _, text := range texts {
		list, err := age.ParseRecipients(strings.NewReader(text))
		if err != nil || len(list) != 1 {
			return r, &registry.Error{Kind: registry.Invalid, Field: "recipient", Msg: fmt.Sprintf(
				"“%s”不是公钥，应以 age1 开头，由 age-keygen 生成；私钥（AGE-SECRET-KEY-…）不能用在这里", registry.Shorten(public(text), 80))}
		}
		r.list = append(r.list, list...)
	}
	if path == "" {
		return r, nil
	}
	list, err := parsed(path, age.ParseRecipients)
	if err != nil {
		return r, &registry.Error{Kind: kindOf(err), Field: "recipients-file", Msg: fmt.Sprintf(
			"文件 %s 里没有可用的公钥。请核对路径；文件中每行一个以 age1 开头的公钥，# 开头的是注释", path)}
	}
	r.list = append(r.list, list...)
	return r, nil
}

// public keeps a private key that was given by mistake out of the message.
func public(text string) string {
	if strings.Contains(strings.ToUpper(text), "SECRET") {
		return "AGE-SECRET-KEY-…"
	}
	return text
}

// ReadIdentities reads a file of private keys as age-keygen writes it; an empty path gives none. Refusals: Invalid for
// a file without one, NotFound. No refusal repeats what stands in the file.
func ReadIdentities(path string) (i Identities, err error) {
	if path == "" {
		return i, nil
	}
	i.list, err = parsed(path, age.ParseIdentities)
	if err != nil {
		return i, &registry.Error{Kind: kindOf(err), Field: "identity", Msg: fmt.Sprintf(
			"文件 %s 里没有可用的私钥。请核对路径；应为 age-keygen 生成的文件，其中一行以 AGE-SECRET-KEY- 开头，本身没有再加密", path)}
	}
	return i, nil
}

func parsed[T any](path string, parse func(io.Reader) ([]T, error)) ([]T, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return parse(f)
}

// kindOf tells a file that is not there from one that is wrong.
func kindOf(err error) registry.Kind {
	if errors.Is(err, os.ErrNotExist) {
		return registry.NotFound
	}
	return registry.Invalid
}

// encrypt gives the writer for the plain text; closing it ends the ciphertext, not w.
func (r Recipients) encrypt(w io.Writer) (io.WriteCloser, error) {
	if len(r.list) == 0 {
		return plain{w}, nil
	}
	return age.Encrypt(w, r.list...)
}

type plain struct{ io.Writer }

func (plain) Close() error { return nil }

// ageIntro is how every file of age begins.
const ageIntro = "age-encryption.org/"

// decrypt gives the plain text of a backup, which need not be encrypted. Refusals: Denied without a key or with a wrong one.
func (i Identities) decrypt(r io.Reader, path string) (io.Reader, error) {
	in := bufio.NewReader(r)
	if intro, err := in.Peek(len(ageIntro)); err != nil || string(intro) != ageIntro {
		return in, nil
	}
	if len(i.list) == 0 {
		return nil, &registry.Error{Kind: registry.Denied, Field: "identity", Msg: fmt.Sprintf("备份 %s 是加密的，请用 --identity 指明私钥文件", path)}
	}
	out, err := age.Decrypt(in, i.list...)
	var none *age.NoIdentityMatchError
	if errors.As(err, &none) {
		return nil, &registry.Error{Kind: registry.Denied, Field: "identity", Msg: fmt.Sprintf(
			"这个私钥打不开备份 %s：它是为别的公钥加密的。请换成与备份时的公钥成对的私钥文件", path)}
	}
	return out, err
}
