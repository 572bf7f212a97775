#include "reports/node.hpp"

#include <fmt/format.h>

namespace wsproof::report {
namespace {

constexpr std::size_t longest_shown = 40;

std::string shortened(Json const& value) {
    auto text = value.is_structured() ? std::string(value.type_name())
                                      : value.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (text.size() > longest_shown) text = text.substr(0, longest_shown) + "…";
    return printable(text);
}

}  // namespace

Json parse_json(std::string_view text, std::string const& where) {
    try {
        return Json::parse(text);
    } catch (Json::parse_error const& error) {
        bool const cut = error.byte > text.size();
        throw ReportError(
            cut ? fmt::format(
                      "{}: expected a whole JSON document, it ends in the middle (byte {}); "
                      "make it again, or from the journal of the run",
                      where, text.size())
                : fmt::format("{}: expected JSON, found something else at byte {}; is it the file "
                              "that -r json wrote?",
                              where, error.byte));
    } catch (Json::exception const&) {
        throw ReportError(where +
                          ": expected JSON with numbers in range; is it the file that -r "
                          "json wrote?");
    }
}

Node Node::at(std::string_view key) const {
    auto const found = find(key);
    if (!found) fail(fmt::format("the field \"{}\"", key));
    return *found;
}

std::optional<Node> Node::find(std::string_view key) const {
    if (!value_->is_object()) fail("an object");
    auto const found = value_->find(key);
    if (found == value_->end() || found->is_null()) return std::nullopt;
    return Node(*found, fmt::format("{}.{}", where_, key));
}

std::vector<Node> Node::items() const {
    if (!value_->is_array()) fail("an array");
    std::vector<Node> all;
    for (std::size_t i = 0; i < value_->size(); ++i)
        all.emplace_back((*value_)[i], fmt::format("{}[{}]", where_, i));
    return all;
}

std::vector<std::pair<std::string, Node>> Node::members() const {
    if (!value_->is_object()) fail("an object");
    std::vector<std::pair<std::string, Node>> all;
    for (auto const& [key, value] : value_->items())
        all.emplace_back(key, Node(value, fmt::format("{}.{}", where_, printable(key))));
    return all;
}

std::string Node::text() const {
    if (!value_->is_string()) fail("a string");
    return value_->get<std::string>();
}

std::uint64_t Node::number() const {
    if (!value_->is_number_unsigned()) fail("an integer that is not negative");
    return value_->get<std::uint64_t>();
}

double Node::real() const {
    if (!value_->is_number()) fail("a number");
    return value_->get<double>();
}

bool Node::flag() const {
    if (!value_->is_boolean()) fail("true or false");
    return value_->get<bool>();
}

std::vector<std::string> Node::texts() const {
    std::vector<std::string> all;
    for (auto const& item : items()) all.push_back(item.text());
    return all;
}

std::string Node::text(std::string_view key, std::string fallback) const {
    auto const found = find(key);
    return found ? found->text() : fallback;
}

std::uint64_t Node::number(std::string_view key, std::uint64_t fallback) const {
    auto const found = find(key);
    return found ? found->number() : fallback;
}

double Node::real(std::string_view key, double fallback) const {
    auto const found = find(key);
    return found ? found->real() : fallback;
}

bool Node::flag(std::string_view key, bool fallback) const {
    auto const found = find(key);
    return found ? found->flag() : fallback;
}

std::vector<std::string> Node::texts(std::string_view key) const {
    auto const found = find(key);
    return found ? found->texts() : std::vector<std::string>{};
}

std::vector<Node> Node::items(std::string_view key) const {
    auto const found = find(key);
    return found ? found->items() : std::vector<Node>{};
}

void Node::fail(std::string_view expected) const {
    throw ReportError(fmt::format(
        "{}: expected {}, found {}; the file was changed, or made by another version of wsproof",
        where_, expected, shortened(*value_)));
}

}  // namespace wsproof::report
