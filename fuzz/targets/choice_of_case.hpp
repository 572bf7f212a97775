// The case that an input chooses, by two bytes that go on meaning the same case when others are
// added.
#pragma once

#include <cstdint>
#include <string_view>

#include "harness/script/catalogue.hpp"

namespace wsproof::fuzz {

/// 16 bits of FNV-1a.
constexpr std::uint16_t mark_of(std::string_view variant_id) {
    std::uint32_t hash = 0x811C9DC5U;
    for (char const c : variant_id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
    return static_cast<std::uint16_t>(hash ^ hash >> 16U);
}

/// The built-in variants with their rules.
struct ChosenCase {
    script::Variant const& variant;
    script::Binds binds = script::Binds::endpoint;
};
/// The one with this mark, or with the next one that there is.
ChosenCase case_marked(std::uint16_t mark);

}  // namespace wsproof::fuzz
