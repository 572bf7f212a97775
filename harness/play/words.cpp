#include "harness/play/words.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "reference_impl/wire/opcode.hpp"
#include "reference_impl/wire/utf8.hpp"

namespace wsproof::play {
namespace {

constexpr std::size_t words_limit = 80;

unsigned octet(char character) noexcept {
    return static_cast<unsigned char>(character);
}

/// Length of the well-formed character at the start of `text`, 0 when there is none.
std::size_t character_length(std::string_view text) noexcept {
    auto const first = octet(text.front());
    std::size_t length = 0;
    if (first < 0x80) length = 1;
    if (first >= 0xC2 && first < 0xE0) length = 2;
    if (first >= 0xE0 && first < 0xF0) length = 3;
    if (first >= 0xF0 && first < 0xF5) length = 4;
    if (length == 0 || length > text.size()) return 0;
    return wire::is_valid_utf8(wire::as_bytes(text.substr(0, length))) ? length : 0;
}

std::uint32_t code_point(std::string_view character) noexcept {
    constexpr std::array<unsigned, 5> lead_mask{0, 0x7F, 0x1F, 0x0F, 0x07};
    std::uint32_t value = octet(character.front()) & lead_mask.at(character.size());
    for (auto const next : character.substr(1)) value = (value << 6U) | (octet(next) & 0x3FU);
    return value;
}

/// Controls, line and paragraph separators, bidirectional marks, zero-width characters, tags.
bool is_hostile(std::uint32_t point) noexcept {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xAD || point == 0x61C ||
           point == 0x180E || (point >= 0x200B && point <= 0x200F) ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) ||
           point == 0xFEFF || (point >= 0xFFF9 && point <= 0xFFFB) || point >= 0xE0000;
}

std::string escaped(std::string_view bytes) {
    std::string out;
    for (auto const byte : bytes) out += fmt::format("\\x{:02x}", octet(byte));
    return out;
}

std::vector<std::string> oddities_of(wire::FrameHeader const& header, wire::Role sender) {
    std::vector<std::string> odd;
    if (!header.fin) odd.emplace_back("FIN 0");
    if (header.rsv1) odd.emplace_back("RSV1");
    if (header.rsv2) odd.emplace_back("RSV2");
    if (header.rsv3) odd.emplace_back("RSV3");
    auto const masked = header.masking_key.has_value();
    if (sender == wire::Role::client && !masked) odd.emplace_back("unmasked");
    if (sender == wire::Role::server && masked) odd.emplace_back("masked");
    if (header.length_form != wire::minimal_form(header.payload_length)) {
        odd.emplace_back(header.length_form == wire::LengthForm::bits_64 ? "length in 64 bits"
                                                                         : "length in 16 bits");
    }
    return odd;
}

/// The cut may go through a character.
bool begins_as_text(Told const& payload) {
    auto const& seen = payload.beginning;
    if (seen.size() == payload.size) return wire::is_valid_utf8(seen);
    for (std::size_t less = 0; less <= std::min<std::size_t>(3, seen.size()); ++less)
        if (wire::is_valid_utf8(seen.first(seen.size() - less))) return true;
    return false;
}

std::string close_body_in_words(wire::ByteView payload) {
    auto const code = close_code_of(payload);
    if (!code) {
        return payload.empty() ? close_in_words(std::nullopt)
                               : "Close with " + payload_in_words(payload);
    }
    auto const reason = payload.subspan(2);
    auto words = close_in_words(code);
    if (!reason.empty()) words += " " + payload_in_words(reason);
    return words;
}

}  // namespace

std::string printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        auto const length = character_length(text);
        auto const character = text.substr(0, length == 0 ? 1 : length);
        if (length == 0 || is_hostile(code_point(character))) {
            out += escaped(character);
        } else {
            out += character;
        }
        text.remove_prefix(character.size());
    }
    return out;
}

std::string printable(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return printable(text);
    auto cut = limit;
    while (cut > 0 && (octet(text[cut]) & 0xC0U) == 0x80) --cut;  // not within a character
    return printable(text.substr(0, cut)) + "…";
}

std::string payload_in_words(wire::ByteView payload) {
    return told_in_words(Told{payload, payload.size()});
}

std::string told_in_words(Told const& payload) {
    auto const text = wire::as_text(payload.beginning);
    if (begins_as_text(payload)) {
        if (text.size() <= words_limit) return "'" + printable(text) + "'";
        return fmt::format("'{}' ({} bytes)", printable(text, words_limit / 2),
                           grouped(payload.size));
    }
    auto const shown = payload.beginning.first(std::min<std::size_t>(payload.beginning.size(), 16));
    return fmt::format("{} byte{} {}{}", grouped(payload.size), payload.size == 1 ? "" : "s",
                       wire::to_hex(shown), shown.size() < payload.size ? "…" : "");
}

std::string frame_in_words(wire::FrameHeader const& header, wire::ByteView payload,
                           wire::Role sender) {
    return told_in_words(header, Told{payload, payload.size()}, sender);
}

std::string told_in_words(wire::FrameHeader const& header, Told const& payload, wire::Role sender) {
    std::string words;
    if (header.opcode == wire::Opcode::close) {
        words = close_body_in_words(payload.beginning);
    } else if (wire::is_defined(header.opcode)) {
        words = fmt::format("{} {}", wire::name_of(header.opcode), told_in_words(payload));
    } else {
        words = fmt::format("frame with the reserved opcode {:#x} {}",
                            static_cast<unsigned>(header.opcode), told_in_words(payload));
    }
    auto odd = oddities_of(header, sender);
    if (header.payload_length != payload.size) {
        odd.push_back("declares " + grouped(header.payload_length) + " bytes");
    }
    return odd.empty() ? words : fmt::format("{} ({})", words, fmt::join(odd, ", "));
}

std::optional<std::uint16_t> close_code_of(wire::ByteView payload) noexcept {
    if (payload.size() < 2) return std::nullopt;
    return static_cast<std::uint16_t>((std::to_integer<unsigned>(payload[0]) << 8U) |
                                      std::to_integer<unsigned>(payload[1]));
}

std::string close_in_words(std::optional<std::uint16_t> code) {
    return code ? fmt::format("Close {}", *code) : "Close without a code";
}

std::string grouped(std::uint64_t number) {
    auto digits = std::to_string(number);
    for (auto at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

}  // namespace wsproof::play
