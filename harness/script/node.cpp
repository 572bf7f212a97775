#include "harness/script/node.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

namespace wsproof::script {

namespace {

constexpr std::size_t depth_limit = 64;       // the readers are recursive
constexpr std::size_t member_limit = 10'000;  // doubles are found by walking the members

/// Where the parser stands: the line of the last character that is not white space. (The parser
/// reads one character beyond a number, which may be the newline.)
struct Position {
    std::size_t line = 1;
    std::size_t token_line = 1;
};

class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = char const*;
    using reference = char const&;

    CountingIterator(char const* at, Position* position) : at_(at), position_(position) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        char const c = *at_++;
        if (c == '\n') {
            ++position_->line;
        } else if (c != ' ' && c != '\t' && c != '\r') {
            position_->token_line = position_->line;
        }
        return *this;
    }
    CountingIterator operator++(int) {
        auto const before = *this;
        ++*this;
        return before;
    }
    bool operator==(CountingIterator const& other) const { return at_ == other.at_; }

private:
    char const* at_;
    Position* position_;
};

/// nlohmann says "… unexpected ','; expected string literal"; ours start with what was expected.
std::string expected_first(std::string const& message) {
    auto const tail = [&](std::string_view mark) -> std::optional<std::string> {
        auto const at = message.rfind(mark);
        if (at == std::string::npos) return std::nullopt;
        return message.substr(at + mark.size());
    };
    auto const expected = tail("; expected ");
    auto const from = message.find("unexpected ");
    if (expected && from != std::string::npos) {
        auto const found = message.substr(from + 11, message.rfind("; expected ") - from - 11);
        bool const comma = found == "'}'" || found == "']'";
        return "expected " + *expected + ", found " + found +
               (comma ? "; is there a comma before it?" : "");
    }
    if (from != std::string::npos) return "expected a value, found " + message.substr(from + 11);
    return "expected JSON: " + tail(" - ").value_or(message);
}

class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit TreeBuilder(Position const& position) : position_(position) {}
    Node take() { return std::move(root_); }

    bool null() override { return add({}); }
    bool boolean(bool value) override { return add(Node::of_boolean(value)); }
    bool number_unsigned(std::uint64_t value) override { return add(Node::of_number(value)); }
    bool number_integer(std::int64_t value) override {
        return add_other_number(std::to_string(value));
    }
    bool number_float(double, std::string const& digits) override {
        return add_other_number(digits);
    }
    bool string(std::string& value) override { return add(Node::of_text(std::move(value))); }
    bool binary(nlohmann::json::binary_t&) override { return false; }

    bool start_object(std::size_t) override { return open(Node::Kind::object); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(Node::Kind::list); }
    bool end_array() override { return close(); }

    bool key(std::string& name) override {
        auto& members = open_.back()->members;
        auto const same = std::find_if(members.begin(), members.end(),
                                       [&](Member const& member) { return member.key == name; });
        if (same != members.end())
            throw Wrong(position_.token_line, "expected every key once; \"" + name +
                                                  "\" stands in line " +
                                                  std::to_string(same->line) + " already");
        if (members.size() == member_limit)
            throw Wrong(position_.token_line, "expected fewer than 10,000 keys in one object");
        members.push_back({name, position_.token_line, {}});
        return true;
    }

    bool parse_error(std::size_t, std::string const&,
                     nlohmann::json::exception const& error) override {
        throw Wrong(position_.token_line, expected_first(error.what()));
    }

private:
    bool add_other_number(std::string digits) {
        Node node;
        node.kind = Node::Kind::number;
        node.whole = false;
        node.text = std::move(digits);
        return add(std::move(node));
    }
    bool add(Node node) {
        place(std::move(node));
        return true;
    }
    Node* place(Node node) {
        node.line = position_.token_line;
        if (open_.empty()) {
            root_ = std::move(node);
            return &root_;
        }
        Node& parent = *open_.back();
        if (parent.is(Node::Kind::object)) {
            parent.members.back().value = std::move(node);
            return &parent.members.back().value;
        }
        parent.items.push_back(std::move(node));
        return &parent.items.back();
    }
    bool open(Node::Kind kind) {
        if (open_.size() == depth_limit)
            throw Wrong(position_.token_line, "expected at most 64 levels of brackets");
        Node node;
        node.kind = kind;
        open_.push_back(place(std::move(node)));
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }

    Position const& position_;
    Node root_;
    std::vector<Node*> open_;  // a parent does not grow while its child is open
};

std::string quoted(std::string const& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void print(Node const& node, std::string& to);

void print_object(Node const& node, std::string& to) {
    if (node.members.empty()) {
        to += "{}";
        return;
    }
    to += "{ ";
    bool first = true;
    for (auto const& member : node.members) {
        if (!first) to += ", ";
        first = false;
        to += quoted(member.key) + ": ";
        print(member.value, to);
    }
    to += " }";
}

void print_list(Node const& node, std::string& to) {
    to += '[';
    bool first = true;
    for (auto const& item : node.items) {
        if (!first) to += ", ";
        first = false;
        print(item, to);
    }
    to += ']';
}

void print(Node const& node, std::string& to) {
    switch (node.kind) {
        case Node::Kind::null:
            to += "null";
            return;
        case Node::Kind::boolean:
            to += node.boolean ? "true" : "false";
            return;
        case Node::Kind::number:
            to += node.text;
            return;
        case Node::Kind::text:
            to += quoted(node.text);
            return;
        case Node::Kind::list:
            return print_list(node, to);
        case Node::Kind::object:
            return print_object(node, to);
    }
}

}  // namespace

Node const* Node::find(std::string_view key) const noexcept {
    for (auto const& member : members)
        if (member.key == key) return &member.value;
    return nullptr;
}

Node Node::of_text(std::string text) {
    Node node;
    node.kind = Kind::text;
    node.text = std::move(text);
    return node;
}

Node Node::of_number(std::uint64_t number) {
    Node node;
    node.kind = Kind::number;
    node.number = number;
    node.text = std::to_string(number);
    return node;
}

Node Node::of_boolean(bool boolean) {
    Node node;
    node.kind = Kind::boolean;
    node.boolean = boolean;
    return node;
}

Node Node::of_list(std::vector<Node> items) {
    Node node;
    node.kind = Kind::list;
    node.items = std::move(items);
    return node;
}

Node Node::of_object() {
    Node node;
    node.kind = Kind::object;
    return node;
}

Node& Node::with(std::string key, Node value) {
    members.push_back({std::move(key), 0, std::move(value)});
    return *this;
}

Node parse_json(std::string_view text) {
    Position position;
    TreeBuilder builder(position);
    CountingIterator const begin(text.data(), &position);
    CountingIterator const end(text.data() + text.size(), &position);
    nlohmann::json::sax_parse(begin, end, &builder, nlohmann::json::input_format_t::json, true,
                              true);
    return builder.take();
}

std::string kind_in_words(Node const& node) {
    switch (node.kind) {
        case Node::Kind::null:
            return "null";
        case Node::Kind::boolean:
            return node.boolean ? "true" : "false";
        case Node::Kind::number:
            return node.text;
        case Node::Kind::text:
            return node.text.size() <= 60 ? quoted(node.text) : "a long text";
        case Node::Kind::list:
            return "a list";
        case Node::Kind::object:
            return "an object";
    }
    return {};
}

std::string to_json(Node const& node) {
    std::string text;
    print(node, text);
    return text;
}

}  // namespace wsproof::script
