#include "reports/byte_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/masking.hpp"
#include "reports/model.hpp"

namespace wsproof::report {
namespace {

/// How many bytes may be spelled out, and what to say of the rest.
struct Cut {
    std::size_t shown = 0;
    std::string rest = {};
};

Cut cut_at(std::size_t longest, std::size_t kept, std::uint64_t omitted) {
    auto const shown = std::min(longest, kept);
    auto const hidden = kept - shown + omitted;
    return {shown, hidden == 0 ? "" : fmt::format(" … {} more bytes", hidden)};
}

std::string length_words(wire::FrameHeader const& header) {
    constexpr std::array<std::string_view, 3> forms{"7", "7+16", "7+64"};
    auto const form = forms[static_cast<std::size_t>(header.length_form)];
    return header.length_form == wire::LengthForm::bits_7
               ? fmt::format("length {}", header.payload_length)
               : fmt::format("length {} in {} bits", header.payload_length, form);
}

std::string first_byte_words(wire::FrameHeader const& header) {
    std::string words = header.fin ? "FIN" : "no FIN";
    if (header.rsv1) words += ", RSV1";
    if (header.rsv2) words += ", RSV2";
    if (header.rsv3) words += ", RSV3";
    return wire::is_defined(header.opcode)
               ? fmt::format("{}, {}", words, wire::name_of(header.opcode))
               : fmt::format("{}, reserved opcode {}", words, static_cast<unsigned>(header.opcode));
}

/// Payload data in the clear: its code when it is a Close frame, its text where that is readable.
std::string clear_words(wire::FrameHeader const& header, wire::ByteView clear) {
    std::string words;
    auto rest = clear;
    if (header.opcode == wire::Opcode::close && clear.size() >= 2) {
        auto const code =
            (std::to_integer<unsigned>(clear[0]) << 8U) | std::to_integer<unsigned>(clear[1]);
        words += fmt::format("status code {}", code);
        rest = rest.subspan(2);
        if (!rest.empty()) words += ", ";
    }
    if (!rest.empty()) words += "'" + printable(wire::as_text(rest)) + "'";
    return words;
}

}  // namespace

std::vector<ByteField> byte_fields(play::Entry const& entry, std::size_t longest) {
    wire::ByteView const bytes = entry.bytes;
    auto const decoded = entry.frame ? wire::decode_header(bytes) : std::nullopt;
    if (bytes.empty()) return {};
    if (!decoded) {
        auto const cut = cut_at(longest, bytes.size(), entry.omitted);
        return {{.hex = spaced_hex(bytes.first(cut.shown)) + cut.rest, .means = "bytes"}};
    }
    auto const& header = decoded->header;
    auto const key_at = decoded->size - (header.masking_key ? 4 : 0);
    using Kind = ByteField::Kind;
    std::vector<ByteField> fields{
        {.kind = Kind::first, .hex = spaced_hex(bytes.first(1)), .means = first_byte_words(header)},
        {.kind = Kind::length,
         .hex = spaced_hex(bytes.subspan(1, key_at - 1)),
         .means = fmt::format("{}{}", header.masking_key ? "MASK, " : "", length_words(header))}};
    if (header.masking_key)
        fields.push_back({.kind = Kind::masking_key,
                          .hex = spaced_hex(bytes.subspan(key_at, 4)),
                          .means = "masking key"});
    auto const payload_data = bytes.subspan(decoded->size);
    if (payload_data.empty()) return fields;
    auto const cut = cut_at(longest, payload_data.size(), entry.omitted);
    auto const shown = payload_data.first(cut.shown);
    wire::Bytes clear(shown.begin(), shown.end());
    if (header.masking_key) wire::mask(clear, *header.masking_key);
    fields.push_back({.kind = Kind::payload_data,
                      .hex = spaced_hex(shown) + cut.rest,
                      .means = clear_words(header, clear),
                      .unmasked = header.masking_key ? spaced_hex(clear) : std::string()});
    return fields;
}

std::string spaced_hex(wire::ByteView bytes) {
    auto const digits = wire::to_hex(bytes);
    std::string spaced;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        if (i != 0) spaced += ' ';
        spaced += digits.substr(i, 2);
    }
    return spaced;
}

}  // namespace wsproof::report
