#include "reference_impl/protocol/frame_reader.hpp"

#include <algorithm>

namespace wsproof::reference {

FrameReader::FrameReader(Receiving receiving, Faults const& faults)
    : receiving_{receiving}, faults_{faults}, honest_{!faults.any()} {}

/// False while the header is not complete; what there is of it is kept.
bool FrameReader::take_header(Cursor& cursor) noexcept {
    auto const size = std::min(carry_.size() - carried_, cursor.left());
    std::copy_n(cursor.at, size, carry_.data() + carried_);
    if (faults_.has(Fault::assumes_masked_frames)) carry_[1] |= std::byte{0x80};
    auto const decoded = wire::decode_header({carry_.data(), carried_ + size});
    if (!decoded) {
        carried_ += size;
        cursor.at = cursor.end;
        return false;
    }
    cursor.at += decoded->size - carried_;
    carried_ = 0;
    header_ = decoded->header;
    return true;
}

/// The mistakes that mutants make with headers, each as some server has made it.
void FrameReader::misread_header() {
    auto const length = header_.payload_length;
    misread_first_byte();
    auto& key = header_.masking_key;
    bool const in_16_bits = header_.length_form == wire::LengthForm::bits_16;
    if (faults_.has(Fault::accepts_64_bit_msb) && (length >> 63U) != 0)
        misread_length(length & ~(std::uint64_t{1} << 63U));
    if (faults_.has(Fault::cuts_64_bit_lengths_to_32) && length > 0xFFFFFFFFU)
        misread_length(length & 0xFFFFFFFFU);
    bool const is_negative = length > 0x7FFFFFFFU && length <= 0xFFFFFFFFU;
    if (faults_.has(Fault::reads_32_bit_lengths_as_signed) && is_negative) misread_length(0);
    if (faults_.has(Fault::reads_16_bit_lengths_as_signed) && in_16_bits && length > 0x7FFF)
        misread_length(length | 0xFFFFFFFFFFFF0000U);
    if (faults_.has(Fault::reads_16_bit_lengths_in_wrong_order) && in_16_bits)
        misread_length((length >> 8U) | ((length & 0xFFU) << 8U));
    if (faults_.has(Fault::misreads_64_bit_length) && length > 0xFFFFU)
        misread_length(length & 0xFFFFU);
    bool const is_minimal = header_.length_form == wire::minimal_form(length);
    loses_payload_ = faults_.has(Fault::loses_payload_of_non_minimal_length) && !is_minimal;
    if (loses_payload_) misread_length(length);
    bool const is_continuation = header_.opcode == wire::Opcode::continuation;
    if (faults_.has(Fault::takes_empty_fragments_for_the_end) && is_continuation && length == 0)
        header_.fin = true;
    if (faults_.has(Fault::ignores_masking_key) && key) key = wire::MaskingKey{};
    if (faults_.has(Fault::unmasks_with_the_first_key) && key) {
        if (first_key_ == wire::MaskingKey{}) first_key_ = *key;
        key = first_key_;
    }
}

void FrameReader::misread_first_byte() noexcept {
    if (faults_.has(Fault::ignores_reserved_bits))
        header_.rsv1 = header_.rsv2 = header_.rsv3 = false;
    bool const continued = faults_.has(Fault::accepts_continued_control);
    if (continued && is_control(header_.opcode)) header_.fin = true;
    bool const lone = header_.opcode == wire::Opcode::continuation && !receiving_.message_under_way;
    if (lone && (continued || faults_.has(Fault::ignores_lone_continuations))) {
        header_.opcode = wire::Opcode::pong;  // passed over like a Pong that nobody asked for
        header_.fin = true;
    }
}

/// Takes an empty buffer for "no message".
void FrameReader::miscount_frame() noexcept {
    unmasked_before_ += last_length_;
    last_length_ = header_.payload_length;
    if (faults_.has(Fault::forgets_empty_first_fragments) && receiving_.message_size == 0)
        forget_message();
    if (faults_.has(Fault::limits_frames_alone)) receiving_.message_size = 0;
}

/// 5.3: octet i of the payload data goes with octet i mod 4 of the key, however it is cut into
/// reads.
std::size_t FrameReader::key_offset() const noexcept {
    if (faults_.has(Fault::unmasks_every_read_from_the_start)) return 0;
    auto const before = faults_.has(Fault::carries_masking_offset_over) ? unmasked_before_ : 0;
    return static_cast<std::size_t>((before + payload_read_) % 4);
}

/// All of it; a mutant that unmasks four bytes at a time forgets what is left over.
std::span<std::byte> FrameReader::unmaskable(std::span<std::byte> payload) const noexcept {
    if (!faults_.has(Fault::leaves_the_tail_masked)) return payload;
    return payload.first(payload.size() - payload.size() % 4);
}

/// Takes the length for another one, without noticing the form it came in.
void FrameReader::misread_length(std::uint64_t length) {
    header_.payload_length = length;
    header_.length_form = wire::minimal_form(length);
}

}  // namespace wsproof::reference
