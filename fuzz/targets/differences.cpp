#include "fuzz/targets/differences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reference_impl/wire/close_status.hpp"
#include "reference_impl/wire/utf8.hpp"

namespace wsproof::fuzz {
namespace {

using End = Heard::End;

std::string_view name_of(End end) {
    switch (end) {
        case End::open:
            return "open";
        case End::closed:
            return "closed";
        case End::failed:
            return "failed";
    }
    return "";
}

std::string in_words(Heard const& heard) {
    auto words = fmt::format("{}, {} messages, {} pings", name_of(heard.end), heard.messages.size(),
                             heard.pings.size());
    if (heard.got) words += fmt::format(", got Close {}", *heard.got);
    if (heard.sent) words += fmt::format(", sent Close {}", *heard.sent);
    if (heard.end == End::failed) words += fmt::format(" ({})", heard.why);
    return words;
}

bool only_one_failed(Comparison const& c) {
    return (c.ours.end == End::failed) != (c.theirs.end == End::failed);
}

Heard const& who_failed(Comparison const& c) {
    return c.ours.end == End::failed ? c.ours : c.theirs;
}

Heard const& who_went_on(Comparison const& c) {
    return c.ours.end == End::failed ? c.theirs : c.ours;
}

bool failed_with(Heard const& heard, wire::StatusCode code) {
    return heard.end == End::failed && heard.sent == code;
}

/// 10.4: how much somebody takes is its own affair, and so is when it looks.
bool is_about_size(Comparison const& c) {
    return failed_with(c.ours, 1009) || failed_with(c.theirs, 1009);
}

/// 8.1, RFC 7692 7.2.2: of a message that lacks its end nobody need say yet that it is wrong.
bool is_about_an_unfinished_message(Comparison const& c) {
    if (!only_one_failed(c) || !c.ends_inside_message) return false;
    auto const& failed = who_failed(c);
    auto const& waits = who_went_on(c);
    bool const has_no_more = std::ranges::equal(failed.messages, waits.messages) &&
                             failed.pings.size() <= waits.pings.size();
    bool const is_of_content = failed.sent == 1007 || (c.deflate && failed.sent == 1002);
    return waits.end == End::open && has_no_more && is_of_content;
}

/// Which codes are taken in a Close frame, and the code that fails for one: 7.4.2 names no code
/// for it, 7.4.1 leaves the registry open, and Beast's table is older than 1012 to 1014.
bool is_about_a_close_code(Comparison const& c) {
    auto const has_close = [](Heard const& heard) { return heard.end != End::open; };
    if (!has_close(c.ours) || !has_close(c.theirs) || !only_one_failed(c)) return false;
    auto const got = who_went_on(c).got;
    constexpr wire::StatusCode first_unknown_to_beast = 1012;
    return who_went_on(c).end == End::closed && got &&
           (*got >= first_unknown_to_beast || wire::is_reserved_for_apis(*got));
}

/// Invalid UTF-8 in a reason: 8.1 speaks of 1007, 5.5.1 makes it a malformed frame; Beast says
/// 1002.
bool is_about_the_code_for_a_reason(Comparison const& c) {
    return failed_with(c.ours, 1007) && failed_with(c.theirs, 1002);
}

/// RFC 7692 7.2.2 names no code for what cannot be inflated.
bool is_about_the_code_for_deflate(Comparison const& c) {
    return c.deflate && failed_with(c.ours, 1007) && c.theirs.end == End::failed;
}

/// The beginning of a text, cut within its last character.
bool ends_within_a_character(wire::ByteView text) {
    constexpr std::size_t longest_rest = 3;
    if (wire::is_valid_utf8(text)) return false;
    for (std::size_t rest = 1; rest <= std::min(longest_rest, text.size()); ++rest)
        if (wire::is_valid_utf8(text.first(text.size() - rest))) return true;
    return false;
}

/// Theirs to mend: Beast does not look at a text again when an empty fragment ends it, and
/// delivers it (5.6, 8.1).
bool is_about_an_empty_end(Comparison const& c) {
    auto const count = c.ours.messages.size();
    if (!failed_with(c.ours, 1007) || c.theirs.messages.size() <= count) return false;
    auto const& more = c.theirs.messages[count];
    return more.is_text && ends_within_a_character(more.data);
}

/// One has heard what the other has, and perhaps more.
bool has_heard(Heard const& one, Heard const& other) {
    auto const is_prefix = [](auto const& front, auto const& whole) {
        return front.size() <= whole.size() &&
               std::equal(front.begin(), front.end(), whole.begin());
    };
    return is_prefix(other.messages, one.messages) && is_prefix(other.pings, one.pings);
}

/// Theirs to mend: Beast takes a block with BFINAL set for the end of the stream (RFC 7692
/// 7.2.3.4).
bool is_about_final_blocks(Comparison const& c) {
    return c.deflate && has_heard(c.ours, c.theirs) &&
           c.theirs.why == "unexpected end of deflate stream";
}

/// Data that end within a block: zlib gives what it has, and RFC 7692 7.2.2 names no duty.
bool is_about_data_without_end(Comparison const& c) {
    return c.deflate && has_heard(c.theirs, c.ours) &&
           c.ours.why.find("cannot be inflated") != std::string::npos;
}

struct Excuse {
    bool (*covers)(Comparison const&) = nullptr;
    std::string_view reason = {};
};

constexpr std::array excuses{
    Excuse{is_about_size, "limits are everybody's own (10.4)"},
    Excuse{is_about_an_unfinished_message, "a message may be judged when it is whole (8.1)"},
    Excuse{is_about_an_empty_end, "Beast takes a text that an empty fragment ends (8.1)"},
    Excuse{is_about_final_blocks, "Beast cannot read a final block (RFC 7692 7.2.3.4)"},
    Excuse{is_about_data_without_end, "data may end within a block (RFC 7692 7.2.2)"},
    Excuse{is_about_a_close_code, "the codes that are taken differ (7.4.1, 7.4.2)"},
    Excuse{is_about_the_code_for_a_reason, "5.5.1 and 8.1 have a code each"},
    Excuse{is_about_the_code_for_deflate, "RFC 7692 7.2.2 names no code"},
};

}  // namespace

std::optional<std::string> difference_in(Comparison const& c) {
    auto const& ours = c.ours;
    auto const& theirs = c.theirs;
    bool const same_code = ours.end != End::failed || ours.sent == theirs.sent;
    bool const alike = ours.messages == theirs.messages && ours.pings == theirs.pings &&
                       ours.end == theirs.end && ours.got == theirs.got && same_code;
    if (alike) return std::nullopt;
    return fmt::format("ours: {}; theirs: {}", in_words(ours), in_words(theirs));
}

std::optional<std::string_view> excuse_for(Comparison const& comparison) {
    auto const excuse = std::ranges::find_if(
        excuses, [&](Excuse const& candidate) { return candidate.covers(comparison); });
    return excuse == excuses.end() ? std::nullopt : std::optional{excuse->reason};
}

}  // namespace wsproof::fuzz
