#include "reference_impl/protocol/text_check.hpp"

#include <algorithm>

namespace wsproof::reference {
namespace {

bool has_gap(Faults const& faults) {
    return faults.has(Fault::accepts_surrogates) || faults.has(Fault::accepts_overlong) ||
           faults.has(Fault::accepts_above_10ffff) ||
           faults.has(Fault::accepts_five_byte_characters) ||
           faults.has(Fault::accepts_broken_characters) ||
           faults.has(Fault::accepts_lone_continuation_bytes) ||
           faults.has(Fault::refuses_non_ascii_text) || faults.has(Fault::rejects_noncharacters);
}

}  // namespace

bool GappyUtf8::feed(wire::ByteView bytes) {
    for (auto const octet : bytes) {
        auto const byte = std::to_integer<unsigned>(octet);
        bool const continues = (byte & 0xC0U) == 0x80U;
        if (pending_ > 0 && continues) {
            character_ = character_ << 6U | (byte & 0x3FU);
            if (--pending_ == 0) possible_ = possible_ && may_be(character_);
            continue;
        }
        bool const broken = pending_ > 0;
        if (broken && !faults_.has(Fault::accepts_broken_characters)) possible_ = false;
        possible_ = begin_character(byte) && possible_;
    }
    return possible_;
}

bool GappyUtf8::begin_character(unsigned byte) {
    if (byte < 0x80U) return pending_ = 0, true;
    if (faults_.has(Fault::refuses_non_ascii_text)) return false;
    if (byte < 0xC0U) return faults_.has(Fault::accepts_lone_continuation_bytes);
    size_ = byte < 0xE0U ? 2U : byte < 0xF0U ? 3U : byte < 0xF8U ? 4U : byte < 0xFCU ? 5U : 6U;
    pending_ = size_ - 1;
    character_ = byte & (0x7FU >> size_);
    if (byte >= 0xFEU) return false;
    return size_ < 5 || faults_.has(Fault::accepts_five_byte_characters);
}

bool GappyUtf8::may_be(std::uint32_t character) const {
    if (size_ > 4) return true;  // begin_character has judged it
    constexpr std::uint32_t smallest[]{0, 0, 0x80, 0x800, 0x10000};
    if (character < smallest[size_]) return faults_.has(Fault::accepts_overlong);
    if (character >= 0xD800 && character <= 0xDFFF) return faults_.has(Fault::accepts_surrogates);
    if (character > 0x10FFFF) return faults_.has(Fault::accepts_above_10ffff);
    bool const is_noncharacter =
        (character & 0xFFFEU) == 0xFFFEU || (character >= 0xFDD0 && character <= 0xFDEF);
    return !is_noncharacter || !faults_.has(Fault::rejects_noncharacters);
}

TextCheck::TextCheck(Faults const& faults)
    : faults_{faults}, has_gap_{has_gap(faults)}, gappy_{faults} {}

/// What there is of the first 1,024 bytes of the text.
wire::ByteView TextCheck::beginning(wire::ByteView bytes) {
    constexpr std::size_t checked = 1024;
    auto const left = checked - std::min(checked, fed_);
    fed_ += bytes.size();
    return bytes.first(std::min(left, bytes.size()));
}

void TextCheck::reset() {
    possible_ = true;
    fed_ = 0;
    strict_.reset();
    if (has_gap_) gappy_ = GappyUtf8{faults_};
}

}  // namespace wsproof::reference
