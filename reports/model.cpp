#include "reports/model.hpp"

#include <algorithm>
#include <tuple>

#include "harness/run/expression.hpp"

namespace wsproof::report {
namespace {

bool reaches(FailOn fail_on, script::Level level) {
    switch (fail_on) {
        case FailOn::must:
            return level == script::Level::must;
        case FailOn::should:
            return level != script::Level::may;
        case FailOn::any:
            return true;
        case FailOn::never:
            return false;
    }
    return true;
}

}  // namespace

CaseInfo const* Report::case_of(play::Result const& result) const {
    // Cases stand in the order of their ids, unless somebody else has written the report.
    auto const near = std::ranges::lower_bound(cases, result.variant, {}, &CaseInfo::id);
    if (near != cases.end() && near->id == result.variant) return &*near;
    auto const found = std::ranges::find(cases, result.variant, &CaseInfo::id);
    return found == cases.end() ? nullptr : &*found;
}

bool Report::is_limit(play::Result const& result) const {
    auto const* const info = case_of(result);
    return run::is_limit(result.variant, info ? info->tags : std::vector<std::string>{});
}

script::Level Report::level_of(std::string const& rule) const {
    auto const found = rules.find(rule);
    return found == rules.end() ? script::Level::must : found->second.level;
}

std::map<script::Level, Tally> Report::tally() const {
    std::map<script::Level, Tally> counts;
    for (auto const level : {script::Level::must, script::Level::should, script::Level::may})
        for (auto const verdict : play::verdicts) counts[level][verdict] = 0;
    for (auto const& result : results) {
        auto const* const info = case_of(result);
        if (!is_limit(result)) ++counts[info ? info->level : script::Level::must][result.verdict];
    }
    return counts;
}

Tally Report::limits() const {
    Tally counts;
    for (auto const verdict : play::verdicts) counts[verdict] = 0;
    for (auto const& result : results)
        if (is_limit(result)) ++counts[result.verdict];
    return counts;
}

bool Report::breaks_gate(play::Result const& result) const {
    // Only what came again is a result of a campaign.
    if (fuzzing) return excuse_for(*this, result.variant) == nullptr;
    if (result.verdict == play::Verdict::broken) return true;
    if (result.verdict != play::Verdict::fail || excuse_for(*this, result.variant)) return false;
    auto const* const info = case_of(result);
    return reaches(fail_on, info ? info->level : script::Level::must);
}

std::vector<BreachSummary> breaches_of(Report const& report) {
    std::map<std::string, BreachSummary> by_rule;
    for (auto const& result : report.results) {
        for (auto const& breach : result.breaches) {
            auto& summary = by_rule[breach.rule];
            if (summary.witnesses.empty())
                summary = {breach.rule, breach.reason, report.level_of(breach.rule), {}};
            if (summary.witnesses.empty() || summary.witnesses.back() != result.variant)
                summary.witnesses.push_back(result.variant);
        }
    }
    std::vector<BreachSummary> all;
    for (auto& [rule, summary] : by_rule) all.push_back(std::move(summary));
    std::sort(all.begin(), all.end(), [](BreachSummary const& a, BreachSummary const& b) {
        return std::tie(a.level, a.rule) < std::tie(b.level, b.rule);
    });
    return all;
}

bool breaks_gate(Report const& report, BreachSummary const& breach) {
    return reaches(report.fail_on, breach.level) && !excuse_for(report, breach.rule);
}

}  // namespace wsproof::report
