#include "harness/run/graph.hpp"

#include <algorithm>
#include <map>

namespace wsproof::run {
namespace {

using script::Variant;

Variant const* twin_of(Variant const& variant, script::Catalogue const& catalogue) {
    if (variant.twin.empty()) return nullptr;
    if (auto const* const exactly = catalogue.find(variant.twin)) return exactly;
    auto const of_case = catalogue.of_case(variant.twin);
    return of_case.empty() ? nullptr : of_case.front();
}

bool leads_back(std::vector<Node> const& nodes, std::size_t from, std::size_t to) {
    for (std::optional<std::size_t> at = from; at; at = nodes[*at].twin)
        if (*at == to) return true;
    return false;
}

}  // namespace

std::vector<Node> make_graph(std::vector<Variant const*> planned,
                             script::Catalogue const& catalogue) {
    std::ranges::sort(planned, {}, &Variant::id);
    std::vector<Node> nodes;
    std::map<Variant const*, std::size_t> index;
    for (auto const* const variant : planned) {
        if (index.contains(variant)) continue;
        index.emplace(variant, nodes.size());
        nodes.push_back({.variant = variant});
    }
    // Twins are appended behind, so the loop also visits the twins of twins.
    for (std::size_t at = 0; at < nodes.size(); ++at) {
        auto const* const twin = twin_of(*nodes[at].variant, catalogue);
        if (twin == nullptr) continue;
        auto const [place, is_new] = index.emplace(twin, nodes.size());
        if (is_new) nodes.push_back({.variant = twin, .planned = false});
        if (leads_back(nodes, place->second, at)) continue;
        nodes[at].twin = place->second;
        nodes[place->second].dependents.push_back(at);
    }
    return nodes;
}

}  // namespace wsproof::run
