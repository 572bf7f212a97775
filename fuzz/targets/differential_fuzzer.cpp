// The same bytes behind the opening handshake to our endpoint and to Boost.Beast: both hear the
// same messages and Pings, and come to the same end. Input: a byte of choices (bit 0: both are
// clients; 1: permessage-deflate), the size of the pieces (0: all at once), the stream.
#include <algorithm>

#include "fuzz/target.hpp"
#include "fuzz/targets/differences.hpp"
#include "fuzz/targets/input.hpp"
#include "fuzz/targets/raw_session.hpp"
#include "reference_impl/wire/frame.hpp"

namespace wsproof::fuzz {
namespace {

/// The stream up to its last whole frame. Of a frame that lacks its end nobody need say when
/// somebody looks at it.
struct WholeFrames {
    wire::ByteView bytes = {};
    bool ends_inside_message = false;
};

WholeFrames whole_frames_of(wire::ByteView stream) {
    WholeFrames whole;
    Input input(stream);
    while (auto const decoded = wire::decode_header(input.rest())) {
        auto const& header = decoded->header;
        input.take(decoded->size);
        if (header.payload_length > input.rest().size()) break;
        input.take(static_cast<std::size_t>(header.payload_length));
        whole.bytes = stream.first(stream.size() - input.rest().size());
        if (!wire::is_control(header.opcode)) whole.ends_inside_message = !header.fin;
    }
    return whole;
}

}  // namespace

WSPROOF_FUZZ_TARGET(differential) {
    Input input(data);
    auto const choices = input.byte();
    auto const role = has_bit(choices, 0) ? wire::Role::client : wire::Role::server;
    bool const deflate = has_bit(choices, 1);
    auto const piece = input.byte();
    auto const whole = whole_frames_of(input.rest());
    Comparison const comparison{.deflate = deflate,
                                .ends_inside_message = whole.ends_inside_message,
                                .ours = heard_by_reference(role, deflate, whole.bytes, piece),
                                .theirs = heard_by_beast(role, deflate, whole.bytes, piece)};
    auto const difference = difference_in(comparison);
    require(!difference || excuse_for(comparison), "what Boost.Beast makes of it", [&] {
        return *difference + "; " + (role == wire::Role::client ? "clients" : "servers") +
               (deflate ? ", permessage-deflate, " : ", ") + wire::to_hex(whole.bytes);
    });
}

}  // namespace wsproof::fuzz

#ifdef WSPROOF_FUZZ_ENGINE
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

/// Now and then a new stream of frames; else what the engine does to bytes.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
    constexpr unsigned one_in = 16;
    if (size > 2 && seed % one_in != 0) return LLVMFuzzerMutate(data, size, max_size);
    auto const input = wsproof::fuzz::differential_input(seed);
    auto const length = std::min(input.size(), max_size);
    std::transform(input.begin(), input.begin() + static_cast<std::ptrdiff_t>(length), data,
                   [](std::byte byte) { return std::to_integer<std::uint8_t>(byte); });
    return length;
}
#endif
