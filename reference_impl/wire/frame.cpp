#include "reference_impl/wire/frame.hpp"

#include <algorithm>
#include <array>

namespace wsproof::wire {
namespace {

constexpr std::uint8_t fin_bit = 0x80;
constexpr std::uint8_t rsv1_bit = 0x40;
constexpr std::uint8_t rsv2_bit = 0x20;
constexpr std::uint8_t rsv3_bit = 0x10;
constexpr std::uint8_t opcode_bits = 0x0F;
constexpr std::uint8_t mask_bit = 0x80;
constexpr std::uint8_t length_bits = 0x7F;
constexpr std::uint8_t length_16_follows = 126;
constexpr std::uint8_t length_64_follows = 127;

constexpr std::size_t extended_length_size(LengthForm form) noexcept {
    if (form == LengthForm::bits_7) return 0;
    return form == LengthForm::bits_16 ? 2 : 8;
}

constexpr LengthForm form_of(std::uint8_t seven_bits) noexcept {
    if (seven_bits < length_16_follows) return LengthForm::bits_7;
    return seven_bits == length_16_follows ? LengthForm::bits_16 : LengthForm::bits_64;
}

std::uint64_t read_big_endian(ByteView bytes) noexcept {
    std::uint64_t value = 0;
    for (auto const byte : bytes) value = value << 8 | std::to_integer<std::uint64_t>(byte);
    return value;
}

std::uint8_t first_byte(FrameHeader const& header) noexcept {
    unsigned bits = static_cast<unsigned>(header.opcode) & opcode_bits;
    if (header.fin) bits |= fin_bit;
    if (header.rsv1) bits |= rsv1_bit;
    if (header.rsv2) bits |= rsv2_bit;
    if (header.rsv3) bits |= rsv3_bit;
    return static_cast<std::uint8_t>(bits);
}

std::uint8_t second_byte(FrameHeader const& header) noexcept {
    auto bits = static_cast<unsigned>(header.payload_length & length_bits);
    if (header.length_form == LengthForm::bits_16) bits = length_16_follows;
    if (header.length_form == LengthForm::bits_64) bits = length_64_follows;
    if (header.masking_key) bits |= mask_bit;
    return static_cast<std::uint8_t>(bits);
}

}  // namespace

std::optional<DecodedHeader> decode_header(ByteView bytes) noexcept {
    if (bytes.size() < 2) return std::nullopt;
    auto const first = std::to_integer<std::uint8_t>(bytes[0]);
    auto const second = std::to_integer<std::uint8_t>(bytes[1]);
    auto const seven_bits = static_cast<std::uint8_t>(second & length_bits);
    auto const form = form_of(seven_bits);
    auto const extended = extended_length_size(form);
    bool const masked = (second & mask_bit) != 0;
    std::size_t const size = 2 + extended + (masked ? 4 : 0);
    if (bytes.size() < size) return std::nullopt;

    DecodedHeader decoded{.header = {.fin = (first & fin_bit) != 0,
                                     .rsv1 = (first & rsv1_bit) != 0,
                                     .rsv2 = (first & rsv2_bit) != 0,
                                     .rsv3 = (first & rsv3_bit) != 0,
                                     .opcode = static_cast<Opcode>(first & opcode_bits),
                                     .payload_length = seven_bits,
                                     .length_form = form},
                          .size = size};
    if (extended != 0) decoded.header.payload_length = read_big_endian(bytes.subspan(2, extended));
    if (masked)
        std::copy_n(bytes.data() + size - 4, 4, decoded.header.masking_key.emplace().data());
    return decoded;
}

std::size_t encode_header(FrameHeader const& header,
                          std::span<std::byte, max_header_size> to) noexcept {
    to[0] = std::byte{first_byte(header)};
    to[1] = std::byte{second_byte(header)};
    std::size_t size = 2;
    for (auto left = extended_length_size(header.length_form); left != 0; --left)
        to[size++] = static_cast<std::byte>(header.payload_length >> (8 * (left - 1)) & 0xFF);
    if (!header.masking_key) return size;
    std::copy_n(header.masking_key->data(), 4, to.data() + size);
    return size + 4;
}

void encode_header(FrameHeader const& header, Bytes& to) {
    std::array<std::byte, max_header_size> bytes{};
    append(to, ByteView(bytes).first(encode_header(header, bytes)));
}

Bytes encode_frame(FrameHeader const& header, ByteView payload_data) {
    Bytes frame;
    frame.reserve(max_header_size + payload_data.size());
    encode_header(header, frame);
    auto const header_size = frame.size();
    append(frame, payload_data);
    if (header.masking_key) mask(std::span(frame).subspan(header_size), *header.masking_key);
    return frame;
}

FrameHeader header_for(Opcode opcode, std::uint64_t payload_length,
                       std::optional<MaskingKey> masking_key) noexcept {
    return {.opcode = opcode,
            .masking_key = masking_key,
            .payload_length = payload_length,
            .length_form = minimal_form(payload_length)};
}

}  // namespace wsproof::wire
