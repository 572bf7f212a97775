#include "harness/script/expand.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "harness/script/reading.hpp"
#include "harness/script/vocabulary.hpp"

namespace wsproof::script {

namespace {

constexpr std::size_t variant_limit = 4096;
constexpr std::size_t node_limit = 1'000'000;  // of all variants of a case together
constexpr std::size_t label_limit = 40;

bool contains(Names names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

struct Choice {
    std::string label;
    Node const* value = nullptr;
};

struct Dimension {
    std::string name;
    std::size_t line = 0;
    std::vector<Choice> choices = {};
};

bool is_label_character(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '+' || c == '-';
}

std::string slug(std::string_view text) {
    std::string label(text.substr(0, label_limit));
    for (char& c : label)
        if (!is_label_character(c)) c = '-';
    return label.empty() ? "empty" : label;
}

void check_name(Member const& member) {
    auto const& name = member.key;
    bool const fits = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!fits)
        throw Wrong(member.line,
                    "expected a name of a-z, 0-9 and _ in \"each\", found \"" + name + "\"");
}

std::vector<Choice> choices_of_list(Node const& list) {
    std::vector<Choice> choices;
    std::map<std::string, std::size_t> objects;  // objects are told apart by a number
    std::set<std::string> used;
    for (auto const& item : list.items) {
        auto label = label_of(item);
        if (item.is(Node::Kind::object) || item.is(Node::Kind::list)) {
            auto const nth = ++objects[label];
            if (nth > 1) label += "-" + std::to_string(nth);
        }
        if (!used.insert(label).second)
            throw Wrong(item.line, "expected values with different labels in \"each\"; \"" + label +
                                       "\" comes twice, so give labels: { \"label\": value }");
        choices.push_back({std::move(label), &item});
    }
    return choices;
}

std::vector<Choice> choices_of_object(Node const& object) {
    std::vector<Choice> choices;
    for (auto const& member : object.members) {
        auto const& label = member.key;
        bool const fits = !label.empty() && label.size() <= label_limit &&
                          std::all_of(label.begin(), label.end(), is_label_character);
        if (!fits)
            throw Wrong(
                member.line,
                "expected a label of 1 to 40 letters, digits and . _ + -, found \"" + label + "\"");
        choices.push_back({label, &member.value});
    }
    return choices;
}

Dimension dimension_of(Member const& member) {
    check_name(member);
    Node const& values = member.value;
    Dimension dimension{member.key, member.line, {}};
    if (values.is(Node::Kind::list))
        dimension.choices = choices_of_list(values);
    else if (values.is(Node::Kind::object))
        dimension.choices = choices_of_object(values);
    else
        wrong_kind(values, "[values] or { label: value } for \"" + member.key + "\" in \"each\"");
    if (dimension.choices.empty())
        throw Wrong(values.line, "expected at least one value for \"" + member.key + "\"");
    return dimension;
}

/// `${target.host}`, `${key}` and `${accept}` are the player's.
bool stays(std::string_view name, std::size_t line) {
    if (contains(player_words, name)) return true;
    constexpr std::string_view prefix = "target.";
    if (name.substr(0, prefix.size()) != prefix) return false;
    auto const word = name.substr(prefix.size());
    if (!contains(target_words, word))
        throw Wrong(line, "expected ${target.…} with one of " + listed(target_words) +
                              ", found \"" + std::string(word) + "\"" +
                              suggestion(word, target_words));
    return true;
}

Node without_children(Node const& node) {
    Node copy;
    copy.kind = node.kind;
    copy.boolean = node.boolean;
    copy.whole = node.whole;
    copy.number = node.number;
    copy.text = node.text;
    copy.line = node.line;
    return copy;
}

/// One combination being put into the steps.
class Substitution {
public:
    Substitution(std::vector<Dimension> const& dimensions, std::vector<std::size_t> const& chosen,
                 std::set<std::string>& used, std::size_t& nodes)
        : dimensions_(dimensions), chosen_(chosen), used_(used), nodes_(nodes) {}

    Node apply(Node const& node) {
        count(node.line);
        if (node.is(Node::Kind::text)) return apply_text(node);
        Node result = without_children(node);
        for (auto const& item : node.items) result.items.push_back(apply(item));
        for (auto const& [key, line, value] : node.members)
            result.members.push_back({key, line, apply(value)});
        return result;
    }

private:
    void count(std::size_t line) {
        if (++nodes_ > node_limit)
            throw Wrong(line, "expected a case whose variants have fewer than 1,000,000 values");
    }

    /// The value of a name of `each`, or of a key of it; null when the name is the player's.
    Node const* value_of(std::string_view name, std::size_t line) {
        auto const dot = name.find('.');
        auto const whole = name.substr(0, dot);
        for (std::size_t i = 0; i < dimensions_.size(); ++i) {
            if (dimensions_[i].name != whole) continue;
            if (dot != std::string_view::npos && whole == "target") continue;
            used_.emplace(whole);
            auto const& value = *dimensions_[i].choices[chosen_[i]].value;
            return dot == std::string_view::npos ? &value : &part_of(value, name, line);
        }
        if (stays(name, line)) return nullptr;
        std::vector<std::string_view> names(player_words.begin(), player_words.end());
        for (auto const& dimension : dimensions_) names.emplace_back(dimension.name);
        throw Wrong(line, "expected a name of \"each\", target.… or " + listed(player_words) +
                              " in ${…}, found \"" + std::string(name) + "\"" +
                              suggestion(name, names));
    }

    /// `${name.key}`: what stands under this key of an object.
    static Node const& part_of(Node const& value, std::string_view name, std::size_t line) {
        auto const key = name.substr(name.find('.') + 1);
        for (auto const& member : value.members)
            if (member.key == key) return member.value;
        throw Wrong(line,
                    "expected every value of \"" + std::string(name.substr(0, name.find('.'))) +
                        "\" in \"each\" to be an object with the key \"" + std::string(key) + "\"");
    }

    /// A value of `each` as it is: placeholders of the player alone may stand in it.
    Node checked_copy(Node const& value, std::size_t line) {
        count(value.line);
        if (value.is(Node::Kind::text)) check_no_names(value);
        Node result = without_children(value);
        for (auto const& item : value.items) result.items.push_back(checked_copy(item, item.line));
        for (auto const& [key, key_line, child] : value.members)
            result.members.push_back({key, key_line, checked_copy(child, child.line)});
        result.line = line;
        return result;
    }

    static void check_no_names(Node const& text) {
        std::size_t at = 0;
        while (auto const name = next_name(text, at)) {
            if (stays(*name, text.line)) continue;
            throw Wrong(text.line, "expected no ${" + std::string(*name) +
                                       "} within a value of \"each\"; only the words of "
                                       "the player may stand there: target.…, key, accept");
        }
    }

    /// The next name in `${…}` from `at` on, which moves behind it.
    static std::optional<std::string_view> next_name(Node const& text, std::size_t& at) {
        std::string_view const all = text.text;
        auto const open = all.find("${", at);
        if (open == std::string_view::npos) return std::nullopt;
        auto const close = all.find('}', open);
        if (close == std::string_view::npos)
            throw Wrong(text.line,
                        "expected } after ${ (write a payload with these characters as "
                        "{ \"join\": [\"$\", \"{\"] })");
        at = close + 1;
        return all.substr(open + 2, close - open - 2);
    }

    Node apply_text(Node const& text) {
        std::size_t at = 0;
        std::size_t copied = 0;
        std::string result;
        while (auto const name = next_name(text, at)) {
            auto const* const value = value_of(*name, text.line);
            if (value == nullptr) continue;
            auto const begin = at - name->size() - 3;
            if (begin == 0 && at == text.text.size()) return checked_copy(*value, text.line);
            result.append(text.text, copied, begin - copied);
            result += written_out(*value, *name, text.line);
            copied = at;
        }
        result.append(text.text, copied);
        Node node = Node::of_text(std::move(result));
        node.line = text.line;
        return node;
    }

    static std::string written_out(Node const& value, std::string_view name, std::size_t line) {
        if (value.is(Node::Kind::text)) check_no_names(value);
        if (value.is(Node::Kind::text) || value.is(Node::Kind::number)) return value.text;
        if (value.is(Node::Kind::boolean)) return value.boolean ? "true" : "false";
        throw Wrong(line, "expected a text, a number or true/false for ${" + std::string(name) +
                              "} within a longer text, found " + kind_in_words(value));
    }

    std::vector<Dimension> const& dimensions_;
    std::vector<std::size_t> const& chosen_;
    std::set<std::string>& used_;
    std::size_t& nodes_;
};

std::vector<Dimension> dimensions_of(Node const* each) {
    std::vector<Dimension> dimensions;
    if (each == nullptr) return dimensions;
    std::size_t product = 1;
    for (auto const& member : as_object(*each, "{ name: values } for \"each\"").members) {
        dimensions.push_back(dimension_of(member));
        product *= dimensions.back().choices.size();
        if (product > variant_limit)
            throw Wrong(member.line, "expected at most 4,096 variants of a case");
    }
    if (dimensions.empty()) throw Wrong(each->line, "expected at least one name in \"each\"");
    return dimensions;
}

/// Moves on to the next combination, the last name fastest; false after the last one.
bool advance(std::vector<std::size_t>& chosen, std::vector<Dimension> const& dimensions) {
    for (std::size_t i = chosen.size(); i-- > 0;) {
        if (++chosen[i] < dimensions[i].choices.size()) return true;
        chosen[i] = 0;
    }
    return false;
}

}  // namespace

std::vector<Expansion> expand(Node const* each, Node const& steps) {
    auto const dimensions = dimensions_of(each);
    std::vector<std::size_t> chosen(dimensions.size(), 0);
    std::set<std::string> used;
    std::size_t nodes = 0;
    std::vector<Expansion> expansions;
    do {
        Expansion expansion;
        for (std::size_t i = 0; i < dimensions.size(); ++i) {
            auto const& label = dimensions[i].choices[chosen[i]].label;
            expansion.choice.emplace_back(dimensions[i].name, label);
            expansion.suffix += (i == 0 ? "#" : ",") + label;
        }
        expansion.steps = Substitution(dimensions, chosen, used, nodes).apply(steps);
        expansions.push_back(std::move(expansion));
    } while (advance(chosen, dimensions));
    for (auto const& dimension : dimensions)
        if (used.count(dimension.name) == 0)
            throw Wrong(dimension.line,
                        "expected ${" + dimension.name + "} somewhere in the steps");
    return expansions;
}

std::string label_of(Node const& value) {
    switch (value.kind) {
        case Node::Kind::null:
            return "null";
        case Node::Kind::boolean:
            return value.boolean ? "true" : "false";
        case Node::Kind::number:
        case Node::Kind::text:
            return slug(value.text);
        case Node::Kind::list:
            return value.items.empty() ? "empty" : label_of(value.items.front());
        case Node::Kind::object:
            return value.members.empty() ? "empty" : slug(value.members.front().key);
    }
    return {};
}

}  // namespace wsproof::script
