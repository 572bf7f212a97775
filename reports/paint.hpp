// Marks, colours and line breaks of the terminal report. A mark always says what a colour says.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "harness/play/verdict.hpp"

namespace wsproof::report {

enum class Colour : std::uint8_t { plain, red, green, yellow, blue, grey, bold };

class Paint {
public:
    Paint(bool colour, bool ascii) : colour_(colour), ascii_(ascii) {}

    std::string in(Colour colour, std::string_view text) const;
    std::string mark(play::Verdict verdict) const;
    /// A single character, without its colour.
    std::string sign(play::Verdict verdict) const;
    /// " · " between alternatives.
    std::string separator() const { return ascii_ ? " | " : " · "; }
    /// Our own words less what is not ASCII, when that is asked for; a peer's become \xNN.
    std::string words(std::string_view text) const;

private:
    bool colour_;
    bool ascii_;
};

Colour colour_of(play::Verdict verdict);

/// Breaks at blanks so that no line is wider, if that can be; every line but the first is indented.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width);

/// Characters, not bytes.
std::size_t width_of(std::string_view text);
std::string padded(std::string text, std::size_t width);

}  // namespace wsproof::report
