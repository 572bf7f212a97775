// The section that tells limits as numbers.
#include "reports/limits.hpp"

#include "reports/html/parts.hpp"

namespace wsproof::report {

void put_limits(Page const& page) {
    auto const limits = limits_of(page.report);
    if (limits.empty()) return;
    auto& html = page.html;
    auto const section = html.in("section");
    html.put("h2", {{"id", "measured"}}, "Limits");
    html.put("p",
             "No size is prescribed: these are numbers, not verdicts. The status code is that of "
             "the refusal beyond the number.");
    auto const table = html.in("table", {{"class", "plain"}});
    {
        auto const head = html.in("thead");
        auto const row = html.in("tr");
        for (auto const* const name : {"Limit", "Number", "Unit", "Status code", "Case"})
            html.put("th", {{"scope", "col"}}, name);
    }
    auto const body = html.in("tbody");
    for (auto const& limit : limits) {
        auto const row = html.in("tr");
        html.put("th", {{"scope", "row"}}, limit.words);
        html.put("td", limit.number);
        html.put("td", limit.unit);
        html.put("td", limit.status.empty() ? "–" : limit.status);
        auto const cell = html.in("td");
        html.put("a", {{"href", "#" + anchor_of(limit.variant)}}, limit.variant);
    }
}

}  // namespace wsproof::report
