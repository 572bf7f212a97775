// A case that the input chooses against a peer that it plays: the player comes back with a verdict
// about the peer, and never says that the case or the harness is broken.
#include "fuzz/target.hpp"
#include "fuzz/targets/choice_of_case.hpp"
#include "fuzz/targets/scripted_peer.hpp"
#include "harness/play/player.hpp"

namespace wsproof::fuzz {
namespace {

play::Setting setting_of(unsigned choices, wire::Role role) {
    play::Setting setting;
    setting.target_role = role;
    setting.delivery = static_cast<play::Delivery>(choices >> 1U & 1U);
    setting.depth = play::Depth::brief;
    setting.strict = has_bit(choices, 2);
    setting.answers_pings = !has_bit(choices, 3);
    setting.talks_unasked = has_bit(choices, 4);
    setting.words = {{"origin", "https://app.good.example"},
                     {"subprotocol", "chat.example"},
                     {"other_subprotocol", "superchat.example"}};
    return setting;
}

wire::Role role_of(script::Binds binds, unsigned choices) {
    if (binds == script::Binds::server) return wire::Role::server;
    if (binds == script::Binds::client) return wire::Role::client;
    return has_bit(choices, 0) ? wire::Role::client : wire::Role::server;
}

}  // namespace

/// The mark of the case, a byte of choices, what the peer does (scripted_peer.hpp).
WSPROOF_FUZZ_TARGET(player_survives_any_peer) {
    Input input(data);
    auto const high = input.byte();
    auto const chosen = case_marked(static_cast<std::uint16_t>(high << 8U | input.byte()));
    auto const choices = input.byte();
    auto const role = role_of(chosen.binds, choices);
    auto const result =
        play::play(chosen.variant, setting_of(choices, role), to_scripted_peer(role, input));
    require(result.verdict != play::Verdict::broken, "a verdict about the peer",
            [&] { return "broken: " + chosen.variant.id + ": " + result.reason; });
}

}  // namespace wsproof::fuzz
