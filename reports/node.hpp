// A value of a JSON document that knows where it stands, so that whatever is wrong with it can be
// named.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/json.hpp"

namespace wsproof::report {

using Json = nlohmann::ordered_json;

/// Parses a document; throws ReportError with `where` and the byte at which it went wrong.
Json parse_json(std::string_view text, std::string const& where);

class Node {
public:
    /// Lives no longer than the document.
    Node(Json const& value, std::string where) : value_(&value), where_(std::move(where)) {}

    Node at(std::string_view key) const;                   ///< required
    std::optional<Node> find(std::string_view key) const;  ///< nothing when absent or null
    std::vector<Node> items() const;                       ///< of an array
    std::vector<std::pair<std::string, Node>> members() const;

    std::string text() const;
    std::uint64_t number() const;
    double real() const;
    bool flag() const;
    std::vector<std::string> texts() const;

    std::string text(std::string_view key, std::string fallback = {}) const;
    std::uint64_t number(std::string_view key, std::uint64_t fallback) const;
    double real(std::string_view key, double fallback) const;
    bool flag(std::string_view key, bool fallback) const;
    std::vector<std::string> texts(std::string_view key) const;
    std::vector<Node> items(std::string_view key) const;

    /// The value of an enumeration, by one of the tables of names.hpp.
    template <class Table>
    auto word(Table const& table) const {
        auto const found = table.find(text());
        if (!found) fail("a word that this version knows");
        return *found;
    }

    [[noreturn]] void fail(std::string_view expected) const;

private:
    Json const* value_;
    std::string where_;
};

}  // namespace wsproof::report
