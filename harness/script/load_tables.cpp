// Reads the tables beside the cases: statements.jsonc, rules.jsonc, faults.jsonc.
#include <algorithm>
#include <array>

#include "harness/script/load.hpp"
#include "harness/script/reading.hpp"
#include "harness/script/reading_file.hpp"

namespace wsproof::script {

namespace {

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

void check_statement_id(std::string const& id, std::size_t line) {
    if (!is_statement_id(id))
        throw Wrong(line, "expected document-section-number, found \"" + id + "\"");
}

Level read_level(Node const& node, std::string const& what) {
    static constexpr std::array<std::string_view, 3> levels{"must", "should", "may"};
    return static_cast<Level>(as_word(required(node, "level", what), levels, "a level"));
}

std::vector<std::string> read_statement_ids(Node const& node) {
    auto ids = as_texts(node, "statements");
    for (std::size_t i = 0; i < ids.size(); ++i) check_statement_id(ids[i], node.items[i].line);
    return ids;
}

/// A user's own rules need not stand for statements of an RFC.
Rule read_rule(Member const& member, bool own) {
    static constexpr std::array<std::string_view, 5> keys{"binds", "level", "statements", "text",
                                                          "untested"};
    static constexpr std::array<std::string_view, 3> binds{"server", "client", "endpoint"};
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
    rule.level = read_level(node, what);
    if (!own || node.find("statements") != nullptr)
        rule.statements = read_statement_ids(required(node, "statements", what));
    rule.text = filled_text(required(node, "text", what), "a sentence for \"text\"");
    if (auto const* const untested = node.find("untested"))
        rule.untested = filled_text(*untested, "the reason for \"untested\"");
    return rule;
}

Statement read_statement(Member const& member, bool /*own*/) {
    static constexpr std::array<std::string_view, 5> keys{"level", "binds", "seen_at", "text",
                                                          "why_not"};
    static constexpr std::array<std::string_view, 5> binds{"server", "client", "endpoint",
                                                           "application", "intermediary"};
    static constexpr std::array<std::string_view, 4> places{"server", "client", "either", "nobody"};
    check_statement_id(member.key, member.line);
    auto const& node = as_object(member.value, "{ level, binds, seen_at, text } for a statement");
    check_keys(node, keys, "a statement");
    Statement statement;
    statement.id = member.key;
    auto const what = "the statement " + statement.id;
    statement.level = read_level(node, what);
    statement.binds =
        binds.at(as_word(required(node, "binds", what), binds, "one of those that are bound"));
    statement.seen_at = static_cast<Statement::SeenAt>(
        as_word(required(node, "seen_at", what), places, "an end of the connection"));
    statement.text = filled_text(required(node, "text", what), "a sentence for \"text\"");
    if (statement.seen_at == Statement::SeenAt::nobody)
        statement.why_not = filled_text(required(node, "why_not", what), "the reason");
    return statement;
}

FaultInfo read_fault(Member const& member, bool own) {
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
    fault.own = own;
    auto const what = "the fault " + fault.id;
    fault.does = filled_text(required(node, "does", what), "words for \"does\"");
    fault.effect = filled_text(required(node, "effect", what), "words for \"effect\"");
    if (auto const* const fix = node.find("fix")) fault.fix = as_text(*fix, "words for \"fix\"");
    if (auto const* const grade = node.find("grade"))
        fault.grade =
            as_word(*grade, grades, "a grade of faults") == 0 ? Grade::lenient : Grade::note;
    return fault;
}

template <typename Row>
std::map<std::string, Row> read_table(SourceFile const& file, std::string const& expected,
                                      Row (*read)(Member const&, bool own)) {
    return in_file(file, [&] {
        std::map<std::string, Row> rows;
        Node const root = parse_json(file.text);
        for (auto const& member : as_object(root, expected).members)
            rows.emplace(member.key, read(member, file.is_own()));
        return rows;
    });
}

}  // namespace

std::map<std::string, Statement> read_statements(SourceFile const& file) {
    return read_table<Statement>(file, "{ id: statement }", read_statement);
}

std::map<std::string, Rule> read_rules(SourceFile const& file) {
    return read_table<Rule>(file, "{ id: rule }", read_rule);
}

std::map<std::string, FaultInfo> read_faults(SourceFile const& file) {
    return read_table<FaultInfo>(file, "{ name: fault }", read_fault);
}

}  // namespace wsproof::script
