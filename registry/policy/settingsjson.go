package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// onDisk is one stated value: {"value":"12","source":"实施细则"}; no source = that of the default.
type onDisk struct {
	Value  string `json:"value"`
	Source Source `json:"source,omitempty"`
}

// MarshalJSON writes what differs from the defaults, and nothing else: {"panel_size":{"value":"5"}}.
func (s Settings) MarshalJSON() ([]byte, error) {
	out := map[string]onDisk{}
	for key, v := range s.stated {
		setting, _ := Named(key)
		if out[key] = (onDisk{Value: v.text}); v.source != setting.Source {
			out[key] = onDisk{v.text, v.source}
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote. Unknown settings, values out of range and unknown sources are refused with a *Refusal.
func (s *Settings) UnmarshalJSON(data []byte) error {
	var in map[string]onDisk
	strict := json.NewDecoder(bytes.NewReader(data))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&in); err != nil {
		return fmt.Errorf("settings of an edition: %w", err)
	}
	next := Settings{}
	for _, key := range slices.Sorted(maps.Keys(in)) {
		setting, ok := Named(key)
		if !ok {
			return refuse(key, "", "没有名为“%s”的设定，请核对名称", shorten(key))
		}
		from := in[key].Source
		if from == "" {
			from = setting.Source
		}
		var err error
		if next, err = next.WithFrom(setting.Key, in[key].Value, from); err != nil {
			return err
		}
	}
	*s = next
	return nil
}
