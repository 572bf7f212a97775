// Pictures of numbers, as inline SVG. Each stands beside the numbers it shows and says nothing that
// they do not, so readers of the text lose nothing.
#pragma once

#include <string_view>
#include <vector>

#include "reports/html/html.hpp"
#include "reports/model.hpp"

namespace wsproof::report {

/// A strip with a part for each verdict, as wide as its share.
void put_verdict_bar(Html& html, Tally const& tally);
/// A bar of a row: `share` of the whole width, from 0 to 1.
void put_bar(Html& html, double share, std::string_view kind = "");
/// Columns side by side, each a share of the height.
void put_columns_chart(Html& html, std::vector<double> const& shares);

/// How far along a logarithmic scale a number is, from 0 (1 or less) to 1 (`highest`).
double logarithmic_share(double number, double highest);

}  // namespace wsproof::report
