#include "harness/run/graph.hpp"

#include <algorithm>
#include <map>

namespace wsproof::run {
namespace {

using script::Variant;

bool waits_for_silence(script::Outcome const& outcome) {
    auto const* const word = std::get_if<script::Word>(&outcome.pattern);
    return word != nullptr && *word == script::Word::silence;
}

/// Waits, silences and pauses between writes; a head or frame is taken for 200 bytes.
std::chrono::milliseconds own_time_of(Variant const& variant) {
    constexpr std::size_t usual_size = 200;
    std::chrono::milliseconds time{0};
    for (auto const& step : variant.steps) {
        if (auto const* const wait = std::get_if<script::Wait>(&step.action)) time += wait->time;
        auto const* const send = std::get_if<script::Send>(&step.action);
        if (send != nullptr && send->chop != 0)
            time += send->gap * static_cast<int>(usual_size / std::min(send->chop, usual_size));
        auto const* const expect = std::get_if<script::Expect>(&step.action);
        if (expect != nullptr && std::ranges::any_of(expect->any_of, waits_for_silence))
            time += step.within;
    }
    return time;
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
        nodes.push_back({.variant = variant, .own_time = own_time_of(*variant)});
    }
    // Twins are appended behind, so the loop also visits the twins of twins.
    for (std::size_t at = 0; at < nodes.size(); ++at) {
        auto const* const twin = catalogue.twin_of(*nodes[at].variant);
        if (twin == nullptr) continue;
        auto const [place, is_new] = index.emplace(twin, nodes.size());
        if (is_new)
            nodes.push_back({.variant = twin, .planned = false, .own_time = own_time_of(*twin)});
        if (leads_back(nodes, place->second, at)) continue;
        nodes[at].twin = place->second;
        nodes[place->second].dependents.push_back(at);
    }
    // A twin comes before those that wait for it.
    for (auto const& node : nodes)
        for (auto at = node.twin; at; at = nodes[*at].twin)
            nodes[*at].own_time = std::max(nodes[*at].own_time, node.own_time);
    return nodes;
}

}  // namespace wsproof::run
