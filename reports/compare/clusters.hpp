// Who behaves alike, and the smallest case that tells two apart.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reports/compare/matrix.hpp"

namespace wsproof::report {

/// Where two clusters part.
struct Split {
    std::size_t one = 0;
    std::size_t other = 0;
    std::size_t row = 0;  ///< the fewest steps; where both were judged, if there is such a case
};

struct Clusters {
    /// Columns with the same verdicts in all common cases; the largest first, then by name.
    std::vector<std::vector<std::size_t>> groups = {};
    std::vector<Split> splits = {};  ///< one a pair of groups
    std::size_t common = 0;          ///< cases that all these columns have played
};

/// Of the columns with a whole run. What a peer lacks is a part of how it behaves; standing rules
/// and limits are not looked at.
Clusters clusters_of(Matrix const& matrix);

/// "A", "B" … "Z", "AA": what a cluster is called.
std::string cluster_name(std::size_t number);

}  // namespace wsproof::report
