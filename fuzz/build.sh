#!/usr/bin/env bash
# Builds every target as OSS-Fuzz and ClusterFuzzLite ask for it: $CC, $CXX, $CFLAGS, $CXXFLAGS, $LIB_FUZZING_ENGINE, $WORK, $OUT.
# With WSPROOF_TESTS=ON the tests are configured as well, for who wants them with the same instrumentation.
set -euo pipefail
cmake -S "$(dirname "$0")/.." -B "$WORK/wsproof" -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_UNITY_BUILD=ON \
      -DWSPROOF_FUZZ=ON -DWSPROOF_TESTS="${WSPROOF_TESTS:-OFF}"
cmake --build "$WORK/wsproof" --target install-fuzzers
