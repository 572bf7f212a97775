#include "cli/list_rules.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/script/coverage.hpp"
#include "reports/names.hpp"

namespace wsproof::cli {
namespace {

using Json = nlohmann::ordered_json;
using script::Coverage;
using Variants = std::vector<script::Variant const*>;

constexpr std::array seen_at{"server", "client", "either", "nobody"};

/// What was asked for: the statements that the variants stand for, or all when none was left out.
std::vector<Coverage> chosen(script::Catalogue const& catalogue, Variants const& variants) {
    auto all = script::coverage_of(catalogue);
    if (variants.size() == catalogue.variants.size()) return all;
    std::set<std::string> cases;
    for (auto const* const variant : variants) cases.insert(variant->case_id);
    for (auto& coverage : all)
        std::erase_if(coverage.cases, [&](auto const& id) { return !cases.contains(id); });
    std::erase_if(all, [](auto const& coverage) { return coverage.cases.empty(); });
    return all;
}

std::vector<std::string> rule_ids(Coverage const& coverage) {
    std::vector<std::string> ids;
    for (auto const* const rule : coverage.rules) ids.push_back(rule->id);
    return ids;
}

Json as_json(Coverage const& coverage) {
    auto const& statement = *coverage.statement;
    Json entry{{"id", statement.id},
               {"document", statement.document()},
               {"section", statement.section()},
               {"level", report::names::level.of(statement.level)},
               {"binds", statement.binds},
               {"seen_at", seen_at.at(static_cast<std::size_t>(statement.seen_at))},
               {"text", statement.text},
               {"rules", rule_ids(coverage)},
               {"cases", coverage.cases}};
    if (!coverage.reason.empty()) entry["reason"] = coverage.reason;
    return entry;
}

std::string as_text(Coverage const& coverage) {
    auto const& statement = *coverage.statement;
    auto const cases = fmt::format("{}", fmt::join(coverage.cases, ", "));
    return fmt::format("{:<16}  {:<6}  {}\n    rule   {}\n    {}  {}\n", statement.id,
                       report::names::level.of(statement.level), statement.text,
                       fmt::join(rule_ids(coverage), ", "), cases.empty() ? "none " : "cases",
                       cases.empty() ? coverage.reason : cases);
}

std::string counts_of(std::vector<Coverage> const& coverage) {
    auto const with_cases =
        std::ranges::count_if(coverage, [](auto const& entry) { return !entry.cases.empty(); });
    return fmt::format("{} statements: {} with cases, {} with the reason why not\n",
                       coverage.size(), with_cases,
                       static_cast<std::ptrdiff_t>(coverage.size()) - with_cases);
}

}  // namespace

std::string rules_listed(script::Catalogue const& catalogue, Variants const& variants, bool json) {
    auto const coverage = chosen(catalogue, variants);
    if (json) {
        auto array = Json::array();
        for (auto const& entry : coverage) array.push_back(as_json(entry));
        return array.dump(1) + "\n";
    }
    std::string text;
    for (auto const& entry : coverage) text += as_text(entry);
    return text + counts_of(coverage);
}

}  // namespace wsproof::cli
