#include "reports/compare/views.hpp"

#include <algorithm>
#include <map>

namespace wsproof::report {
namespace {

using play::Verdict;

/// How many columns were judged so.
std::map<Verdict, std::size_t> votes_of(Row const& row) {
    std::map<Verdict, std::size_t> votes;
    for (auto const& cell : row.cells)
        if (cell.is_judged()) ++votes[*cell.verdict];
    return votes;
}

std::size_t failures(Row const& row) {
    return static_cast<std::size_t>(std::ranges::count_if(
        row.cells, [](Cell const& cell) { return cell.verdict == Verdict::fail; }));
}

bool reference_alone_fails(Matrix const& matrix, Row const& row) {
    return matrix.reference && row.cells[*matrix.reference].verdict == Verdict::fail &&
           failures(row) == 1;
}

}  // namespace

std::optional<std::size_t> alone_in(Row const& row) {
    auto const votes = votes_of(row);
    if (votes.size() != 2) return std::nullopt;
    auto const [few, many] = std::minmax_element(
        votes.begin(), votes.end(), [](auto& a, auto& b) { return a.second < b.second; });
    if (few->second != 1 || many->second < 2) return std::nullopt;
    auto const at = std::ranges::find_if(row.cells, [verdict = few->first](Cell const& cell) {
        return cell.is_judged() && cell.verdict == verdict;
    });
    return static_cast<std::size_t>(at - row.cells.begin());
}

bool is_in(View view, Matrix const& matrix, Row const& row) {
    switch (view) {
        case View::all:
            return true;
        case View::differs:
            return votes_of(row).size() > 1;
        case View::fails:
            return failures(row) > 0;
        case View::everyone_fails: {
            auto const votes = votes_of(row);
            return votes.size() == 1 && votes.begin()->first == Verdict::fail &&
                   votes.begin()->second > 1;
        }
        case View::reference_fails:
            return reference_alone_fails(matrix, row);
        case View::alone:
            return alone_in(row).has_value();
        case View::unsupported:
            return std::ranges::any_of(row.cells, &Cell::lacks);
    }
    return true;
}

}  // namespace wsproof::report
