#include <fmt/format.h>

#include <chrono>
#include <map>

#include "reports/tests/tests.hpp"

namespace wsproof::report {
namespace {

using Status = Test::Status;

/// As a value of a service message: what has a meaning of its own is escaped with '|'.
std::string for_message(std::string_view text) {
    std::string result;
    for (auto const c : text) {
        if (c == '\n')
            result += "|n";
        else if (c == '\r')
            result += "|r";
        else if (c == '\'' || c == '|' || c == '[' || c == ']')
            result += {'|', c};
        else
            result += c;
    }
    return result;
}

std::string service_message(std::string_view name,
                            std::map<std::string, std::string> const& fields) {
    std::string text = fmt::format("##teamcity[{}", name);
    for (auto const& [key, value] : fields)
        text += fmt::format(" {}='{}'", key, for_message(value));
    return text + "]\n";
}

std::string messages_of(Test const& test) {
    auto const name = full_name(test);
    if (test.status == Status::skipped || test.status == Status::known)
        return service_message("testIgnored", {{"name", name}, {"message", test.message}});
    auto text = service_message("testStarted", {{"name", name}});
    if (test.status == Status::failed || test.status == Status::error)
        text += service_message(
            "testFailed", {{"name", name}, {"message", test.message}, {"details", test.details}});
    else if (!test.message.empty())
        text += service_message("testStdOut",
                                {{"name", name}, {"out", test.message + "\n" + test.details}});
    auto const time = std::chrono::duration_cast<std::chrono::milliseconds>(test.time);
    return text + service_message("testFinished",
                                  {{"name", name}, {"duration", std::to_string(time.count())}});
}

}  // namespace

std::string teamcity(Report const& report) {
    std::map<std::string, std::string> suites;
    for (auto const& test : tests_of(report)) suites[test.suite] += messages_of(test);
    std::string text;
    for (auto const& [suite, messages] : suites) {
        auto const name = target_words(report) + ": " + suite;
        text += service_message("testSuiteStarted", {{"name", name}}) + messages +
                service_message("testSuiteFinished", {{"name", name}});
    }
    return text;
}

}  // namespace wsproof::report
