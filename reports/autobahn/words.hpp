// Our verdicts and endings in the words of Autobahn|Testsuite (docs/autobahn.md has the table):
// `behavior` speaks for the verdict, `behaviorClose` for the ending.
#pragma once

#include <optional>
#include <string>

#include "reports/model.hpp"

namespace wsproof::report::autobahn {

struct Words {
    std::string behavior = {};
    std::string behavior_close = {};
    std::string result = {};        ///< a sentence for `behavior`
    std::string result_close = {};  ///< a sentence for `behaviorClose`
};

/// Nothing when the case is absent from Autobahn's reports: left out by the user, or not played for
/// want of time.
std::optional<Words> words_of(Report const& report, play::Result const& result);

/// For a server that could not be reached: Autobahn's word for an opening handshake that never came
/// about, so that no gate takes the silence for success.
Words never_opened(std::string const& why);

/// The worse of two results of one number is the one that is reported.
bool is_worse(Words const& a, Words const& b);

/// True when our Close frame went out before the peer's came in.
bool closed_by_us(play::Result const& result);

}  // namespace wsproof::report::autobahn
