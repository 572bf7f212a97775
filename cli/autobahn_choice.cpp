#include "cli/autobahn_choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "cli/selection.hpp"
#include "harness/run/nearest.hpp"
#include "reports/autobahn/numbers.hpp"
#include "reports/model.hpp"

namespace wsproof::cli {
namespace {

namespace autobahn = report::autobahn;

bool is_glob(std::string const& pattern) {
    return pattern.find('*') != std::string::npos;
}

/// `literally`: for agents such as "C++ server", which are no regular expression.
std::string as_regex(std::string const& pattern, bool literally) {
    constexpr std::string_view special = R"(\^$+?()[]{}|)";
    std::string regex;
    for (char const c : pattern) {
        if (c == '*')
            regex += ".*";
        else if (c == '.' || (literally && special.find(c) != std::string_view::npos))
            regex += {'\\', c};
        else
            regex += c;
    }
    return regex;
}

std::regex compiled(std::string const& pattern) {
    try {
        return std::regex(as_regex(pattern, false));
    } catch (std::regex_error const&) {
        return std::regex(as_regex(pattern, true));
    }
}

/// The numbers of Autobahn that a pattern matches.
std::set<std::string> matched_by(std::string const& pattern, bool whole) {
    std::set<std::string> numbers;
    if (!whole && !is_glob(pattern)) {
        if (autobahn::index_of(pattern) != 0) numbers.insert(pattern);
        return numbers;
    }
    auto const regex = compiled(pattern);
    auto const where =
        whole ? std::regex_constants::match_default : std::regex_constants::match_continuous;
    for (auto const& number : autobahn::all_numbers())
        if (whole ? std::regex_match(number, regex) : std::regex_search(number, regex, where))
            numbers.insert(number);
    return numbers;
}

bool overlap(std::vector<std::string> const& numbers, std::set<std::string> const& others) {
    return std::ranges::any_of(numbers,
                               [&](auto const& number) { return others.contains(number); });
}

std::vector<std::string> numbers_of(script::Variant const& variant) {
    std::vector<std::string> numbers;
    for (auto const& alias : variant.aliases)
        if (auto number = autobahn::number_in(alias)) numbers.push_back(*std::move(number));
    return numbers;
}

/// The pattern in the grammar of -s, in which '*' is the only special character and a pattern is
/// about the whole number; empty when it has something else in it.
std::string as_expression(std::string const& pattern, bool whole) {
    if (pattern.find_first_not_of("0123456789.*") != std::string::npos) return {};
    bool const open_end = is_glob(pattern) && !whole && !pattern.ends_with('*');
    return fmt::format("autobahn:{}{}", pattern, open_end ? "*" : "");
}

}  // namespace

bool agent_matches(std::string const& pattern, std::string const& agent) {
    return pattern == agent || std::regex_match(agent, compiled(pattern));
}

AutobahnChoice::AutobahnChoice(AutobahnSpec const& spec, script::Catalogue const& catalogue)
    : spec_(spec) {
    for (auto const& pattern : spec.cases) {
        auto const matched = matched_by(pattern, false);
        numbers_.insert(matched.begin(), matched.end());
        if (!matched.empty()) continue;
        if (!is_glob(pattern)) {
            auto const near = run::nearest(pattern, autobahn::all_numbers());
            throw UsageError(fmt::format("{}: cases: Autobahn has no case '{}'{}", spec.path,
                                         report::printable(pattern),
                                         near.empty() ? "" : fmt::format("; is {} meant?", near)));
        }
        idle_.push_back(pattern);
    }
    for (auto const& pattern : spec.excluded)
        for (auto const& number : matched_by(pattern, false)) numbers_.erase(number);
    for (auto const* const variant : selected(catalogue, {"@all"}, wire::Role::server))
        if (auto numbers = numbers_of(*variant); !numbers.empty())
            candidates_.push_back({variant->id, std::move(numbers)});
}

std::vector<std::string> AutobahnChoice::without_case() const {
    auto missing = numbers_;
    for (auto const& candidate : candidates_)
        for (auto const& number : candidate.numbers) missing.erase(number);
    std::vector<std::string> in_order(missing.begin(), missing.end());
    std::ranges::sort(in_order, {}, autobahn::index_of);
    return in_order;
}

bool AutobahnChoice::has_case(std::set<std::string> const& numbers) const {
    return std::ranges::any_of(candidates_, [&](Candidate const& candidate) {
        return overlap(candidate.numbers, numbers);
    });
}

std::vector<std::string> AutobahnChoice::expressions() const {
    std::vector<std::string> all;
    std::set<std::string> excluded;
    auto const say = [&](std::string const& prefix, std::string const& pattern) {
        auto const numbers = matched_by(pattern, false);
        if (!prefix.empty()) excluded.insert(numbers.begin(), numbers.end());
        if (!has_case(numbers)) return;
        if (auto const expression = as_expression(pattern, false); !expression.empty())
            return all.push_back(prefix + expression);
        for (auto const& number : numbers)
            if (has_case({number})) all.push_back(prefix + "autobahn:" + number);
    };
    for (auto const& pattern : spec_.cases) say("", pattern);
    for (auto const& pattern : spec_.excluded) say("!", pattern);
    // A case that stands for two numbers stays when only one of them is excluded.
    std::set<std::string> again;
    for (auto const& candidate : candidates_)
        if (overlap(candidate.numbers, excluded))
            for (auto const& number : candidate.numbers)
                if (numbers_.contains(number)) again.insert("autobahn:" + number);
    all.insert(all.end(), again.begin(), again.end());
    return all;
}

std::set<std::string> AutobahnChoice::excluded_for(std::string const& agent) const {
    std::set<std::string> excluded;
    for (auto const& pattern : patterns_for(agent))
        for (auto const& number : matched_by(pattern, true))
            if (numbers_.contains(number)) excluded.insert(number);
    return excluded;
}

std::vector<std::string> AutobahnChoice::patterns_for(std::string const& agent) const {
    std::vector<std::string> all;
    for (auto const& [agents, patterns] : spec_.excluded_for_agents)
        if (agent_matches(agents, agent)) all.insert(all.end(), patterns.begin(), patterns.end());
    return all;
}

std::vector<std::string> AutobahnChoice::skips_for(std::string const& agent) const {
    auto const excluded = excluded_for(agent);
    std::set<std::string> left;  // variants to be skipped
    for (auto const& candidate : candidates_) {
        bool const stays = std::ranges::any_of(candidate.numbers, [&](auto const& number) {
            return numbers_.contains(number) && !excluded.contains(number);
        });
        if (!stays && overlap(candidate.numbers, excluded)) left.insert(candidate.variant);
    }
    std::vector<std::string> skips;
    for (auto const& pattern : patterns_for(agent)) {
        auto const numbers = matched_by(pattern, true);
        std::set<std::string> hit;
        for (auto const& candidate : candidates_)
            if (overlap(candidate.numbers, numbers)) hit.insert(candidate.variant);
        auto const expression = as_expression(pattern, true);
        if (hit.empty() || expression.empty() || !std::ranges::includes(left, hit)) continue;
        skips.push_back(expression);
        for (auto const& variant : hit) left.erase(variant);
    }
    skips.insert(skips.end(), left.begin(), left.end());
    return skips;
}

}  // namespace wsproof::cli
