// The JSON of a case file as a small tree in which everything knows its line, so that every error
// can name it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wsproof::script {

struct Member;

struct Node {
    enum class Kind : std::uint8_t { null, boolean, number, text, list, object } kind = Kind::null;
    bool boolean = false;
    bool whole = true;         ///< a number from 0 to 2^64-1; others keep their digits alone
    std::uint64_t number = 0;  ///< when whole
    std::string text = {};     ///< of a text; digits as written of a number
    std::vector<Node> items = {};
    std::vector<Member> members;  // no "= {}": Member is not complete here
    std::size_t line = 0;

    bool is(Kind other) const noexcept { return kind == other; }
    Node const* find(std::string_view key) const noexcept;

    static Node of_text(std::string text);
    static Node of_number(std::uint64_t number);
    static Node of_boolean(bool boolean);
    static Node of_list(std::vector<Node> items);
    static Node of_object();
    /// Appends a member; for building, never for reading.
    Node& with(std::string key, Node value);
};

struct Member {
    std::string key = {};
    std::size_t line = 0;
    Node value = {};
};

/// Something is wrong in a file whose name the thrower does not know; becomes a CaseError where the
/// file is known.
class Wrong : public std::runtime_error {
public:
    Wrong(std::size_t line, std::string const& words) : std::runtime_error(words), line_(line) {}
    std::size_t line() const noexcept { return line_; }

private:
    std::size_t line_;
};

/// Reads JSON with comments. Throws Wrong: broken syntax, trailing commas, equal keys, too deep.
Node parse_json(std::string_view text);

/// "a text", "a list" …: for errors.
std::string kind_in_words(Node const& node);

/// JSON on one line, `{ "a": [1, 2] }`.
std::string to_json(Node const& node);

}  // namespace wsproof::script
