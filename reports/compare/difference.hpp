// What has changed between two reports of one target, test by test: sums would let a fix hide a
// regression.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reports/tests/tests.hpp"
#include "reports/text.hpp"

namespace wsproof::report {

struct Change {
    std::string name = {};  ///< "framing/unmasked-frame#text", "standing rules/6455/5.1/…"
    std::string level = {};
    std::string was = {};  ///< "passed", or why not
    std::string now = {};
    std::string rerun = {};  ///< the command that plays it again; empty: there is none
};

struct Difference {
    std::vector<Change> regressed = {};  ///< passed, and breaks the gate now
    std::vector<Change> fixed = {};      ///< the other way round
    std::vector<Change> otherwise = {};  ///< departs in another way, or has begun or ceased to
    std::vector<Change> unjudged = {};   ///< was judged, and is skipped now or could not be
    std::vector<Change> appeared = {};   ///< only the newer run played it, and it breaks the gate
    std::size_t added = 0;               ///< tests of the newer run alone
    std::size_t gone = 0;                ///< of the older alone
    bool of_one_suite = true;            ///< false: cases may have changed as well

    bool is_regression() const { return !regressed.empty(); }
};

Difference difference(Report const& older, Report const& newer);

/// For a terminal, the regressions last.
std::string text(Difference const& difference, TextOptions const& options = {});

}  // namespace wsproof::report
