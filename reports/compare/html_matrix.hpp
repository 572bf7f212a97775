// The matrix of the page: tables of divs, for only these are laid out group by group when they are
// looked at.
#pragma once

#include "reports/compare/matrix.hpp"
#include "reports/html/html.hpp"

namespace wsproof::report {

/// Every verdict can be read without script; with it there are a filter, views and details.
void put_matrix(Html& html, Matrix const& matrix);

}  // namespace wsproof::report
