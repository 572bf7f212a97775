#include "fuzz/targets/table.hpp"

#include <array>

// The list is made by CMake of what fuzz/CMakeLists.txt has: one line each,
// WSPROOF_FUZZ_TARGET_NAME(utf8).
namespace wsproof::fuzz {

namespace targets {
#define WSPROOF_FUZZ_TARGET_NAME(name) void name(wire::ByteView data);
#include "target_list.inc"
#undef WSPROOF_FUZZ_TARGET_NAME
}  // namespace targets

std::span<NamedTarget const> targets_by_name() {
    static constexpr std::array table{
#define WSPROOF_FUZZ_TARGET_NAME(name) NamedTarget{#name, targets::name},
#include "target_list.inc"
#undef WSPROOF_FUZZ_TARGET_NAME
    };
    return table;
}

}  // namespace wsproof::fuzz
