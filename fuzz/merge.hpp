// A corpus without what adds nothing to it.
#pragma once

#include <cstddef>
#include <vector>

#include "fuzz/model.hpp"
#include "fuzz/session.hpp"

namespace wsproof::fuzz {

struct Merged {
    std::vector<Session> added = {};  ///< of what was offered
    std::size_t states = 0;           ///< states × inputs of the reference that all of them reach
    std::size_t new_states = 0;       ///< that the added ones alone reach
};

/// Takes of what is offered, the smallest first, who makes the reference go through something that
/// nobody before did. Plays nothing.
Merged merge(std::vector<Session> const& there, std::vector<Session> const& offered,
             Model const& model);

}  // namespace wsproof::fuzz
