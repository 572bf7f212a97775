#include "reference_impl/wire/frame.hpp"

#include <gtest/gtest.h>

#include "tests/wire/vectors.hpp"

namespace wsproof::wire {
namespace {

constexpr MaskingKey rfc_key{std::byte{0x37}, std::byte{0xFA}, std::byte{0x21}, std::byte{0x3D}};

std::vector<std::uint64_t> lengths_of(LengthForm form) {
    if (form == LengthForm::bits_7) return {0, 1, 124, 125};
    if (form == LengthForm::bits_16) return {0, 125, 126, 127, 255, 256, 65534, 65535};
    return {0,
            126,
            65535,
            65536,
            0x0102030405060708,
            0x7FFFFFFFFFFFFFFF,
            0x8000000000000000,
            0xFFFFFFFFFFFFFFFF};
}

std::size_t expected_size(FrameHeader const& header) {
    std::size_t const extended = header.length_form == LengthForm::bits_7    ? 0
                                 : header.length_form == LengthForm::bits_16 ? 2
                                                                             : 8;
    return 2 + extended + (header.masking_key ? 4 : 0);
}

template <typename Visit>
void for_every_header(Visit visit) {
    for (unsigned first = 0; first < 256; ++first)
        for (auto const form : {LengthForm::bits_7, LengthForm::bits_16, LengthForm::bits_64})
            for (auto const length : lengths_of(form))
                for (bool const masked : {false, true})
                    visit(FrameHeader{.fin = (first & 0x80) != 0,
                                      .rsv1 = (first & 0x40) != 0,
                                      .rsv2 = (first & 0x20) != 0,
                                      .rsv3 = (first & 0x10) != 0,
                                      .opcode = static_cast<Opcode>(first & 0xF),
                                      .masking_key = masked ? std::optional(rfc_key) : std::nullopt,
                                      .payload_length = length,
                                      .length_form = form},
                          first);
}

TEST(FrameHeader, ComesBackFromTheWireInEveryCombination) {
    for_every_header([](FrameHeader const& header, unsigned first) {
        Bytes wire;
        encode_header(header, wire);
        ASSERT_EQ(wire.size(), expected_size(header));
        ASSERT_EQ(wire[0], static_cast<std::byte>(first));
        auto const decoded = decode_header(wire);
        ASSERT_TRUE(decoded);
        ASSERT_EQ(decoded->header, header);
        ASSERT_EQ(decoded->size, wire.size());
    });
}

TEST(FrameHeader, WaitsForItsLastByteAndTakesNoMore) {
    for_every_header([](FrameHeader const& header, unsigned) {
        Bytes wire;
        encode_header(header, wire);
        for (std::size_t size = 0; size < wire.size(); ++size)
            ASSERT_FALSE(decode_header(ByteView(wire).first(size)));
        auto const size = wire.size();
        append(wire, as_bytes("payload"));
        ASSERT_EQ(decode_header(wire)->size, size);
    });
}

TEST(FrameHeader, HasNoForbiddenFirstTwoBytes) {
    for (unsigned value = 0; value <= 0xFFFF; ++value) {
        Bytes wire(max_header_size);
        wire[0] = static_cast<std::byte>(value >> 8);
        wire[1] = static_cast<std::byte>(value & 0xFF);
        auto const decoded = decode_header(wire);
        ASSERT_TRUE(decoded) << value;
        Bytes again;
        encode_header(decoded->header, again);
        ASSERT_EQ(again, Bytes(wire.begin(), wire.begin() + static_cast<long>(decoded->size)));
    }
}

TEST(FrameHeader, KeepsTheLowBitsOfALengthThatItsFormCannotHold) {
    Bytes wire;
    encode_header({.payload_length = 128 + 5, .length_form = LengthForm::bits_7}, wire);
    encode_header({.payload_length = 0x1ABCD, .length_form = LengthForm::bits_16}, wire);
    EXPECT_EQ(to_hex(wire),
              "8105"
              "817eabcd");
}

TEST(FrameHeader, IsWrittenInNetworkByteOrder) {
    Bytes wire;
    encode_header({.masking_key = rfc_key,
                   .payload_length = 0x0102030405060708,
                   .length_form = LengthForm::bits_64},
                  wire);
    EXPECT_EQ(to_hex(wire), "81ff010203040506070837fa213d");
}

TEST(FrameHeader, ForAPayloadUsesTheMinimalForm) {
    EXPECT_EQ(header_for(Opcode::binary, 125).length_form, LengthForm::bits_7);
    EXPECT_EQ(header_for(Opcode::binary, 126).length_form, LengthForm::bits_16);
    EXPECT_EQ(header_for(Opcode::binary, 65535).length_form, LengthForm::bits_16);
    EXPECT_EQ(header_for(Opcode::binary, 65536).length_form, LengthForm::bits_64);
    EXPECT_EQ(header_for(Opcode::ping, 3, rfc_key),
              (FrameHeader{.opcode = Opcode::ping, .masking_key = rfc_key, .payload_length = 3}));
}

TEST(Frame, EncodesTheExamplesOfTheRfc) {
    auto const& examples = vectors()["frames_5_7"];
    auto const hello = as_bytes("Hello");
    EXPECT_EQ(encode_frame(header_for(Opcode::text, 5, rfc_key), hello),
              bytes_of(examples["text_hello_masked"]));
    EXPECT_EQ(encode_frame(header_for(Opcode::text, 5), hello),
              bytes_of(examples["text_hello_unmasked"]));
    EXPECT_EQ(encode_frame(header_for(Opcode::ping, 5), hello),
              bytes_of(examples["ping_unmasked"]));
    EXPECT_EQ(encode_frame(header_for(Opcode::pong, 5, rfc_key), hello),
              bytes_of(examples["pong_masked"]));
    auto first = header_for(Opcode::text, 3);
    first.fin = false;
    EXPECT_EQ(encode_frame(first, as_bytes("Hel")), bytes_of(examples["frag_unmasked"][0]));
    EXPECT_EQ(encode_frame(header_for(Opcode::continuation, 2), as_bytes("lo")),
              bytes_of(examples["frag_unmasked"][1]));
}

TEST(Frame, DeclaresWhatTheHeaderSaysNotWhatItCarries) {
    EXPECT_EQ(to_hex(encode_frame({.payload_length = 9}, as_bytes("ab"))), "81096162");
}

}  // namespace
}  // namespace wsproof::wire
