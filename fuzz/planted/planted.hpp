// Whether the model finds what is wrong: a fault planted in the reference, generated sessions in
// process, until one shows it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "reference_impl/protocol/fault.hpp"

namespace wsproof::fuzz {

/// Faults that a server shows behind its opening handshake.
std::vector<reference::Fault> faults_in_frames();

struct Search {
    bool with_bases = true;  ///< sessions before cases of the catalogue as well
    std::chrono::milliseconds time{60'000};
    std::uint64_t seed = 1;
};

struct Sought {
    reference::Fault fault = {};
    std::string signature = {};  ///< of what showed it; empty: not found in time
    std::uint64_t sessions = 0;
    std::chrono::milliseconds took{0};
    bool is_found() const { return !signature.empty(); }
};

Sought look_for(reference::Fault fault, Search const& search);

}  // namespace wsproof::fuzz
