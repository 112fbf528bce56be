#!/usr/bin/env bash
# Runs each fuzz target for a little while, always from the same seed: new paths through the program are looked for, but a
# run that passed passes again. The compiler's own coverage marks are enough for that, so no nightly compiler is needed;
# `cargo +nightly fuzz run TARGET` has the sanitizers too, and all the time in the world.
set -euo pipefail
cd "$(dirname "$0")"
runs=${1:-20000}

if ! command -v c++ > /dev/null; then
  echo "fuzzing: there is no C++ compiler for libFuzzer, so the targets are not run"
  exit 0
fi
host=$(rustc -vV | sed -n 's/^host: //p')
cover="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4"
cover="$cover -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
built=0
RUSTFLAGS="$cover" CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS=true \
  timeout 1800 cargo build --locked --release --target "$host" --target-dir ../target/fuzz || built=$?
if [ "$built" = 124 ]; then
  echo "fuzzing: the targets could not be built within half an hour, so they are not run"
  exit 0
fi
[ "$built" = 0 ]

found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
for target in sniff csv moments regions casebook; do
  mkdir "$found/$target"
  "../target/fuzz/$host/release/$target" -seed=1 -runs="$runs" -max_total_time=60 -timeout=300 -verbosity=0 -print_funcs=0 \
    -artifact_prefix="$found/" "$found/$target" "corpus/$target" || {
    echo "fuzzing: $target fails on these bytes, in base64:"
    find "$found" -maxdepth 1 -type f -exec base64 {} \;
    exit 1
  }
done
echo "fuzzing: five targets, up to $runs runs each, nothing found"
