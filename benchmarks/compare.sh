#!/usr/bin/env bash
# Runs the journeys and the peers beside each other, and prints benchstat's lines.
#   benchmarks/compare.sh                       pools of 1,000 and 10,000
#   TEPAI_BENCH_MAX=100000 benchmarks/compare.sh   and 100,000 (a few minutes); 1000000 takes 20 GB of disk and half an hour
#   benchmarks/compare.sh old.txt               compares with the raw lines of an earlier run
# The raw lines go to benchmarks/results/latest.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
export GOTOOLCHAIN=local GOFLAGS=-buildvcs=false
out=benchmarks/results/latest.txt
mkdir -p benchmarks/results
go test -timeout 2h -run '^$' -bench . -benchtime "${BENCH_TIME:-5x}" -count "${BENCH_COUNT:-6}" ./benchmarks | tee "$out"
if [ $# -gt 0 ]; then
  go tool benchstat "$1" "$out"
else
  go tool benchstat "$out"
fi
