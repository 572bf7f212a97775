#include "reference_impl/protocol/opening_fields.hpp"

#include <algorithm>

namespace wsproof::reference {

namespace {

/// The value as it stands between the SP behind the colon and the end of the line.
std::string untrimmed(std::string_view raw, std::string_view name) {
    auto const begin = raw.find("\r\n" + std::string{name} + ":") + name.size() + 3;
    auto const line = raw.substr(begin, raw.find("\r\n", begin) - begin);
    return std::string{line.starts_with(' ') ? line.substr(1) : line};
}

}  // namespace

std::vector<std::string> Fields::values(std::string_view name) const {
    std::vector<std::string> values;
    for (auto const& field : head_.fields) {
        bool const with_case = lacks(Fault::treats_header_names_case_sensitively) ||
                               lacks(Fault::compares_response_with_case);
        bool const is_it =
            with_case ? field.name == name : wire::equals_ignoring_case(field.name, name);
        if (!is_it) continue;
        values.push_back(lacks(Fault::keeps_white_space_around_values)
                             ? untrimmed(head_.raw, field.name)
                             : field.value);
    }
    return values;
}

std::vector<std::string> Fields::elements(std::string_view name) const {
    std::vector<std::string> elements;
    for (auto const& value : values(name)) {
        auto const more = wire::split_list(value);
        elements.insert(elements.end(), more.begin(), more.end());
        if (lacks(Fault::reads_only_the_first_line_of_a_list)) break;
    }
    return elements;
}

std::string Fields::first(std::string_view name) const {
    auto const all = values(name);
    return all.empty() ? std::string{} : all.front();
}

bool Fields::has_token(std::string_view name, std::string_view token) const {
    auto const all = elements(name);
    return std::any_of(all.begin(), all.end(), [&](auto const& element) {
        return wire::equals_ignoring_case(element, token);
    });
}

std::string Fields::joined(std::string_view name) const {
    std::string text;
    for (auto const& value : values(name)) {
        if (!text.empty()) text += ", ";
        text += value;
        if (lacks(Fault::reads_only_the_first_line_of_a_list)) break;
    }
    return text;
}

std::string lower_case(std::string_view text) {
    std::string lower{text};
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

}  // namespace wsproof::reference
