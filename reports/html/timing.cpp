// Numbers: limits that were measured, how long cases took, what the target's process used.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "harness/play/words.hpp"
#include "reports/html/chart.hpp"
#include "reports/html/parts.hpp"
#include "reports/limits.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

using std::chrono::microseconds;

void put_bar_cell(Html& html, double share) {
    auto const cell = html.in("td", {{"class", "chart"}});
    put_bar(html, share);
}

void put_limit(Html& html, MeasuredLimit const& limit, double highest) {
    auto const row = html.in("tr");
    html.put("th", {{"scope", "row"}}, limit.words);
    put_bar_cell(html, logarithmic_share(limit.value, highest));
    html.put("td", {{"class", "number"}}, limit.number);
    html.put("td", limit.unit);
    html.put("td", limit.status.empty() ? "–" : limit.status);
    auto const cell = html.in("td");
    put_case_link(html, limit.variant);
}

void put_limits(Page const& page) {
    auto& html = page.html;
    html.put("h3", {{"id", "measured"}}, "Limits");
    auto const limits = limits_of(page.report);
    if (limits.empty()) return html.put("p", "No limit was measured: --profile full does.");
    html.put("p",
             "No size is prescribed: these are numbers, not verdicts. The status code is that of "
             "the refusal beyond the number. Bars grow with the number's digits.");
    auto const scroll = html.in(
        "div",
        {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Limits"}});
    auto const table = html.in("table", {{"class", "plain figures"}});
    put_columns(html, {"Limit", "Scale", "Number", "Unit", "Status code", "Case"});
    auto const body = html.in("tbody");
    double highest = 0;
    for (auto const& limit : limits) highest = std::max(highest, limit.value);
    for (auto const& limit : limits) put_limit(html, limit, highest);
}

/// Of what was played.
std::vector<play::Result const*> by_duration(Report const& report) {
    std::vector<play::Result const*> played;
    for (auto const& result : report.results)
        if (result.verdict != play::Verdict::skipped) played.push_back(&result);
    std::ranges::stable_sort(played, {}, &play::Result::duration);
    return played;
}

struct Bin {
    std::string_view words;
    microseconds below;
};
constexpr std::array bins{
    Bin{"below 1 ms", microseconds{1'000}},     Bin{"1 to 10 ms", microseconds{10'000}},
    Bin{"10 to 100 ms", microseconds{100'000}}, Bin{"100 ms to 1 s", microseconds{1'000'000}},
    Bin{"1 to 10 s", microseconds{10'000'000}}, Bin{"10 s and more", microseconds::max()}};

void put_distribution(Html& html, std::vector<play::Result const*> const& played) {
    std::array<std::size_t, bins.size()> counts{};
    for (auto const* const result : played) {
        auto const* const bin = std::ranges::find_if(
            bins, [&](Bin const& one) { return result->duration < one.below; });
        ++counts[static_cast<std::size_t>(std::min(bin, bins.end() - 1) - bins.begin())];
    }
    auto const highest = static_cast<double>(*std::ranges::max_element(counts));
    auto const table = html.in("table", {{"class", "plain figures"}});
    put_columns(html, {"A case took", "Scale", "Cases"});
    auto const body = html.in("tbody");
    for (std::size_t i = 0; i < bins.size(); ++i) {
        auto const row = html.in("tr");
        html.put("th", {{"scope", "row"}}, bins[i].words);
        put_bar_cell(html, counts[i] == 0 ? 0 : static_cast<double>(counts[i]) / highest);
        html.put("td", {{"class", "number"}}, play::grouped(counts[i]));
    }
}

void put_slowest(Html& html, std::vector<play::Result const*> const& played) {
    constexpr std::size_t most = 8;
    auto const slowest = static_cast<double>(played.back()->duration.count());
    auto const table = html.in("table", {{"class", "plain figures"}});
    put_columns(html, {"The slowest", "Scale", "Time"});
    auto const body = html.in("tbody");
    for (std::size_t i = 0; i < std::min(most, played.size()); ++i) {
        auto const& result = **(played.rbegin() + static_cast<std::ptrdiff_t>(i));
        auto const row = html.in("tr");
        {
            auto const name = html.in("th", {{"scope", "row"}});
            put_case_link(html, result.variant);
        }
        put_bar_cell(html, static_cast<double>(result.duration.count()) / slowest);
        html.put("td", {{"class", "number"}}, duration_words(result.duration));
    }
}

std::string percentile_words(std::vector<play::Result const*> const& played) {
    auto const at = [&](std::size_t percent) {
        return duration_words(played[(played.size() - 1) * percent / 100]->duration);
    };
    return fmt::format(
        "{} played. Half of them took at most {}, nine of ten {}, 99 of 100 {}; the "
        "longest took {}.",
        plural(played.size(), "case"), at(50), at(90), at(99), at(100));
}

void put_durations(Page const& page) {
    auto& html = page.html;
    html.put("h3", "Time");
    auto const& profile = page.report.target.profile;
    if (profile.reachable)
        html.put("p", fmt::format("Before the run an opening handshake took {}, a round trip {}.",
                                  duration_words(profile.opening_time),
                                  duration_words(profile.round_trip)));
    auto const played = by_duration(page.report);
    if (played.empty()) return html.put("p", "No case was played.");
    html.put("p", percentile_words(played));
    auto const pair = html.in("div", {{"class", "tables"}});
    put_distribution(html, played);
    put_slowest(html, played);
}

void put_process_row(Html& html, std::string_view name, std::uint64_t before, std::uint64_t highest,
                     std::uint64_t after) {
    auto const row = html.in("tr");
    html.put("th", {{"scope", "row"}}, name);
    auto const top = static_cast<double>(std::max({before, highest, after, std::uint64_t{1}}));
    for (auto const number : {before, highest, after}) {
        auto const cell = html.in("td", {{"class", "number"}});
        html.text(play::grouped(number));
        put_bar(html, static_cast<double>(number) / top);
    }
}

void put_process(Page const& page) {
    if (!page.report.target.process) return;
    auto& html = page.html;
    auto const& [pid, before, highest, after] = *page.report.target.process;
    html.put("h3", "The target's process");
    auto const table = html.in("table", {{"class", "plain figures"}});
    put_columns(html, {"Figure", "Before", "Highest", "After"});
    auto const body = html.in("tbody");
    put_process_row(html, "Memory, KiB", before.memory / 1024, highest.memory / 1024,
                    after.memory / 1024);
    put_process_row(html, "Open descriptors", before.descriptors, highest.descriptors,
                    after.descriptors);
    put_process_row(html, "Threads", before.threads, highest.threads, after.threads);
}

}  // namespace

void put_timing(Page const& page) {
    put_limits(page);
    put_durations(page);
    put_process(page);
}

}  // namespace wsproof::report
