// Several messages of one connection, compressed and inflated: the same, at every level, in every
// window, with and without context takeover; and no distance leaves the window (RFC 7692 7.1, 7.2).
#include "fuzz/target.hpp"
#include "fuzz/targets/input.hpp"
#include "reference_impl/wire/deflate.hpp"

namespace wsproof::fuzz {

/// Window bits and context takeover in a byte, the level, then messages: for each the number of its
/// bytes, the number of times that they are repeated, and the bytes.
WSPROOF_FUZZ_TARGET(deflate_round_trip) {
    Input input(data);
    auto const choices = input.byte();
    auto const window_bits = 8 + static_cast<int>(choices & 7U);
    bool const keeps_context = has_bit(choices, 3);
    wire::Deflater deflater(window_bits, 1 + static_cast<int>(input.byte() % 9));
    wire::Inflater inflater(window_bits);
    for (int messages = 0; messages < 8 && !input.empty(); ++messages) {
        auto const size = input.byte();
        auto const times = input.byte() + 1;
        auto const once = input.take(size);
        wire::Bytes message;
        for (unsigned time = 0; time < times; ++time) wire::append(message, once);

        auto const payload = deflater.compress(message);
        auto const distance = wire::walk_blocks(payload).longest_distance;
        require(distance <= 1U << window_bits, "distances within the window",
                [&] { return std::to_string(distance); });
        wire::Bytes again;
        require(inflater.feed(payload, again, message.size()) == wire::InflateStatus::ok &&
                    inflater.finish(again, message.size()) == wire::InflateStatus::ok &&
                    again == message,
                "the message inflated from its payload data",
                [&] { return wire::to_hex(payload); });
        if (keeps_context) continue;
        deflater.reset();
        inflater.reset();
    }
}

}  // namespace wsproof::fuzz
