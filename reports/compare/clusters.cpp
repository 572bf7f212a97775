#include "reports/compare/clusters.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>

namespace wsproof::report {
namespace {

using Indices = std::vector<std::size_t>;

Indices whole_columns(Matrix const& matrix) {
    Indices whole;
    for (std::size_t at = 0; at < matrix.columns.size(); ++at)
        if (matrix.columns[at].is_whole()) whole.push_back(at);
    return whole;
}

/// The cases that all these columns have played, the smallest first.
Indices common_rows(Matrix const& matrix, Indices const& columns) {
    Indices common;
    for (std::size_t at = 0; at < matrix.rows.size(); ++at) {
        auto const& row = matrix.rows[at];
        bool const played = std::ranges::all_of(columns, [&](std::size_t column) {
            return row.cells[column].verdict && !row.cells[column].gap;
        });
        if (row.is_case && !row.is_limit && played) common.push_back(at);
    }
    std::ranges::stable_sort(common, {}, [&](std::size_t at) {
        return matrix.rows[at].steps.value_or(std::numeric_limits<std::size_t>::max());
    });
    return common;
}

std::vector<Indices> groups_of(Matrix const& matrix, Indices const& columns,
                               Indices const& common) {
    std::map<std::vector<play::Verdict>, Indices> by_verdicts;
    for (auto const column : columns) {
        std::vector<play::Verdict> verdicts;
        verdicts.reserve(common.size());
        for (auto const row : common) verdicts.push_back(*matrix.rows[row].cells[column].verdict);
        by_verdicts[std::move(verdicts)].push_back(column);
    }
    std::vector<Indices> groups;
    for (auto& [verdicts, members] : by_verdicts) groups.push_back(std::move(members));
    std::ranges::sort(groups, [](Indices const& a, Indices const& b) {
        return a.size() != b.size() ? a.size() > b.size() : a.front() < b.front();
    });
    return groups;
}

std::size_t smallest_split(Matrix const& matrix, Indices const& common, std::size_t one,
                           std::size_t other) {
    std::optional<std::size_t> first;
    for (auto const row : common) {
        auto const& a = matrix.rows[row].cells[one];
        auto const& b = matrix.rows[row].cells[other];
        if (a.verdict == b.verdict) continue;
        if (a.is_judged() && b.is_judged()) return row;
        if (!first) first = row;
    }
    return first.value_or(0);
}

}  // namespace

Clusters clusters_of(Matrix const& matrix) {
    auto const columns = whole_columns(matrix);
    auto const common = common_rows(matrix, columns);
    Clusters clusters{.common = common.size()};
    if (common.empty()) return clusters;
    clusters.groups = groups_of(matrix, columns, common);
    auto const& groups = clusters.groups;
    for (std::size_t one = 0; one < groups.size(); ++one)
        for (std::size_t other = one + 1; other < groups.size(); ++other)
            clusters.splits.push_back(
                {one, other,
                 smallest_split(matrix, common, groups[one].front(), groups[other].front())});
    return clusters;
}

std::string cluster_name(std::size_t number) {
    constexpr std::size_t letters = 26;
    std::string name;
    for (auto rest = number + 1; rest > 0; rest = (rest - 1) / letters)
        name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % letters));
    return name;
}

}  // namespace wsproof::report
