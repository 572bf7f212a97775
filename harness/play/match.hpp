// Patterns of the case language: what fits them, and how they read (docs/case-language.md).
#pragma once

#include <string>

#include "harness/play/encode.hpp"
#include "harness/play/event.hpp"
#include "harness/script/case.hpp"

namespace wsproof::play {

/// How well an event fits a pattern. What fits loosely counts only where nothing else fits, and is
/// lenient.
enum class Fit : std::uint8_t {
    no,
    yes,
    begins,          ///< a Close frame: the end of the transport has to follow
    loosely,         ///< dropped TCP where a Close frame or a response should have come (7.1.7)
    begins_loosely,  ///< a Close frame with another code than asked for
};

Fit matches(script::Pattern const& pattern, Event const& event, Encoding const& encoding);

/// "text 'Hello'", "Close 1002 and the end of the connection".
std::string in_words(script::Pattern const& pattern);

/// What the pattern is about, besides data messages, closing and ends, which are always looked at.
struct Interest {
    bool pings = false;
    bool pongs = false;
    bool fragments = false;  ///< single frames of messages
    bool interim = false;    ///< responses before the final one
    bool end = false;        ///< how the connection ends
    bool silence = false;
    bool messages = false;

    void merge(Interest const& other) noexcept;
};
Interest interest_of(script::Pattern const& pattern);

}  // namespace wsproof::play
