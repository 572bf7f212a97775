// The bits of the base framing protocol (RFC 6455 5.2): layout only, no opinion on what is allowed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/masking.hpp"
#include "reference_impl/wire/opcode.hpp"

namespace wsproof::wire {

/// How the payload length is written: 7, 7+16 or 7+64 bits.
enum class LengthForm : std::uint8_t { bits_7, bits_16, bits_64 };

/// The shortest form that can hold the length, which 5.2 demands of senders.
constexpr LengthForm minimal_form(std::uint64_t payload_length) noexcept {
    if (payload_length <= 125) return LengthForm::bits_7;
    return payload_length <= 0xFFFF ? LengthForm::bits_16 : LengthForm::bits_64;
}

struct FrameHeader {
    bool fin = true;
    bool rsv1 = false;
    bool rsv2 = false;
    bool rsv3 = false;
    Opcode opcode = Opcode::text;
    std::optional<MaskingKey> masking_key = std::nullopt;
    std::uint64_t payload_length = 0;  ///< as declared, most significant bit included
    LengthForm length_form = LengthForm::bits_7;

    bool operator==(FrameHeader const&) const = default;
};

inline constexpr std::size_t max_header_size = 14;

struct DecodedHeader {
    FrameHeader header;
    std::size_t size = 0;  ///< bytes that the header took, 2 to 14
};

/// Reads a header from the start of `bytes`; nothing while more bytes are needed. Every sequence of
/// enough bytes is a header here: what is forbidden is for the rules to say.
std::optional<DecodedHeader> decode_header(ByteView bytes) noexcept;

/// Writes the header as it is described, legal or not: a `length_form` too short for the length
/// keeps the low bits. How many bytes it took.
std::size_t encode_header(FrameHeader const& header,
                          std::span<std::byte, max_header_size> to) noexcept;
void encode_header(FrameHeader const& header, Bytes& to);

/// A whole frame; the payload data is masked on the way if the header has a masking key. The length
/// that is declared is the header's, not that of the payload data.
Bytes encode_frame(FrameHeader const& header, ByteView payload_data);

/// A legal header for a payload of this length: minimal form.
FrameHeader header_for(Opcode opcode, std::uint64_t payload_length,
                       std::optional<MaskingKey> masking_key = std::nullopt) noexcept;

}  // namespace wsproof::wire
