// What departs, one entry a cause: what has one cause is mended once.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "reports/html/parts.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

struct Cause {
    std::string signature = {};
    std::vector<play::Result const*> results = {};
};

/// By signature, those with the most failures first; what has no signature is a cause of its own.
std::vector<Cause> causes_of(Report const& report, Verdict verdict) {
    std::map<std::string, Cause> by_signature;
    for (auto const& result : report.results) {
        if (result.verdict != verdict) continue;
        auto& cause = by_signature[result.signature.empty() ? result.variant : result.signature];
        cause.signature = result.signature;
        cause.results.push_back(&result);
    }
    std::vector<Cause> causes;
    for (auto& [signature, cause] : by_signature) causes.push_back(std::move(cause));
    std::ranges::stable_sort(causes, std::ranges::greater(),
                             [](Cause const& cause) { return cause.results.size(); });
    return causes;
}

using Links = std::vector<play::Result const*>;

void put_links(Html& html, Links::const_iterator from, Links::const_iterator to) {
    auto const list = html.in("ul", {{"class", "links"}});
    for (; from != to; ++from) {
        auto const item = html.in("li");
        put_case_link(html, (*from)->variant);
    }
}

void put_cause(Page const& page, Verdict verdict, Cause const& cause) {
    constexpr std::ptrdiff_t most = 4;
    auto& html = page.html;
    auto const& first = *cause.results.front();
    auto const* const info = page.report.case_of(first);
    auto const item = html.in("li");
    put_mark(html, verdict);
    auto const words = html.in("div");
    {
        auto const line = html.in("p");
        html.put("b", info && !info->title.empty() ? info->title : first.variant);
        if (cause.results.size() > 1)
            html.put("small", fmt::format("{}, one cause", plural(cause.results.size(), "case")));
        if (is_excused(page.report, first)) html.put("small", "known");
    }
    html.put("p", {{"class", "meta"}}, page.redactor.text(happened_words(first)));
    auto const size = std::ssize(cause.results);
    auto const middle = cause.results.begin() + std::min(most, size);
    put_links(html, cause.results.begin(), middle);
    if (size <= most) return;
    auto const rest = html.in("details");
    html.put("summary", fmt::format("{} more", size - most));
    put_links(html, middle, cause.results.end());
}

/// In `<details>`, since there may be many of them.
void put_causes_of(Page const& page, Verdict verdict, std::string_view words, bool open) {
    auto const causes = causes_of(page.report, verdict);
    if (causes.empty()) return;
    std::size_t cases = 0;
    for (auto const& cause : causes) cases += cause.results.size();
    auto& html = page.html;
    auto const details = html.in("details", {{"class", "causes"}, {"open", "", open}});
    {
        auto const summary = html.in("summary");
        html.put("b", words);
        html.put("span",
                 fmt::format("{}, {}", plural(cases, "case"), plural(causes.size(), "cause")));
    }
    auto const list = html.in("ul");
    for (auto const& cause : causes) put_cause(page, verdict, cause);
}

}  // namespace

void put_causes(Page const& page) {
    // Those of a campaign are its findings, which are told already.
    if (page.report.fuzzing) return;
    put_causes_of(page, Verdict::broken, "Broken cases", true);
    put_causes_of(page, Verdict::fail, "Failures", true);
    put_causes_of(page, Verdict::inconclusive, "Inconclusive", false);
    put_causes_of(page, Verdict::lenient, "Lenient", false);
}

}  // namespace wsproof::report
