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

/// Of the faults that a case names, those under which the reference ends this variant with the
/// same signature as the result of a peer; failing that, those under which it does not pass. For
/// whoever has to mend that peer.
std::vector<std::string> faults_behind(script::Variant const& variant, Result const& result,
                                       wire::Role role);

}  // namespace wsproof::play
