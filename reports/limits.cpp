#include "reports/limits.hpp"

#include <algorithm>
#include <cmath>

#include "harness/play/words.hpp"
#include "harness/script/limit.hpp"
#include "reports/text_writer.hpp"

namespace wsproof::report {
namespace {

std::string grouped(double number) {
    return play::grouped(static_cast<std::uint64_t>(std::llround(std::max(0.0, number))));
}

std::optional<double> metric(play::Result const& result, std::string const& name) {
    auto const found = result.metrics.find(name);
    return found == result.metrics.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace

std::vector<MeasuredLimit> limits_of(Report const& report) {
    std::vector<MeasuredLimit> all;
    for (auto const& result : report.results) {
        for (auto const& info : script::limits) {
            auto const value = metric(result, std::string(info.name));
            if (!value) continue;
            auto const status = metric(result, "status-code");
            all.push_back({.variant = result.variant,
                           .verdict = result.verdict,
                           .words = std::string(info.words),
                           .value = *value,
                           .number = grouped(*value) +
                                     (result.metrics.contains("at-least") ? " or more" : ""),
                           .unit = std::string(info.unit),
                           .status = status ? std::to_string(std::llround(*status)) : "",
                           .reason = result.reason});
        }
    }
    return all;
}

/// One line a limit: what, how much, and the status code beyond it.
std::string TextWriter::limits() const {
    auto const all = limits_of(report_);
    if (all.empty()) return {};
    std::size_t widest = 0;
    for (auto const& limit : all) widest = std::max(widest, width_of(limit.words));
    auto lines = paint_.in(Colour::bold, "limits") + "\n";
    for (auto const& limit : all) {
        lines += "  " + padded(limit.words, widest + 2) + limit.number + " " + limit.unit;
        if (!limit.status.empty()) lines += "   then " + limit.status;
        lines += "\n";
    }
    return lines + "\n";
}

}  // namespace wsproof::report
