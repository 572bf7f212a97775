// The exit codes of docs/cli.md and which one wins.
#pragma once

#include <array>

namespace wsproof::cli::exit_code {

inline constexpr int ok = 0;
inline constexpr int failed = 1;
inline constexpr int usage = 2;
inline constexpr int unreachable = 3;
inline constexpr int target_lost = 4;
inline constexpr int finding = 5;
inline constexpr int internal = 6;
inline constexpr int incomplete = 7;
inline constexpr int signal_base = 128;

/// The graver of the two: 6, 2, 3, 4, 5, 1, 7, 0.
constexpr int graver(int a, int b) {
    for (int const code :
         std::array{internal, usage, unreachable, target_lost, finding, failed, incomplete})
        if (a == code || b == code) return code;
    return ok;
}

/// --exit-zero: report only.
constexpr int forgiven(int code) {
    return code == failed || code == finding || code == incomplete ? ok : code;
}

}  // namespace wsproof::cli::exit_code
