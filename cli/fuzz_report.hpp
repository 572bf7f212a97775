// A campaign as a report: findings as results with their bytes, figures beside them.
#pragma once

#include <string>
#include <string_view>

#include "fuzz/campaign.hpp"
#include "reports/model.hpp"

namespace wsproof::cli {

std::string_view harm_name(fuzz::Harm harm);

/// "4,711 sessions (157/s), 20,133 exchanges, 812 states, 2 findings".
std::string campaign_words(fuzz::Figures const& figures);

/// Its exit code is what follows.
void add_to_report(report::Report& report, fuzz::Outcome const& outcome,
                   script::Catalogue const& catalogue);

}  // namespace wsproof::cli
