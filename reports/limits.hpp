// Limits of a target as numbers: what `measure` found, for a section of their own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/model.hpp"

namespace wsproof::report {

struct MeasuredLimit {
    std::string variant = {};
    play::Verdict verdict = play::Verdict::pass;
    std::string words = {};  ///< "largest message in one frame"
    double value = 0;
    std::string number = {};  ///< "1,048,576", "16,777,216 or more", "not measured"
    std::string unit = {};    ///< "bytes"
    std::string status = {};  ///< "1009", "431", or empty: of the refusal
    std::string reason = {};
};

/// One entry a result that measured something, in the order of the results.
std::vector<MeasuredLimit> limits_of(Report const& report);

}  // namespace wsproof::report
