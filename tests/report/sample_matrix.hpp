// Implementations made up for the tests of `wsproof compare`.
#pragma once

#include <string>
#include <vector>

#include "reports/compare/matrix.hpp"

namespace wsproof::report::sample {

/// A run against `name` in which control/case-0, control/case-1 … came out like this. What was
/// skipped needed an extension.
Part implementation(std::string const& name, std::vector<play::Verdict> const& verdicts);

Matrix matrix_of(std::vector<Part> parts, StepsOf const& steps_of = {});

/// Three servers, of which one never came up.
Matrix small_matrix();

/// Every text that a peer or a report can choose attacks whoever reads it.
Matrix hostile_matrix();

/// So many cases and implementations, some of which fail or lack something.
Matrix large_matrix(std::size_t cases, std::size_t implementations);

}  // namespace wsproof::report::sample
