#include <fmt/format.h>

#include "reports/brief/brief.hpp"
#include "reports/tests/tests.hpp"

namespace wsproof::report {
namespace {

/// Spreadsheets run what begins like a formula; with an apostrophe before it they show it.
std::string cell(std::string_view text) {
    constexpr std::string_view formula = "=+-@\t\r";
    std::string result{"\""};
    if (!text.empty() && formula.find(text.front()) != std::string_view::npos) result += '\'';
    for (auto const c : text) {
        if (c == '"') result += '"';
        result += c;
    }
    return result + '"';
}

}  // namespace

std::string csv(Report const& report) {
    std::string text = "target,test,level,status,microseconds,message,rerun\r\n";
    auto const target = cell(target_words(report));
    for (auto const& test : tests_of(report))
        text += fmt::format("{},{},{},{},{},{},{}\r\n", target, cell(full_name(test)),
                            cell(test.level), name_of(test.status), test.time.count(),
                            cell(test.message), cell(test.rerun));
    return text;
}

}  // namespace wsproof::report
