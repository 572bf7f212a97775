// Where our endpoint and Boost.Beast 1.81 differ, each with the reason and the section of the RFC.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fuzz/targets/hearing_endpoint.hpp"

namespace wsproof::fuzz {

/// What both were told, and what each made of it.
struct Comparison {
    bool deflate = false;
    bool ends_inside_message = false;  ///< the stream does: its last message lacks the end
    Heard ours = {};
    Heard theirs = {};
};

/// What differs, in words; nothing where they agree. Codes are compared only of who failed.
std::optional<std::string> difference_in(Comparison const& comparison);

/// Why a difference is allowed; nothing: it is not.
std::optional<std::string_view> excuse_for(Comparison const& comparison);

}  // namespace wsproof::fuzz
