// What one has to know of every column: fairness, and why columns may not be comparable.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "reports/compare/matrix.hpp"
#include "reports/names.hpp"
#include "reports/redact.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

using Words = std::vector<std::string>;

std::string joined(Words const& words, std::string_view between = ", ") {
    return printable(fmt::format("{}", fmt::join(words, between)));
}

std::string choice_words(Report const& head) {
    auto const& run = head.run;
    Words words;
    if (!run.profile.empty()) words.push_back("--profile " + run.profile);
    for (auto const& expression : run.selection) words.push_back("-s " + shell_quoted(expression));
    for (auto const shard : run.shards) words.push_back("--shard " + run::in_words(shard));
    return words.empty() ? "all" : joined(words, " ");
}

std::string reading_words(Report const& head) {
    return fmt::format("{}, delivery {}, messages {}", head.run.strict ? "strict" : "usual",
                       head.run.delivery, names::depth.of(head.setting.depth));
}

std::string deadline_words(Report const& head) {
    return fmt::format("a case at most {}, times x {}, {}", duration_words(head.setting.case_time),
                       head.run.time_scale, plural(head.run.jobs, "job"));
}

std::string tool_words(Report const& head) {
    auto const commit = head.tool_commit.empty() ? "" : fmt::format(" ({})", head.tool_commit);
    return printable(fmt::format("wsproof {}{}", head.tool_version, commit));
}

std::string suite_words(Report const& head) {
    return printable(
        fmt::format("{}, {} cases, {}", head.suite_version, head.suite_cases, head.suite_digest));
}

std::string limit_words(Column const& column) {
    Words words;
    for (auto const& limit : column.limits)
        words.push_back(fmt::format("{} {} {}", limit.words, limit.number, limit.unit));
    return joined(words);
}

std::string state_words(Report const& head) {
    auto const name = std::string(names::state.of(head.run.state));
    Redactor const redactor(head);
    if (head.run.state_words.empty()) return name;
    return printable(fmt::format("{}: {}", name, redactor.text(head.run.state_words)));
}

/// "a, b: what they have; c: what it has", when the columns do not agree; empty: they do.
std::string disagreement(Matrix const& matrix,
                         std::function<std::string(Report const&)> const& what) {
    std::map<std::string, Words> by_value;
    for (auto const& column : matrix.columns) by_value[what(column.head)].push_back(column.name);
    if (by_value.size() < 2) return {};
    Words groups;
    for (auto const& [value, names] : by_value) {
        constexpr std::size_t most = 5;
        auto const shown = std::min(most, names.size());
        auto const end = names.begin() + static_cast<std::ptrdiff_t>(shown);
        auto list = fmt::format("{}", fmt::join(names.begin(), end, ", "));
        if (names.size() > most) list += fmt::format(" and {} more", names.size() - most);
        groups.push_back(fmt::format("{}: {}", list, value));
    }
    return fmt::format("{}", fmt::join(groups, "; "));
}

/// How many rows every whole column has.
std::pair<std::size_t, std::size_t> cases_in_common(Matrix const& matrix) {
    std::size_t common = 0;
    std::size_t all = 0;
    for (auto const& row : matrix.rows) {
        if (!row.is_case) continue;
        ++all;
        bool everywhere = true;
        for (std::size_t at = 0; at < matrix.columns.size(); ++at)
            everywhere = everywhere && (row.cells[at].verdict || !matrix.columns[at].is_whole());
        if (everywhere) ++common;
    }
    return {common, all};
}

Facts facts_of(Column const& column) {
    auto const& head = column.head;
    Redactor const redactor(head);
    auto const& target = head.target;
    auto const reached = redactor.text(target.spawn.empty() ? target.url : target.spawn);
    Facts facts{{"version", version_of(column)},
                {"role", std::string(names::role.of(target.role))},
                {target.spawn.empty() ? "URL" : "command", printable(reached)},
                {"options", joined(redactor.arguments(target.options), " ")},
                {"capabilities", joined(target.profile.capabilities())},
                {"run", fmt::format("{}, {}", printable(head.run.started),
                                    duration_words(head.run.duration))},
                {"state", state_words(head)},
                {"choice", choice_words(head)},
                {"judging", reading_words(head)},
                {"deadlines", deadline_words(head)},
                {"seed", fmt::format("{:016x}", head.run.seed)},
                {"limits", limit_words(column)},
                {"case set", suite_words(head)},
                {"tool", tool_words(head)},
                {"again", column.rerun}};
    std::erase_if(facts, [](auto const& fact) { return fact.second.empty(); });
    return facts;
}

}  // namespace

std::string version_of(Column const& column) {
    auto const& target = column.head.target;
    if (!target.libraries.empty()) return joined(target.libraries);
    if (target.profile.server_software.empty()) return "not said";
    return printable(fmt::format("says {}", target.profile.server_software));
}

Fairness fairness_of(Matrix const& matrix) {
    Fairness fairness;
    for (auto const& column : matrix.columns) fairness.own.push_back(facts_of(column));
    if (fairness.own.size() < 2) return fairness;
    for (auto const& fact : fairness.own.front()) {
        bool const everywhere = std::ranges::all_of(fairness.own, [&](Facts const& facts) {
            return std::ranges::find(facts, fact) != facts.end();
        });
        if (everywhere) fairness.common.push_back(fact);
    }
    for (auto& facts : fairness.own)
        std::erase_if(facts, [&](auto const& fact) {
            return std::ranges::find(fairness.common, fact) != fairness.common.end();
        });
    return fairness;
}

std::vector<std::string> warnings_of(Matrix const& matrix) {
    auto const changed_cases = matrix.changed_cases;
    Words warnings;
    auto const warn = [&](std::string_view words, std::string const& who) {
        if (!who.empty()) warnings.push_back(printable(fmt::format("{} ({})", words, who)));
    };
    warn("the reports are of different case sets: cases may have changed between them",
         disagreement(matrix, [](Report const& head) { return head.suite_digest; }));
    if (changed_cases != 0)
        warnings.push_back(fmt::format("{} not the same in all reports",
                                       changed_cases == 1
                                           ? std::string("1 case is")
                                           : fmt::format("{} cases are", changed_cases)));
    auto const [common, all] = cases_in_common(matrix);
    auto const choices = disagreement(matrix, choice_words);
    if (!choices.empty() || common != all)
        warnings.push_back(printable(
            fmt::format("not every report has every case: {} of {} are in all of them{}", common,
                        all, choices.empty() ? "" : fmt::format(" ({})", choices))));
    warn("the reports were not judged alike", disagreement(matrix, reading_words));
    warn("the targets are not of one role", disagreement(matrix, [](Report const& head) {
             return std::string(names::role.of(head.target.role));
         }));
    for (auto const& column : matrix.columns)
        if (!column.is_whole())
            warnings.push_back(fmt::format("{} has no whole run and takes no part in clusters: {}",
                                           column.name, state_words(column.head)));
    return warnings;
}

}  // namespace wsproof::report
