#include "reports/html/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace wsproof::report {
namespace {

std::string in_hundredths(double number) {
    return fmt::format("{:.2f}", number);
}

void put_rectangle(Html& html, std::string_view kind, double x, double y, double width,
                   double height) {
    html.put("rect",
             {{"class", kind},
              {"x", in_hundredths(x)},
              {"y", in_hundredths(y)},
              {"width", in_hundredths(width)},
              {"height", in_hundredths(height)}},
             "");
}

Html::Element picture(Html& html, std::string_view kind, std::string_view view_box) {
    return html.in("svg", {{"class", kind},
                           {"viewBox", view_box},
                           {"preserveAspectRatio", "none"},
                           {"aria-hidden", "true"},
                           {"focusable", "false"}});
}

}  // namespace

void put_verdict_bar(Html& html, Tally const& tally) {
    using play::Verdict;
    constexpr std::array order{Verdict::pass,    Verdict::lenient,      Verdict::note,
                               Verdict::skipped, Verdict::inconclusive, Verdict::fail,
                               Verdict::broken};
    constexpr double least = 1.5;  // of 100: a single failure is to be seen
    double sum = 0;
    for (auto const& [verdict, count] : tally) sum += static_cast<double>(count);
    auto const svg = picture(html, "bar", "0 0 100 6");
    if (sum == 0) return;
    std::vector<std::pair<Verdict, double>> parts;
    double widened = 0;
    for (auto const verdict : order) {
        auto const found = tally.find(verdict);
        if (found == tally.end() || found->second == 0) continue;
        auto const width = std::max(least, static_cast<double>(found->second) * 100 / sum);
        parts.emplace_back(verdict, width);
        widened += width;
    }
    double x = 0;
    for (auto const& [verdict, width] : parts) {
        put_rectangle(html, play::name_of(verdict), x, 0, width * 100 / widened, 6);
        x += width * 100 / widened;
    }
}

void put_bar(Html& html, double share, std::string_view kind) {
    auto const svg = picture(html, "bar", "0 0 100 6");
    put_rectangle(html, kind.empty() ? "amount" : kind, 0, 0, std::clamp(share, 0.0, 1.0) * 99 + 1,
                  6);
}

void put_columns_chart(Html& html, std::vector<double> const& shares) {
    if (shares.empty()) return;
    auto const svg = picture(html, "spark", fmt::format("0 0 {} 20", shares.size() * 4));
    double x = 0;
    for (auto const share : shares) {
        auto const height = std::clamp(share, 0.0, 1.0) * 19 + 1;
        put_rectangle(html, "amount", x, 20 - height, 3, height);
        x += 4;
    }
}

double logarithmic_share(double number, double highest) {
    if (number <= 1 || highest <= 1) return 0;
    return std::min(1.0, std::log10(number) / std::log10(highest));
}

}  // namespace wsproof::report
