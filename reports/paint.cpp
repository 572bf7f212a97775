#include "reports/paint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/model.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

struct Mark {
    std::string_view sign;
    std::string_view ascii;
    char letter;  ///< of which ASCII makes a single character
    Colour colour;
};

Mark mark_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass:
            return {"✓", "ok", '+', Colour::green};
        case Verdict::lenient:
            return {"!", "warn", '!', Colour::yellow};
        case Verdict::fail:
            return {"✗", "FAIL", 'x', Colour::red};
        case Verdict::note:
            return {"i", "note", 'i', Colour::blue};
        case Verdict::skipped:
            return {"–", "skip", '-', Colour::grey};
        case Verdict::inconclusive:
            return {"?", "unsure", '?', Colour::yellow};
        case Verdict::broken:
            return {"‼", "BROKEN", 'B', Colour::red};
    }
    return {"‼", "BROKEN", 'B', Colour::red};
}

std::string_view sequence(Colour colour) {
    constexpr std::array<std::string_view, 7> sequences{"", "31", "32", "33", "34", "90", "1"};
    return sequences[static_cast<std::size_t>(colour)];
}

bool is_ascii(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}

}  // namespace

std::string Paint::in(Colour colour, std::string_view text) const {
    if (!colour_ || colour == Colour::plain) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", sequence(colour), text);
}

std::string Paint::mark(Verdict verdict) const {
    auto const mark = mark_of(verdict);
    return in(mark.colour, ascii_ ? mark.ascii : mark.sign);
}

std::string Paint::sign(Verdict verdict) const {
    auto const mark = mark_of(verdict);
    return ascii_ ? std::string(1, mark.letter) : std::string(mark.sign);
}

Colour colour_of(Verdict verdict) {
    return mark_of(verdict).colour;
}

std::string Paint::words(std::string_view text) const {
    auto shown = printable(text);
    if (!ascii_) return shown;
    replace_all(shown, "…", "...");
    replace_all(shown, "•••", "***");
    std::string plain;
    for (char const c : shown)
        plain += is_ascii(c) ? std::string(1, c)
                             : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    return plain;
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
    std::string lines;
    std::size_t used = indent;
    while (!text.empty()) {
        auto const end = std::min(text.find(' '), text.size());
        auto const word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        auto const size = width_of(word);
        if (used > indent && used + 1 + size > width) {
            lines += "\n" + std::string(indent, ' ');
            used = indent;
        } else if (used > indent) {
            lines += ' ';
            ++used;
        }
        lines += word;
        used += size;
    }
    return lines;
}

std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::string padded(std::string text, std::size_t width) {
    auto const used = width_of(text);
    if (used < width) text.append(width - used, ' ');
    return text;
}

}  // namespace wsproof::report
