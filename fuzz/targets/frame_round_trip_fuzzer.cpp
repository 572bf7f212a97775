// A stream of frames: what is decoded is encoded to the same bytes, and the rules of the reference
// find fault with a header exactly where the RFC does. Nothing is allocated.
#include <array>
#include <span>

#include "fuzz/target.hpp"
#include "fuzz/targets/input.hpp"
#include "fuzz/targets/legal.hpp"
#include "reference_impl/protocol/rules.hpp"

namespace wsproof::fuzz {
namespace {

WSPROOF_FUZZ_UNGUIDED void check_encoding(wire::ByteView bytes,
                                          wire::DecodedHeader const& decoded) {
    std::array<std::byte, wire::max_header_size> written{};
    auto const size = wire::encode_header(decoded.header, written);
    require(size == decoded.size && wire::equal(std::span(written).first(size), bytes.first(size)),
            "a header encoded to the bytes it was decoded from",
            [&] { return wire::to_hex(std::span(written).first(size)); });
    auto const again = wire::decode_header(std::span(written).first(size));
    require(again && again->header == decoded.header, "the same header decoded once more");
    require(!wire::decode_header(bytes.first(size - 1)), "no header out of too few bytes");
}

WSPROOF_FUZZ_UNGUIDED void check_rules(wire::FrameHeader const& header,
                                       reference::Receiving const& receiving) {
    auto const fault = fault_of(header, {.sender = wire::other(receiving.role),
                                         .permessage_deflate = receiving.permessage_deflate,
                                         .message_under_way = receiving.message_under_way});
    auto const broken = reference::broken_rule(header, receiving, {});
    require(!fault || broken, fault.value_or(""), [] { return "taken for legal"; });
    require(fault || !broken, "a legal frame accepted", [&] { return std::string(broken->says); });
}

}  // namespace

WSPROOF_FUZZ_TARGET(frame_round_trip) {
    Input input(data);
    auto const choices = input.byte();
    reference::Receiving receiving{
        .role = has_bit(choices, 0) ? wire::Role::client : wire::Role::server,
        .permessage_deflate = has_bit(choices, 1),
        .message_under_way = has_bit(choices, 2)};
    // What came before tells on a frame by one bit: a few frames show all there is.
    for (int frames = 0; frames < 3; ++frames) {
        auto const decoded = wire::decode_header(input.rest());
        if (!decoded) return;
        auto const& header = decoded->header;
        check_encoding(input.rest(), *decoded);
        check_rules(header, receiving);
        if (!wire::is_control(header.opcode)) receiving.message_under_way = !header.fin;
        input.take(decoded->size);
        input.take(static_cast<std::size_t>(header.payload_length));
    }
}

}  // namespace wsproof::fuzz
