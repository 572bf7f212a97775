#include "cli/ci.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "reports/brief/brief.hpp"
#include "reports/tests/tests.hpp"

namespace wsproof::cli {
namespace {

// GitHub drops a whole summary above 1,024 kB; others write to it as well.
constexpr std::uintmax_t whole_summary = 1'000'000;
constexpr std::uintmax_t our_summary = 200'000;
constexpr std::uintmax_t least_summary = 2'000;

}  // namespace

Ci::Ci(Values const& values, Environment const& environment) {
    if (!values.flag("no-step-summary")) summary_ = environment("GITHUB_STEP_SUMMARY").value_or("");
    in_teamcity_ = !environment("TEAMCITY_VERSION").value_or("").empty();
    if (environment("GITHUB_ACTIONS") == "true")
        most_annotations_ = values.number("gha-annotations", 9);
}

void Ci::tell(report::Report const& report, report::SarifLocation const& location,
              Terminal& terminal) const {
    if (in_teamcity_) terminal.result(report::teamcity(report));
    if (!summary_.empty()) add_to_summary(report, terminal);
    if (most_annotations_ != 0)
        terminal.remark(report::github_annotations(report, location, most_annotations_));
}

void Ci::add_to_summary(report::Report const& report, Terminal& terminal) const {
    std::error_code none;
    auto const there = std::filesystem::file_size(summary_, none);
    auto const room = none ? whole_summary : whole_summary - std::min(whole_summary, there);
    if (room < least_summary)
        return terminal.remark("wsproof: the step summary is full, so this run is not in it\n");
    auto const text = report::markdown(report, std::min(room, our_summary)) + "\n";
    std::FILE* const file = std::fopen(summary_.c_str(), "abe");
    bool written = file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
    if (file != nullptr) written = std::fclose(file) == 0 && written;
    if (!written)
        terminal.remark(fmt::format("wsproof: the step summary {} cannot be written: {}\n",
                                    summary_, std::strerror(errno)));
}

}  // namespace wsproof::cli
