#include "harness/script/reading.hpp"

#include <algorithm>
#include <numeric>

namespace wsproof::script {

namespace {

/// Edits that make one word of the other; a swap of neighbours counts as one.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
            bool const swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, Names names) {
    if (word.size() > 100) return {};
    std::string_view best;
    std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (auto const name : names) {
        auto const edits = distance(word, name);
        if (edits >= least) continue;
        least = edits;
        best = name;
    }
    return std::string(best);
}

std::string suggestion(std::string_view word, Names names) {
    auto const name = nearest(word, names);
    return name.empty() ? std::string{} : "; did you mean \"" + name + "\"?";
}

std::string listed(Names names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
        text += names[i];
    }
    return text;
}

void wrong_kind(Node const& node, std::string const& expected) {
    throw Wrong(node.line, "expected " + expected + ", found " + kind_in_words(node));
}

void check_keys(Node const& object, Names names, std::string const& what) {
    for (auto const& member : object.members) {
        if (std::find(names.begin(), names.end(), member.key) != names.end()) continue;
        throw Wrong(member.line, "expected a key of " + what + " (" + listed(names) +
                                     "), found \"" + member.key + "\"" +
                                     suggestion(member.key, names));
    }
}

Node const& as_object(Node const& node, std::string const& expected) {
    if (!node.is(Node::Kind::object)) wrong_kind(node, expected);
    return node;
}

std::string const& as_text(Node const& node, std::string const& expected) {
    if (!node.is(Node::Kind::text)) wrong_kind(node, expected);
    return node.text;
}

bool as_boolean(Node const& node, std::string const& key) {
    if (!node.is(Node::Kind::boolean)) wrong_kind(node, "true or false for \"" + key + "\"");
    return node.boolean;
}

std::uint64_t as_number(Node const& node, std::uint64_t least, std::uint64_t most,
                        std::string const& what) {
    bool const fits =
        node.is(Node::Kind::number) && node.whole && node.number >= least && node.number <= most;
    if (!fits)
        wrong_kind(node, what + " from " + std::to_string(least) + " to " + std::to_string(most));
    return node.number;
}

std::vector<std::string> as_texts(Node const& node, std::string const& key, bool filled) {
    auto const expected =
        "a list of " + std::string(filled ? "at least one word" : "words") + " for \"" + key + "\"";
    if (!node.is(Node::Kind::list)) wrong_kind(node, expected);
    if (filled && node.items.empty()) throw Wrong(node.line, "expected " + expected + ", found []");
    std::vector<std::string> texts;
    for (auto const& item : node.items) {
        auto const& text = as_text(item, "a word in \"" + key + "\"");
        if (text.empty() || std::find(texts.begin(), texts.end(), text) != texts.end())
            throw Wrong(item.line, "expected every word of \"" + key +
                                       "\" once and not empty, found \"" + text + "\"");
        texts.push_back(text);
    }
    return texts;
}

std::size_t as_word(Node const& node, Names names, std::string const& what) {
    auto const& text = as_text(node, what + " (" + listed(names) + ")");
    auto const found = std::find(names.begin(), names.end(), text);
    if (found == names.end())
        throw Wrong(node.line, "expected " + what + " (" + listed(names) + "), found \"" + text +
                                   "\"" + suggestion(text, names));
    return static_cast<std::size_t>(found - names.begin());
}

}  // namespace wsproof::script
