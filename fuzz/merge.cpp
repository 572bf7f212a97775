#include "fuzz/merge.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <tuple>

namespace wsproof::fuzz {
namespace {

auto size_of(Session const& session) {
    return std::tuple{frames_of(session), session.writes.size(), session.fields.size()};
}

}  // namespace

Merged merge(std::vector<Session> const& there, std::vector<Session> const& offered,
             Model const& model) {
    std::set<std::uint64_t> seen;
    auto const reaches_new = [&](Session const& session) {
        auto const before = seen.size();
        auto const inputs = model.judge(session, 1).inputs;
        seen.insert(inputs.begin(), inputs.end());
        return seen.size() > before;
    };
    for (auto const& session : there) reaches_new(session);
    auto const known = seen.size();
    auto sorted = offered;
    std::ranges::stable_sort(sorted, {}, size_of);
    Merged merged;
    std::ranges::copy_if(sorted, std::back_inserter(merged.added), reaches_new);
    merged.states = seen.size();
    merged.new_states = seen.size() - known;
    return merged;
}

}  // namespace wsproof::fuzz
