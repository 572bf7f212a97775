#include "harness/run/nearest.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace wsproof::run {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::vector<std::size_t> next(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        next[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            auto const replace = row[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
            next[j] = std::min({row[j] + 1, next[j - 1] + 1, replace});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                next[j] = std::min(next[j], before[j - 2] + 1);
        }
        std::swap(before, row);
        std::swap(row, next);
    }
    return row[b.size()];
}

std::string nearest(std::string_view typed, std::span<std::string const> names) {
    constexpr std::size_t longest = 200;  // what a person types; the distance is quadratic
    if (typed.size() > longest) return {};
    std::string best;
    std::size_t least = std::max<std::size_t>(2, typed.size() / 3) + 1;
    for (auto const& name : names) {
        auto distance = edit_distance(typed, name);
        // Whoever leaves out the folder or the label of a variant means the name all the same.
        auto const slash = name.find('/');
        if (slash != std::string::npos && typed.find('/') == std::string_view::npos)
            distance = std::min(distance,
                                edit_distance(typed, std::string_view(name).substr(slash + 1)) + 1);
        if (distance < least) {
            least = distance;
            best = name;
        }
    }
    return best;
}

}  // namespace wsproof::run
