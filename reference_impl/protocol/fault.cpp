#include "reference_impl/protocol/fault.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace wsproof::reference {
namespace {

struct Implication {
    Fault fault;
    Fault implied;
};

constexpr std::array implications{
    Implication{Fault::echoes_any_close_code, Fault::accepts_any_close_code},
    Implication{Fault::echoes_invalid_close_reason, Fault::accepts_invalid_utf8_in_close_reason},
    Implication{Fault::accepts_invalid_utf8, Fault::accepts_unfinished_utf8},
    Implication{Fault::ignores_invalid_close, Fault::accepts_long_control},
    Implication{Fault::checks_compressed_bytes_as_utf8, Fault::accepts_unfinished_utf8},
};

constexpr std::array<std::string_view, fault_count> spelled{
#define WSPROOF_FAULT(name) std::string_view{#name},
#include "reference_impl/protocol/fault_list.inc"
#undef WSPROOF_FAULT
};

constexpr std::size_t count_characters() {
    std::size_t count = 0;
    for (auto const name : spelled) count += name.size();
    return count;
}

/// All names with dashes, one behind the other, made at compile time.
constexpr std::array<char, count_characters()> make_characters() {
    std::array<char, count_characters()> characters{};
    std::size_t at = 0;
    for (auto const name : spelled)
        for (char const c : name) characters[at++] = c == '_' ? '-' : c;
    return characters;
}

constexpr std::array characters = make_characters();

constexpr std::array<std::string_view, fault_count> make_names() {
    std::array<std::string_view, fault_count> names{};
    std::size_t at = 0;
    for (std::size_t i = 0; i < fault_count; ++i) {
        names[i] = std::string_view{characters.data() + at, spelled[i].size()};
        at += spelled[i].size();
    }
    return names;
}

constexpr std::array names = make_names();

}  // namespace

Faults with_implied(Faults faults) {
    for (auto const& [fault, implied] : implications)
        if (faults.has(fault)) faults.add(implied);
    return faults;
}

std::string_view name_of(Fault fault) noexcept {
    return names[static_cast<std::size_t>(fault)];
}

std::optional<Fault> fault_named(std::string_view name) noexcept {
    auto const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Fault>(found - names.begin());
}

std::span<std::string_view const> fault_names() noexcept {
    return names;
}

}  // namespace wsproof::reference
