#include "reports/brief/escape.hpp"

#include <fmt/format.h>

namespace wsproof::report {

std::string for_markdown(std::string_view text) {
    constexpr std::string_view special = "\\`*_{}[]()<>#+-!|&~@$\"'";
    std::string result;
    for (auto const c : text)
        result += special.find(c) == std::string_view::npos
                      ? std::string(1, c)
                      : fmt::format("&#{};", static_cast<unsigned char>(c));
    return result;
}

std::string csv_cell(std::string_view text) {
    constexpr std::string_view formula = "=+-@\t\r";
    std::string result{"\""};
    if (!text.empty() && formula.find(text.front()) != std::string_view::npos) result += '\'';
    for (auto const c : text) {
        if (c == '"') result += '"';
        result += c;
    }
    return result + '"';
}

}  // namespace wsproof::report
