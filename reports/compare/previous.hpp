// An earlier comparison, and what each implementation has gained and lost since: case by case, for
// in sums a fix hides a break (docs/compare.md).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/play/verdict.hpp"
#include "harness/script/case.hpp"

namespace wsproof::report {

struct Matrix;

struct Previous {
    std::string file = {};  ///< as the user calls it
    /// By implementation and case; cases that were not judged are not there.
    std::map<std::string, std::map<std::string, play::Verdict>> verdicts = {};
};

/// Reads what `wsproof compare -r json` wrote; throws ReportError when it is something else.
Previous read_previous(std::string_view text, std::string const& file);

/// Rows that were judged both times, and failed once alone.
struct Changes {
    std::vector<std::size_t> better = {};
    std::vector<std::size_t> worse = {};
    bool any() const { return !better.empty() || !worse.empty(); }
};

/// Of a column in all rows; nothing when there is no earlier comparison, or not of this one.
Changes changes_of(Matrix const& matrix, std::size_t column);

/// " ▲1 ▼2" for the sums of a level in a folder, as Matrix::tally counts them; empty: no change.
std::string trend_words(Matrix const& matrix, std::size_t column, script::Level level,
                        std::string_view folder, bool ascii = false);

/// "ws: worse in framing/a, better in closing/b and 3 more", a line each; who is new says so.
std::vector<std::string> change_lines(Matrix const& matrix, std::size_t most);

}  // namespace wsproof::report
