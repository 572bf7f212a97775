#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reports/json_result.hpp"
#include "reports/redact.hpp"
#include "reports/tests/tests.hpp"

namespace wsproof::report {
namespace {

using Status = Test::Status;

/// Escapes for text and attributes; what XML 1.0 has no way to say (2.2) becomes '?'. A line end in
/// an attribute would come back as a blank.
std::string for_xml(std::string_view given, bool is_attribute) {
    std::string text{given};
    for (std::string_view const noncharacter : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
        replace_all(text, noncharacter, "?");
    std::string result;
    for (auto const c : text) {
        auto const code = static_cast<unsigned char>(c);
        bool const is_space = c == '\t' || c == '\n';
        if (c == '&')
            result += "&amp;";
        else if (c == '<')
            result += "&lt;";
        else if (c == '>')
            result += "&gt;";
        else if (c == '"')
            result += "&quot;";
        else if (is_space && is_attribute)
            result += fmt::format("&#{};", code);
        else
            result += code < 0x20 && !is_space ? '?' : c;
    }
    return result;
}

std::string attribute(std::string_view name, std::string_view value) {
    return fmt::format(" {}=\"{}\"", name, for_xml(value, true));
}

double in_seconds(std::chrono::microseconds time) {
    return std::chrono::duration<double>(time).count();
}

std::string counts(std::vector<Test const*> const& tests) {
    auto const with = [&](Status status) {
        return std::ranges::count_if(tests,
                                     [&](auto const* test) { return test->status == status; });
    };
    std::chrono::microseconds time{0};
    for (auto const* const test : tests) time += test->time;
    return fmt::format(" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.6f}\"",
                       tests.size(), with(Status::failed), with(Status::error),
                       with(Status::skipped) + with(Status::known), in_seconds(time));
}

std::string_view element_of(Status status) {
    return status == Status::failed ? "failure" : "error";
}

/// The target is part of the class name: reporters that merge files keep one of two equal tests.
std::string test_case(Test const& test, std::string const& target) {
    auto xml = fmt::format("    <testcase{}{} time=\"{:.6f}\"",
                           attribute("classname", target + "." + test.suite),
                           attribute("name", test.name), in_seconds(test.time));
    if (test.message.empty()) return xml + "/>\n";
    xml += ">\n";
    if (test.status == Status::skipped || test.status == Status::known)
        xml += fmt::format("      <skipped{}/>\n", attribute("message", test.message));
    else if (test.status == Status::passed)
        xml += fmt::format("      <system-out>{}\n{}</system-out>\n", for_xml(test.message, false),
                           for_xml(test.details, false));
    else
        xml += fmt::format("      <{0}{1}{2}>{3}</{0}>\n", element_of(test.status),
                           attribute("message", test.message), attribute("type", test.level),
                           for_xml(test.details, false));
    return xml + "    </testcase>\n";
}

std::string properties(Report const& report) {
    Redactor const redactor(report);
    std::string xml = "    <properties>\n";
    auto const add = [&](std::string_view name, std::string const& value) {
        xml += fmt::format("      <property{}{}/>\n", attribute("name", name),
                           attribute("value", printable(redactor.text(value))));
    };
    add("url", report.target.url);
    add("wsproof", report.tool_version);
    add("suite", report.suite_digest);
    add("seed", fmt::format("{:016x}", report.run.seed));
    return xml + "    </properties>\n";
}

}  // namespace

std::string junit(Report const& report) {
    auto const tests = tests_of(report);
    auto const target = target_id(report);
    std::vector<Test const*> all;
    std::map<std::string, std::vector<Test const*>> suites;
    for (auto const& test : tests) {
        all.push_back(&test);
        suites[test.suite].push_back(&test);
    }
    auto xml =
        fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"wsproof\"{}>\n",
                    counts(all));
    for (auto const& [name, members] : suites) {
        xml += fmt::format("  <testsuite{}{}{}>\n{}", attribute("name", target + "." + name),
                           attribute("timestamp", report.run.started), counts(members),
                           properties(report));
        for (auto const* const test : members) xml += test_case(*test, target);
        xml += "  </testsuite>\n";
    }
    return xml + "</testsuites>\n";
}

}  // namespace wsproof::report
