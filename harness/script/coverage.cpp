#include "harness/script/coverage.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace wsproof::script {
namespace {

using CasesByRule = std::map<std::string, std::set<std::string>>;

CasesByRule cases_by_rule(Catalogue const& catalogue) {
    CasesByRule cases;
    for (auto const& variant : catalogue.variants) cases[variant.rule].insert(variant.case_id);
    return cases;
}

std::string reason_for(Coverage const& coverage) {
    if (!coverage.statement->why_not.empty()) return coverage.statement->why_not;
    for (auto const* const rule : coverage.rules)
        if (!rule->untested.empty()) return rule->untested;
    return coverage.rules.empty() ? "no rule covers it" : "no case stands for its rule";
}

/// "7.4.1" comes before "7.10": a shorter number is a smaller one.
std::vector<std::pair<std::size_t, std::string>> numbers_in(std::string const& id) {
    std::vector<std::pair<std::size_t, std::string>> numbers;
    for (std::size_t at = 0; at < id.size();) {
        auto const end = std::min(id.find_first_of("-.", at), id.size());
        numbers.emplace_back(end - at, id.substr(at, end - at));
        at = end + 1;
    }
    return numbers;
}

}  // namespace

std::vector<Coverage> coverage_of(Catalogue const& catalogue) {
    std::map<std::string, std::vector<Rule const*>> rules;
    for (auto const& [id, rule] : catalogue.rules)
        for (auto const& statement : rule.statements) rules[statement].push_back(&rule);
    auto const by_rule = cases_by_rule(catalogue);
    std::vector<Coverage> all;
    for (auto const& [id, statement] : catalogue.statements) {
        Coverage coverage{.statement = &statement, .rules = rules[id]};
        std::set<std::string> cases;
        for (auto const* const rule : coverage.rules)
            if (auto const found = by_rule.find(rule->id); found != by_rule.end())
                cases.insert(found->second.begin(), found->second.end());
        coverage.cases.assign(cases.begin(), cases.end());
        if (cases.empty()) coverage.reason = reason_for(coverage);
        all.push_back(std::move(coverage));
    }
    std::ranges::stable_sort(
        all, {}, [](Coverage const& coverage) { return numbers_in(coverage.statement->id); });
    return all;
}

}  // namespace wsproof::script
