// Single plays of the self-test: a variant against the reference, honest or with one fault.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "harness/play/player.hpp"
#include "harness/script/catalogue.hpp"

namespace wsproof::play {

/// One play: who, as what, with which fault.
struct Job {
    script::Variant const* variant = nullptr;
    wire::Role role = wire::Role::server;
    std::string fault = {};
    Delivery delivery = Delivery::whole;
    auto operator<=>(Job const&) const = default;
};

struct Played {
    Result result = {};
    std::string replay = {};  ///< how judging the transcript again differs; empty: not at all
};

/// The roles of a peer that such a rule is about.
std::vector<wire::Role> roles_of(script::Binds binds);

/// Plays; with `again` judges the transcript a second time.
Played perform(Job const& job, bool again);

}  // namespace wsproof::play
