package knowledge

import (
	"runtime"
	"testing"
)

// BenchmarkLoadCached is a start: the compiled base is read from its cache. To reach: 50 ms.
func BenchmarkLoadCached(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		if _, err := Load(Embedded(), Options{CacheDir: dir}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMemory says what a loaded base holds in memory, in MB; the cache file is read as at every start but the first.
func BenchmarkMemory(b *testing.B) {
	dir := b.TempDir()
	if _, err := Load(Embedded(), Options{CacheDir: dir}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		before := heap()
		base, err := Load(Embedded(), Options{CacheDir: dir})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(heap()-before)/1e6, "MB")
		runtime.KeepAlive(base)
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
