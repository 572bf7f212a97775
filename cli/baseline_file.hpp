// The file of a baseline (docs/gate.md): what stands in it, and where.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/values.hpp"
#include "reports/baseline/baseline.hpp"

namespace wsproof::cli {

/// Lines of the file, from 1; both ends belong to it.
struct LineSpan {
    std::size_t first = 0;
    std::size_t last = 0;
};

/// How many cases of a target were judged, and the line that says so.
struct JudgedCount {
    std::size_t count = 0;
    std::size_t line = 0;
};

struct BaselineFile {
    std::string path = {};
    std::string text = {};
    std::vector<report::KnownFailure> entries = {};
    std::vector<LineSpan> places = {};               ///< of the entries
    std::map<std::string, JudgedCount> judged = {};  ///< by target
    std::size_t judged_header = 0;                   ///< line of [judged]; 0: there is none

    /// For one target.
    report::Baseline baseline_for(std::string const& target) const;
};

/// Throws UsageError with file and line.
BaselineFile parse_baseline(std::string const& path, std::string const& text);

/// What --baseline names; nothing without it. Throws UsageError when it cannot be read.
std::optional<BaselineFile> baseline_file_of(Values const& values);

/// The same for one target, with --strict-baseline and --allow-fewer.
std::optional<report::Baseline> baseline_of(Values const& values, std::string const& target);

/// One line about entries that still lack a reason; empty: all have one.
std::string warning_of(report::Baseline const& baseline);

}  // namespace wsproof::cli
