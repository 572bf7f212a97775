#include "fuzz/targets/raw_session.hpp"

#include "fuzz/generate.hpp"
#include "fuzz/mutate.hpp"
#include "harness/play/encode.hpp"
#include "harness/play/random.hpp"

namespace wsproof::fuzz {

wire::Bytes stream_of(Session const& session, wire::Role sender) {
    play::Setting const setting;
    play::Encoding const encoding{setting, sender, 0};
    play::Random random{0};
    wire::Bytes stream;
    for (auto const& write : session.writes)
        for (auto const& output : write.outputs)
            if (auto const* const frame = std::get_if<script::FrameOutput>(&output))
                wire::append(stream, play::encode(*frame, encoding, random));
    return stream;
}

wire::Bytes differential_input(std::uint64_t seed) {
    Dice dice{seed};
    Phases const phases;
    auto session = legal_session(dice, phases);
    for (auto left = dice.below(4); left > 0; --left) mutate(session, dice, phases);
    bool const to_client = dice.below(2) == 0;
    bool const deflate = !session.extension.empty();
    auto const sender = to_client ? wire::Role::server : wire::Role::client;
    wire::Bytes input{std::byte(unsigned{to_client} | unsigned{deflate} << 1U),
                      std::byte(dice.below(3) == 0 ? dice.below(20) : 0)};
    wire::append(input, stream_of(session, sender));
    return input;
}

}  // namespace wsproof::fuzz
