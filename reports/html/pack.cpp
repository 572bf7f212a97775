#include "reports/html/pack.hpp"

#include <array>

#include "reference_impl/wire/deflate.hpp"
#include "reference_impl/wire/opening.hpp"
#include "reports/html/parts.hpp"

namespace wsproof::report {
namespace {

/// One group: the anchors of its cases, each with its transcript as a tree.
std::string pack_of(Page const& page, Group const& group) {
    std::string trees;
    for (auto const* const given : group.results) {
        if (stands_open(page, *given) || given->transcript.entries.empty()) continue;
        Html tree(Html::Form::tree);
        Page const inner{page.report, page.redactor, tree, page.assets, page.sources};
        put_transcript(inner, page.redactor.result(*given));
        trees += (trees.empty() ? "{\"" : ",\"") + anchor_of(given->variant) + "\":" + tree.take();
    }
    return trees.empty() ? trees : trees + "}";
}

}  // namespace

std::string packed(std::string_view text) {
    wire::Deflater deflater;
    auto stream = deflater.compress(wire::as_bytes(text));
    // The stream of a message has no end: the tail that was cut, and an empty last block.
    stream.insert(stream.end(), wire::removed_tail.begin(), wire::removed_tail.end());
    constexpr std::array last_block{std::byte{0x03}, std::byte{0x00}};
    stream.insert(stream.end(), last_block.begin(), last_block.end());
    return wire::base64_encode(stream);
}

void put_packs(Page const& page) {
    for (auto const& group : groups_of(page.report)) {
        auto const trees = pack_of(page, group);
        if (trees.empty()) continue;
        auto const pack = page.html.in("template", {{"data-pack", group.name}});
        page.html.packed(packed(trees));
    }
}

}  // namespace wsproof::report
