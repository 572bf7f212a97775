// Runs one proof over the embedded cases and prints its lapses. WSPROOF_ONLY=glob narrows it to
// some variants, WSPROOF_CASES=folder takes the cases from there without a build:
//   WSPROOF_ONLY='closing/*' WSPROOF_CASES=cases ./proof_test
#pragma once

#include "harness/play/self_test.hpp"

namespace wsproof::proof {

script::Catalogue catalogue();

play::SelfTest prove(play::Proof proof);

/// The lapses as one text; empty when there are none.
std::string lapses_of(play::SelfTest const& report);

}  // namespace wsproof::proof
