// Reads the table of published weaknesses: advisories.jsonc.
#include <array>

#include "harness/script/load.hpp"
#include "harness/script/reading.hpp"
#include "harness/script/reading_file.hpp"

namespace wsproof::script {
namespace {

Versions read_versions(Node const& node) {
    static constexpr std::array<std::string_view, 2> keys{"from", "before"};
    auto const& object = as_object(node, "{ from, before } for versions");
    check_keys(object, keys, "versions");
    Versions versions;
    if (auto const* const from = object.find("from"))
        versions.from = filled_text(*from, "a version for \"from\"");
    versions.before =
        filled_text(required(object, "before", "versions"), "a version for \"before\"");
    return versions;
}

Advisory read_advisory(Member const& member) {
    static constexpr std::array<std::string_view, 3> keys{"library", "affected", "about"};
    auto const what = "the advisory " + member.key;
    auto const& node = as_object(member.value, "{ library, affected, about } for an advisory");
    check_keys(node, keys, "an advisory");
    Advisory advisory{.id = member.key,
                      .library = as_texts(required(node, "library", what), "library"),
                      .about = filled_text(required(node, "about", what), "words for \"about\"")};
    auto const& affected = required(node, "affected", what);
    if (affected.items.empty()) throw Wrong(member.line, "expected versions for " + what);
    for (auto const& versions : affected.items)
        advisory.affected.push_back(read_versions(versions));
    return advisory;
}

}  // namespace

std::vector<Advisory> read_advisories(SourceFile const& file) {
    return in_file(file, [&] {
        std::vector<Advisory> advisories;
        Node const root = parse_json(file.text);
        for (auto const& member : as_object(root, "{ id: advisory }").members)
            advisories.push_back(read_advisory(member));
        return advisories;
    });
}

}  // namespace wsproof::script
