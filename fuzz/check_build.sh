#!/usr/bin/env bash
# Builds the targets in an environment that has nothing but what OSS-Fuzz sets, and runs each on its seeds.
# `fuzz/check_build.sh DIR [SANITIZER]` (address, the default, undefined, or both as address,undefined) leaves everything
# below DIR.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath -m "${1:?expected a folder to build in}")
sanitizer=${2:-address}
case "$sanitizer" in
    address)   flags="-fsanitize=address -fsanitize-address-use-after-scope" ;;
    undefined) flags="-fsanitize=undefined -fno-sanitize-recover=undefined" ;;
    address,undefined) flags="-fsanitize=address,undefined -fno-sanitize-recover=all" ;;
    *) echo "check_build: expected 'address', 'undefined' or 'address,undefined', got '$sanitizer': the libraries of Debian are not instrumented for others" >&2; exit 2 ;;
esac
flags="-O1 -fno-omit-frame-pointer -gline-tables-only -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION $flags -fsanitize=fuzzer-no-link"
mkdir -p "$folder/out" "$folder/build"
env -i PATH=/usr/local/bin:/usr/bin:/bin HOME="$folder" LANG=C.UTF-8 \
    CC="${CC:-clang-19}" CXX="${CXX:-clang++-19}" CFLAGS="$flags" CXXFLAGS="$flags" \
    LIB_FUZZING_ENGINE=-fsanitize=fuzzer FUZZING_ENGINE=libfuzzer SANITIZER="$sanitizer" ARCHITECTURE=x86_64 \
    WSPROOF_TESTS="${WSPROOF_TESTS:-OFF}" CCACHE_DIR="${CCACHE_DIR:-$HOME/.cache/ccache}" \
    CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}" \
    SRC="$(dirname "$PWD")" OUT="$folder/out" WORK="$folder/build" fuzz/build.sh

for target in "$folder"/out/*_fuzzer; do
    seeds="$folder/seeds/$(basename "$target")"
    mkdir -p "$seeds"  # a target may have none yet
    python3 -m zipfile -e "${target}_seed_corpus.zip" "$seeds"
    [[ $(basename "$target") =~ ^[A-Za-z0-9_-]+$ ]] && [ -f "$target.options" ] && [ -f "$target.dict" ]
    echo "== $(basename "$target"): $(find "$seeds" -type f | wc -l) seeds"
    # Nothing but the folder itself is there when a service runs them.
    env -i "$target" -runs=0 -dict="$target.dict" "$seeds" 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
done
