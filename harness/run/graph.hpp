// What a run plays and what waits for what: planned variants, and the twins they need.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

#include "harness/play/player.hpp"
#include "harness/script/catalogue.hpp"

namespace wsproof::run {

/// A case is played again when the target may have been gone; so often and no more.
inline constexpr unsigned attempts_at_most = 3;

struct Node {
    script::Variant const* variant = nullptr;
    bool planned = true;  ///< false: a twin that was not selected, played as set-up
    std::optional<std::size_t> twin = std::nullopt;
    std::vector<std::size_t> dependents = {};
    std::chrono::milliseconds own_time{0};  ///< that the case takes however fast the target is
    enum class State : std::uint8_t { waiting, ready, running, done } state = State::waiting;
    unsigned attempts = 0;
    play::Clock::time_point started{};
    play::Clock::time_point ended{};
    play::Result result = {};
    std::vector<play::Result> plays = {};  ///< that are done, of a case that is played again
};

/// Planned variants in the order of their ids, then the twins that only they need. A circle of
/// twins is cut: whoever closes it waits for nobody.
std::vector<Node> make_graph(std::vector<script::Variant const*> planned,
                             script::Catalogue const& catalogue);

}  // namespace wsproof::run
