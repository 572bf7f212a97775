// What measured numbers show by themselves: limits that can be got round, and none at all.
#pragma once

#include <string>
#include <vector>

#include "reports/model.hpp"

namespace wsproof::report {

struct SignOfLimits {
    script::Sign sign = script::Sign::none;
    std::string words = {};  ///< the numbers, in a sentence
    std::vector<std::string> variants = {};
};

/// Only of numbers that were measured: where one is missing nothing is said.
std::vector<SignOfLimits> signs_of_limits(Report const& report);

}  // namespace wsproof::report
