#include "harness/script/load.hpp"

#include <algorithm>
#include <array>

#include "harness/script/expand.hpp"
#include "harness/script/grammar.hpp"
#include "harness/script/reading.hpp"
#include "harness/script/vocabulary.hpp"
#include "harness/script/write.hpp"

namespace wsproof::script {

namespace {

constexpr std::size_t file_limit = 4U << 20U;
constexpr std::array<std::string_view, 11> case_keys{"says",   "rule",  "needs", "twin",
                                                     "faults", "alias", "tags",  "exclusive",
                                                     "each",   "found", "steps"};

/// Runs a reader and gives its complaint the name of the file.
template <typename Read>
auto in_file(SourceFile const& file, Read read) {
    try {
        if (file.text.size() > file_limit) throw Wrong(1, "expected a file of at most 4 MiB");
        return read();
    } catch (Wrong const& wrong) {
        throw CaseError({file.path, wrong.line()}, wrong.what());
    }
}

Node const& required(Node const& node, std::string_view key, std::string const& what) {
    if (auto const* const value = node.find(key)) return *value;
    throw Wrong(node.line, "expected \"" + std::string(key) + "\" in " + what);
}

std::string filled_text(Node const& node, std::string const& what) {
    auto const& text = as_text(node, what);
    if (text.empty()) throw Wrong(node.line, "expected " + what + ", found \"\"");
    return text;
}

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

void read_header(Node const& node, Variant& variant) {
    variant.says = filled_text(required(node, "says", "a case"), "a sentence for \"says\"");
    variant.rule = filled_text(required(node, "rule", "a case"), "the id of a rule for \"rule\"");
    variant.faults = as_texts(required(node, "faults", "a case"), "faults", true);
    if (auto const* const needs = node.find("needs")) variant.needs = read_needs(*needs);
    if (auto const* const twin = node.find("twin"))
        variant.twin = filled_text(*twin, "the id of a case for \"twin\"");
    if (auto const* const alias = node.find("alias")) variant.aliases = as_texts(*alias, "alias");
    if (auto const* const tags = node.find("tags")) variant.tags = as_texts(*tags, "tags");
    if (auto const* const exclusive = node.find("exclusive"))
        variant.exclusive = as_boolean(*exclusive, "exclusive");
    if (auto const* const found = node.find("found")) variant.found = read_found(*found);
}

bool judges(Step const& step) {
    return std::holds_alternative<Expect>(step.action) ||
           std::holds_alternative<Alive>(step.action);
}

/// Steps before the first `send` are set-up and judge nothing, unless nothing is sent at all.
void check_that_it_judges(std::vector<Step> const& steps, std::size_t line) {
    auto const sends = [](Step const& s) { return std::holds_alternative<Send>(s.action); };
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
    head.id = case_id_of(file.path);
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
        variant.source = write(variant);
        variants.push_back(std::move(variant));
    }
    return variants;
}

bool is_rule_id(std::string_view id) {
    auto const first = id.find('/');
    auto const second = first == std::string_view::npos ? first : id.find('/', first + 1);
    bool const parts = second != std::string_view::npos && first > 0 && second > first + 1 &&
                       second + 1 < id.size() && id.find('/', second + 1) == std::string_view::npos;
    return parts && std::all_of(id.begin(), id.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '-' ||
                      c == '.';
           });
}

/// document-section-number: "6455-5.1-02".
bool is_statement_id(std::string_view id) {
    auto const first = id.find('-');
    auto const last = id.rfind('-');
    if (first == std::string_view::npos || last == first || first == 0 || last + 1 == id.size())
        return false;
    auto const digits = [](std::string_view text, bool dots) {
        return std::all_of(text.begin(), text.end(),
                           [dots](char c) { return (c >= '0' && c <= '9') || (dots && c == '.'); });
    };
    return digits(id.substr(0, first), false) && last > first + 1 &&
           digits(id.substr(first + 1, last - first - 1), true) &&
           digits(id.substr(last + 1), false);
}

Rule read_rule(Member const& member) {
    static constexpr std::array<std::string_view, 4> keys{"binds", "level", "statements", "text"};
    static constexpr std::array<std::string_view, 3> binds{"server", "client", "endpoint"};
    static constexpr std::array<std::string_view, 3> levels{"must", "should", "may"};
    if (!is_rule_id(member.key))
        throw Wrong(member.line,
                    "expected a rule id document/section/name, found \"" + member.key + "\"");
    auto const& node = as_object(member.value, "{ binds, level, statements, text } for a rule");
    check_keys(node, keys, "a rule");
    Rule rule;
    rule.id = member.key;
    auto const what = "the rule " + rule.id;
    rule.binds = static_cast<Binds>(
        as_word(required(node, "binds", what), binds, "one of those that a rule binds"));
    rule.level = static_cast<Level>(as_word(required(node, "level", what), levels, "a level"));
    auto const& statements = required(node, "statements", what);
    rule.statements = as_texts(statements, "statements");
    for (std::size_t i = 0; i < rule.statements.size(); ++i)
        if (!is_statement_id(rule.statements[i]))
            throw Wrong(statements.items[i].line,
                        "expected document-section-number, found \"" + rule.statements[i] + "\"");
    rule.text = filled_text(required(node, "text", what), "a sentence for \"text\"");
    return rule;
}

FaultInfo read_fault(Member const& member) {
    static constexpr std::array<std::string_view, 4> keys{"does", "effect", "fix", "grade"};
    static constexpr std::array<std::string_view, 2> grades{"lenient", "note"};
    bool const form =
        !member.key.empty() && std::all_of(member.key.begin(), member.key.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        });
    if (!form)
        throw Wrong(member.line,
                    "expected a fault's name of a-z, 0-9 and -, found \"" + member.key + "\"");
    auto const& node = as_object(member.value, "{ does, effect, fix } for a fault");
    check_keys(node, keys, "a fault");
    FaultInfo fault;
    fault.id = member.key;
    auto const what = "the fault " + fault.id;
    fault.does = filled_text(required(node, "does", what), "words for \"does\"");
    fault.effect = filled_text(required(node, "effect", what), "words for \"effect\"");
    if (auto const* const fix = node.find("fix")) fault.fix = as_text(*fix, "words for \"fix\"");
    if (auto const* const grade = node.find("grade"))
        fault.grade =
            as_word(*grade, grades, "a grade of faults") == 0 ? Grade::lenient : Grade::note;
    return fault;
}

}  // namespace

std::vector<Variant> read_case(SourceFile const& file) {
    return in_file(file, [&] { return read_variants(file); });
}

std::map<std::string, Rule> read_rules(SourceFile const& file) {
    return in_file(file, [&] {
        std::map<std::string, Rule> rules;
        Node const root = parse_json(file.text);
        for (auto const& member : as_object(root, "{ id: rule }").members)
            rules.emplace(member.key, read_rule(member));
        return rules;
    });
}

std::map<std::string, FaultInfo> read_faults(SourceFile const& file) {
    return in_file(file, [&] {
        std::map<std::string, FaultInfo> faults;
        Node const root = parse_json(file.text);
        for (auto const& member : as_object(root, "{ name: fault }").members)
            faults.emplace(member.key, read_fault(member));
        return faults;
    });
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

std::size_t line_of(SourceFile const& file, std::string_view key) {
    Node const root = parse_json(file.text);
    for (auto const& member : root.members)
        if (member.key == key) return member.line;
    return root.line;
}

}  // namespace wsproof::script
