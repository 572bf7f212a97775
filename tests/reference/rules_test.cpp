#include "reference_impl/protocol/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "reference_impl/protocol/frame_reader.hpp"
#include "tests/reference/kit.hpp"

namespace wsproof::reference {
namespace {

using namespace kit;
using ::testing::IsEmpty;
using wire::LengthForm;
using wire::Role;

/// Bytes that break one rule, what they lead to, and the fault that lets them through.
struct Broken {
    std::string_view name;
    Fault unless;
    unsigned code;
    std::vector<wire::Bytes> bytes;
    Role role = Role::server;
    std::string_view extensions = "";
    Options options = {};
};

wire::Bytes header_with(void (*change)(wire::FrameHeader&),
                        wire::Opcode opcode = wire::Opcode::text, std::size_t size = 5) {
    auto header = wire::header_for(opcode, size, wire::MaskingKey{});
    change(header);
    return wire::encode_frame(header, wire::Bytes(size, std::byte{'a'}));
}

constexpr std::string_view deflate = "permessage-deflate";

std::vector<Broken> broken_rules() {
    return {
        {"unmasked", Fault::accepts_unmasked, 1002, {unmasked(text("a"))}},
        {"unmasked empty ping", Fault::accepts_unmasked, 1002, {hex("8900")}},
        {"unmasked continuation",
         Fault::accepts_unmasked,
         1002,
         {masked(first(text("a"))), unmasked(continuation("b"))}},
        {"masked", Fault::accepts_masked, 1002, {masked(text("a"))}, Role::client},
        {"rsv1", Fault::accepts_rsv1, 1002, {header_with([](auto& h) { h.rsv1 = true; })}},
        {"rsv1 on ping",
         Fault::accepts_rsv1,
         1002,
         {header_with([](auto& h) { h.rsv1 = true; }, wire::Opcode::ping)}},
        {"rsv2", Fault::accepts_rsv2, 1002, {header_with([](auto& h) { h.rsv2 = true; })}},
        {"rsv2 with an extension",
         Fault::accepts_rsv2,
         1002,
         {header_with([](auto& h) { h.rsv2 = true; })},
         Role::server,
         deflate},
        {"rsv3", Fault::accepts_rsv3, 1002, {header_with([](auto& h) { h.rsv3 = true; })}},
        {"opcode 3", Fault::accepts_reserved_opcodes, 1002, {header_with([](auto& h) {
             h.opcode = wire::Opcode{3};
         })}},
        {"opcode 7", Fault::accepts_reserved_opcodes, 1002, {header_with([](auto& h) {
             h.opcode = wire::Opcode{7};
         })}},
        {"opcode 11", Fault::accepts_reserved_opcodes, 1002, {header_with([](auto& h) {
             h.opcode = wire::Opcode{11};
         })}},
        {"opcode 15", Fault::accepts_reserved_opcodes, 1002, {header_with([](auto& h) {
             h.opcode = wire::Opcode{15};
         })}},
        {"most significant bit",
         Fault::accepts_64_bit_msb,
         1002,
         {hex("82ff800000000000000500000000"), hex("6161616161")}},
        {"5 bytes in 16 bits", Fault::accepts_non_minimal_length, 1002, {header_with([](auto& h) {
             h.length_form = LengthForm::bits_16;
         })}},
        {"0 bytes in 64 bits",
         Fault::accepts_non_minimal_length,
         1002,
         {header_with([](auto& h) { h.length_form = LengthForm::bits_64; }, wire::Opcode::binary,
                      0)}},
        {"65535 bytes in 64 bits",
         Fault::accepts_non_minimal_length,
         1002,
         {header_with([](auto& h) { h.length_form = LengthForm::bits_64; }, wire::Opcode::binary,
                      65535)}},
        {"fragmented ping", Fault::accepts_fragmented_control, 1002, {masked(first(ping("a")))}},
        {"fragmented close",
         Fault::accepts_fragmented_control,
         1002,
         {masked(first(close_frame(1000)))}},
        {"long ping", Fault::accepts_long_control, 1002, {masked(ping(std::string(126, 'a')))}},
        {"long close",
         Fault::accepts_long_control,
         1002,
         {masked(close_frame(1000, std::string(124, 'a')))}},
        {"rsv1 on ping with deflate",
         Fault::accepts_rsv1_on_control,
         1002,
         {masked(compressed(ping("a")))},
         Role::server,
         deflate},
        {"rsv1 on continuation",
         Fault::accepts_rsv1_on_continuation,
         1002,
         {masked(first(compressed(Frame{wire::Opcode::text, hex("f248")}))),
          masked(compressed(Frame{wire::Opcode::continuation, hex("cdc9c90700")}))},
         Role::server,
         deflate},
        {"lone continuation", Fault::accepts_lone_continuation, 1002, {masked(continuation("a"))}},
        {"continuation after a message",
         Fault::accepts_lone_continuation,
         1002,
         {masked(text("a")), masked(continuation("b"))}},
        {"text in a message",
         Fault::accepts_interleaved_messages,
         1002,
         {masked(first(text("a"))), masked(text("b"))}},
        {"binary in an empty message",
         Fault::accepts_interleaved_messages,
         1002,
         {masked(first(text(""))), masked(ping("")), masked(binary("b"))}},
        {"too big",
         Fault::accepts_too_big_messages,
         1009,
         {masked(binary("0123456789a"))},
         Role::server,
         "",
         {.max_message_size = 10}},
        {"too big in fragments",
         Fault::accepts_too_big_messages,
         1009,
         {masked(first(binary("012345"))), masked(continuation("6789a"))},
         Role::server,
         "",
         {.max_message_size = 10}},
        {"one byte",
         Fault::accepts_one_byte_close,
         1002,
         {masked(Frame{wire::Opcode::close, hex("03")})}},
        {"code 999", Fault::accepts_any_close_code, 1002, {masked(close_frame(999))}},
        {"code 1005", Fault::accepts_any_close_code, 1002, {masked(close_frame(1005))}},
        {"code 65535", Fault::accepts_any_close_code, 1002, {masked(close_frame(65535))}},
        {"reason",
         Fault::accepts_invalid_utf8_in_close_reason,
         1007,
         {masked(close_frame(1000, "\xC3\x28"))}},
        {"invalid text", Fault::accepts_invalid_utf8, 1007, {masked(text("\xFF"))}},
        {"unfinished text", Fault::accepts_unfinished_utf8, 1007, {masked(text("\xE2\x82"))}},
        {"unfinished fragment",
         Fault::accepts_unfinished_utf8,
         1007,
         {masked(first(text("\xE2"))), masked(continuation("\x82"))}},
        {"invalid compressed text",
         Fault::accepts_invalid_utf8,
         1007,
         {masked(compressed(Frame{wire::Opcode::text, hex("000100feff8000")}))},
         Role::server,
         deflate},
        {"block type 3",
         Fault::accepts_corrupt_deflate,
         1007,
         {masked(compressed(Frame{wire::Opcode::binary, hex("06")}))},
         Role::server,
         deflate},
        {"inflates to much",
         Fault::accepts_too_big_messages,
         1009,
         {masked(compressed(Frame{wire::Opcode::binary, hex("f248cdc9c90700")}))},
         Role::server,
         deflate,
         {.max_message_size = 2}},
    };
}

Outcome play(Broken const& broken, Faults const& faults) {
    auto endpoint = opened(broken.role, broken.options, faults, broken.extensions);
    auto outcome = feed(endpoint, joined(broken.bytes));
    auto const rest = feed(endpoint, from(wire::other(broken.role), ping("sentinel")));
    wire::append(outcome.output, rest.output);
    return outcome;
}

TEST(Rules, FailTheConnectionWithTheirCode) {
    for (auto const& broken : broken_rules()) {
        auto const outcome = play(broken, {});
        EXPECT_EQ(close_code_in(outcome.output), broken.code) << broken.name;
        EXPECT_TRUE(outcome.transport_closes) << broken.name;
        EXPECT_TRUE(outcome.events.back().starts_with("failed " + std::to_string(broken.code)))
            << broken.name;
    }
}

TEST(Rules, AreLackedUnderTheirFault) {
    for (auto const& broken : broken_rules()) {
        auto const outcome = play(broken, {broken.unless});
        for (auto const& event : outcome.events)
            EXPECT_FALSE(event.starts_with("failed")) << broken.name << ": " << event;
    }
}

TEST(Rules, AreEachSwitchedOffByOneFaultThatIsTested) {
    auto const cases = broken_rules();
    auto const is_tested = [&](Fault fault) {
        return std::any_of(cases.begin(), cases.end(),
                           [&](auto const& broken) { return broken.unless == fault; });
    };
    for (auto const& rule : header_rules())
        EXPECT_TRUE(is_tested(rule.unless)) << name_of(rule.unless);
    for (auto const& rule : close_rules())
        EXPECT_TRUE(is_tested(rule.unless)) << name_of(rule.unless);
    for (auto const& rule : message_rules())
        EXPECT_TRUE(is_tested(rule.unless)) << name_of(rule.unless);
}

TEST(Rules, JudgeDeclaredLengthsBeforeThePayload) {
    for (auto const* digits : {"82ff7fffffffffffffff00000000", "82ff000000010000000500000000"}) {
        auto endpoint = server();
        EXPECT_EQ(close_code_in(feed(endpoint, hex(digits)).output), 1009U);
    }
    auto endpoint = opened(Role::server, {}, {}, deflate);
    EXPECT_EQ(close_code_in(feed(endpoint, hex("c2ff7fffffffffffffff00000000")).output), 1009U);
}

TEST(Rules, FailOnTheHeaderWhateverIsWithheld) {
    auto endpoint = server();
    EXPECT_EQ(close_code_in(feed(endpoint, hex("8105")).output), 1002U);
    auto reserved = server();
    EXPECT_EQ(close_code_in(feed(reserved, hex("83fe00c800000000")).output), 1002U);
}

/// What a reader makes of one header: the violation, or nothing.
struct Judge {
    bool on_piece(FramePiece const&) { return false; }
    bool on_violation(Violation const& violation) {
        broken = violation;
        return false;
    }
    std::optional<Violation> broken = std::nullopt;
};

std::optional<Violation> judged(wire::Bytes bytes, Receiving const& receiving) {
    FrameReader reader{receiving};
    Judge judge;
    reader.read(bytes, judge);
    return judge.broken;
}

std::vector<Receiving> all_states() {
    std::vector<Receiving> states;
    for (unsigned bits = 0; bits < 16; ++bits) {
        bool const under_way = (bits & 1U) != 0;
        states.push_back({.role = (bits & 2U) != 0 ? Role::client : Role::server,
                          .permessage_deflate = (bits & 4U) != 0,
                          .message_under_way = under_way,
                          .message_size = under_way ? 60U : 0U,
                          .max_message_size = (bits & 8U) != 0 ? 100U : 1U << 20U});
    }
    return states;
}

/// A header that begins with these two bytes, its long forms holding that length, and more than
/// enough behind it.
wire::Bytes header_of(unsigned two_bytes, std::uint64_t length) {
    wire::Bytes bytes{std::byte(two_bytes >> 8U), std::byte(two_bytes & 0xFFU)};
    bool const in_16_bits = (two_bytes & 0x7FU) == 126;
    for (unsigned shift = in_16_bits ? 16 : 64; shift > 0; shift -= 8)
        bytes.push_back(std::byte((length >> (shift - 8)) & 0xFFU));
    bytes.resize(400);
    return bytes;
}

void expect_one_verdict(unsigned two_bytes, std::uint64_t length, Receiving const& receiving) {
    auto bytes = header_of(two_bytes, length);
    auto const header = wire::decode_header(bytes)->header;
    auto const expected = broken_rule(header, receiving, Faults{});
    auto const actual = judged(std::move(bytes), receiving);
    ASSERT_EQ(actual.has_value(), expected.has_value()) << two_bytes << " " << length;
    if (expected) {
        ASSERT_EQ(actual->says, expected->says) << two_bytes << " " << length;
    }
}

/// The shortcut of the reader and the table: all first two bytes, in every state, with lengths
/// around every limit.
TEST(Rules, GiveTheVerdictOfTheReadersShortcut) {
    constexpr std::array<std::uint64_t, 10> lengths{
        0, 125, 126, 300, 65535, 65536, 1U << 20U, 1ULL << 62U, 1ULL << 63U, ~0ULL};
    for (auto const& receiving : all_states())
        for (unsigned two_bytes = 0; two_bytes < 65536; ++two_bytes) {
            bool const is_long = (two_bytes & 0x7FU) > 125;
            for (auto const length : std::span{lengths}.first(is_long ? lengths.size() : 1))
                expect_one_verdict(two_bytes, length, receiving);
        }
}

}  // namespace
}  // namespace wsproof::reference
