// The report in a terminal: what was found, each failure with its bytes, and what the exit code
// means.
#pragma once

#include <string>

#include "reports/model.hpp"

namespace wsproof::report {

struct TextOptions {
    bool colour = false;
    bool ascii = false;
    std::size_t width = 80;  ///< commands that one copies are never wrapped
    int verbosity = 0;       ///< -1: the last line alone; 1: the frames of every failure; 2: bytes
};

/// Everything: head, sections, failures, breaches, tail.
std::string text(Report const& report, TextOptions const& options = {});

/// Head, security and tail.
std::string text_security(Report const& report, TextOptions const& options = {});

/// The parts, for a run that prints as it goes.
std::string text_head(Report const& report, TextOptions const& options = {});
std::string text_result(Report const& report, play::Result const& result,
                        TextOptions const& options = {});
/// What has become of the baseline, and the last line.
std::string text_baseline(Report const& report, TextOptions const& options = {});
std::string text_tail(Report const& report, TextOptions const& options = {});

}  // namespace wsproof::report
