// One case of one agent as Autobahn's per-case file tells it.
#pragma once

#include <string>

#include "reports/autobahn/words.hpp"
#include "reports/model.hpp"

namespace wsproof::report::autobahn {

/// What became of one number.
struct Played {
    std::string number = {};
    CaseInfo const* info = nullptr;
    play::Result const* result = nullptr;  ///< redacted; nothing when the server was not reached
    Words words = {};
};

/// All keys that the suite's readers may ask for, sorted, in Autobahn's own layout.
std::string case_file(std::string const& agent, Report const& report, Played const& played);

/// Milliseconds, as Autobahn counts them.
long long duration_of(Played const& played);

}  // namespace wsproof::report::autobahn
