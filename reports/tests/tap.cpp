#include <fmt/format.h>

#include <sstream>

#include "reports/tests/tests.hpp"

namespace wsproof::report {
namespace {

using Status = Test::Status;

/// Where a directive could begin, and where an escape could.
std::string for_tap(std::string_view text) {
    std::string result;
    for (auto const c : text) {
        if (c == '#' || c == '\\') result += '\\';
        result += c;
    }
    return result;
}

/// The YAML of a diagnostic block, as literal text: nothing in it can end it.
std::string block(std::string_view name, std::string const& text) {
    auto yaml = fmt::format("  {}: |2\n", name);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) yaml += fmt::format("    {}\n", line);
    return yaml;
}

std::string line(Test const& test, std::size_t number) {
    bool const is_ok = test.status == Status::passed || test.status == Status::skipped;
    auto tap = fmt::format("{}ok {} - {}", is_ok ? "" : "not ", number, for_tap(full_name(test)));
    if (test.status == Status::skipped) return tap + " # SKIP " + for_tap(test.message) + "\n";
    if (test.message.empty()) return tap + "\n";
    if (test.status == Status::known) tap += " # TODO " + for_tap(test.message);
    return tap + "\n  ---\n" + block("message", test.message) +
           fmt::format("  level: {}\n", test.level) + block("details", test.details) + "  ...\n";
}

}  // namespace

std::string tap(Report const& report) {
    auto const tests = tests_of(report);
    auto tap =
        fmt::format("TAP version 14\n1..{}\n# {}\n", tests.size(), for_tap(target_words(report)));
    for (std::size_t i = 0; i < tests.size(); ++i) tap += line(tests[i], i + 1);
    return tap;
}

}  // namespace wsproof::report
