#include "harness/script/load.hpp"

#include <algorithm>
#include <array>

#include "harness/script/expand.hpp"
#include "harness/script/grammar.hpp"
#include "harness/script/reading.hpp"
#include "harness/script/reading_file.hpp"
#include "harness/script/vocabulary.hpp"

namespace wsproof::script {

namespace {

constexpr std::array<std::string_view, 13> case_keys{
    "says",      "rule", "needs", "twin",  "faults",       "alias",   "tags",
    "exclusive", "each", "found", "steps", "in_the_clear", "at_login"};

std::vector<std::string> read_needs(Node const& node) {
    auto const needs = as_texts(node, "needs");
    for (std::size_t i = 0; i < needs.size(); ++i) as_word(node.items[i], need_names, "a need");
    return needs;
}

Found read_found(Node const& node) {
    static constexpr std::array<std::string_view, 6> keys{"by",     "seed",     "target",
                                                          "oracle", "expected", "detail"};
    as_object(node, "{ by, seed, target, oracle, expected, detail } for \"found\"");
    check_keys(node, keys, "\"found\"");
    Found found;
    found.by = filled_text(required(node, "by", "\"found\""), "a text for \"by\"");
    for (auto const& [key, line, value] : node.members) {
        if (key == "by") continue;
        bool const scalar = value.is(Node::Kind::text) || value.is(Node::Kind::number);
        if (!scalar) wrong_kind(value, "a text or a number for \"" + key + "\"");
        if (!found.detail.empty()) found.detail += "; ";
        found.detail += key == "detail" ? value.text : key + " " + value.text;
    }
    return found;
}

/// A user has no mutants of the reference, so that a case of theirs need not name any.
void read_faults_of(Node const& node, Variant& variant) {
    auto const* const faults = node.find("faults");
    if (faults == nullptr && variant.own) return;
    variant.faults = as_texts(required(node, "faults", "a case"), "faults", true);
}

void read_header(Node const& node, Variant& variant) {
    variant.says = filled_text(required(node, "says", "a case"), "a sentence for \"says\"");
    variant.rule = filled_text(required(node, "rule", "a case"), "the id of a rule for \"rule\"");
    read_faults_of(node, variant);
    if (auto const* const needs = node.find("needs")) variant.needs = read_needs(*needs);
    if (auto const* const twin = node.find("twin"))
        variant.twin = filled_text(*twin, "the id of a case for \"twin\"");
    if (auto const* const tags = node.find("tags")) variant.tags = as_texts(*tags, "tags");
    if (auto const* const exclusive = node.find("exclusive"))
        variant.exclusive = as_boolean(*exclusive, "exclusive");
    if (auto const* const clear = node.find("in_the_clear"))
        variant.in_the_clear = as_boolean(*clear, "in_the_clear");
    if (auto const* const login = node.find("at_login"))
        variant.at_login = as_boolean(*login, "at_login");
    if (auto const* const found = node.find("found")) variant.found = read_found(*found);
}

/// The names of one variant, "x" or ["x", "y"].
std::vector<std::string> names_of(Node const& node, std::string const& suffix) {
    if (node.is(Node::Kind::text)) return {filled_text(node, "a name for \"" + suffix + "\"")};
    return as_texts(node, "alias of " + suffix, true);
}

/// `alias` as an object: names variant by variant, by what stands behind the # of their ids.
void share_out(Node const& aliases, std::vector<Variant>& variants) {
    std::vector<std::string> suffixes;
    for (auto const& variant : variants)
        suffixes.push_back(variant.id.substr(variant.case_id.size()).erase(0, 1));
    std::vector<std::string_view> const names(suffixes.begin(), suffixes.end());
    for (auto const& [suffix, line, value] : aliases.members) {
        auto const at = std::find(suffixes.begin(), suffixes.end(), suffix);
        if (at == suffixes.end())
            throw Wrong(line, "expected the label of a variant in \"alias\", found \"" + suffix +
                                  "\"" + suggestion(suffix, names));
        auto& variant = variants[static_cast<std::size_t>(at - suffixes.begin())];
        variant.aliases = names_of(value, suffix);
    }
}

void read_aliases(Node const& node, std::vector<Variant>& variants) {
    if (node.is(Node::Kind::object)) return share_out(node, variants);
    if (!node.is(Node::Kind::list))
        wrong_kind(node, "[names] of all variants or { variant: names } for \"alias\"");
    auto const names = as_texts(node, "alias");
    for (auto& variant : variants) variant.aliases = names;
}

bool judges(Step const& step) {
    return std::holds_alternative<Exchange>(step.action) ||
           std::holds_alternative<Expect>(step.action) ||
           std::holds_alternative<Alive>(step.action) ||
           std::holds_alternative<Measure>(step.action) ||
           std::holds_alternative<Gone>(step.action);
}

/// Steps before the first `send` are set-up and judge nothing, unless nothing is sent at all.
void check_that_it_judges(std::vector<Step> const& steps, std::size_t line) {
    auto const first_send = std::find_if(steps.begin(), steps.end(), sends);
    auto const from = first_send == steps.end() ? steps.begin() : first_send;
    if (std::none_of(from, steps.end(), judges))
        throw Wrong(line, "expected a step that judges (expect or alive) after the first send");
}

std::vector<Variant> read_variants(SourceFile const& file) {
    Node const root = parse_json(file.text);
    as_object(root, "a case: an object");
    check_keys(root, case_keys, "a case");
    Variant head;
    head.at = {file.path, root.line};
    head.id = id_of(file);
    head.own = file.is_own();
    head.case_id = head.id.substr(0, head.id.find('#'));
    read_header(root, head);
    auto const& steps = required(root, "steps", "a case");
    std::vector<Variant> variants;
    for (auto& expansion : expand(root.find("each"), steps)) {
        Variant variant = head;
        variant.id += expansion.suffix;
        variant.choice = std::move(expansion.choice);
        variant.steps = read_steps(expansion.steps, file.path);
        check_that_it_judges(variant.steps, steps.line);
        variants.push_back(std::move(variant));
    }
    if (auto const* const alias = root.find("alias")) read_aliases(*alias, variants);
    return variants;
}

}  // namespace

std::vector<Variant> read_case(SourceFile const& file) {
    return in_file(file, [&] { return read_variants(file); });
}

std::string case_id_of(std::string const& path) {
    constexpr std::string_view folder = "cases/";
    constexpr std::string_view extension = ".jsonc";
    std::string_view id = path;
    auto const at = id.rfind(folder);
    auto const slash = id.rfind('/');
    if (at == 0 || (at != std::string_view::npos && id[at - 1] == '/'))
        id.remove_prefix(at + folder.size());
    else if (slash != std::string_view::npos)
        id.remove_prefix(slash + 1);
    if (id.size() > extension.size() && id.substr(id.size() - extension.size()) == extension)
        id.remove_suffix(extension.size());
    return std::string(id);
}

std::string id_of(SourceFile const& file) {
    return file.is_own() ? file.id : case_id_of(file.path);
}

std::size_t line_of(SourceFile const& file, std::string_view key) {
    Node const root = parse_json(file.text);
    for (auto const& member : root.members)
        if (member.key == key) return member.line;
    return root.line;
}

}  // namespace wsproof::script
