#include <algorithm>
#include <chrono>

#include "reports/digest.hpp"
#include "reports/json_result.hpp"
#include "reports/moment.hpp"
#include "reports/tests/tests.hpp"

namespace wsproof::report {
namespace {

using Status = Test::Status;

/// CTRF has no word for what could not be judged, and calls pending what is still to be done.
std::string_view status_of(Test const& test) {
    if (test.status == Status::known) return "pending";
    return test.status == Status::error ? "other" : name_of(test.status);
}

std::int64_t milliseconds(std::chrono::microseconds time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

Json json_of(Test const& test) {
    Json json{{"name", full_name(test)},
              {"status", status_of(test)},
              {"duration", milliseconds(test.time)},
              {"suite", Json::array({test.suite})}};
    if (test.attempts > 1) json["retries"] = test.attempts - 1;
    if (test.flaky) json["flaky"] = true;
    if (!test.message.empty()) json["message"] = test.message;
    if (!test.details.empty()) json["trace"] = test.details;
    if (!test.level.empty()) json["extra"] = {{"level", test.level}};
    return json;
}

}  // namespace

std::string ctrf(Report const& report) {
    auto const tests = tests_of(report);
    auto list = Json::array();
    for (auto const& test : tests) list.push_back(json_of(test));
    auto const count = [&](Status status) {
        return std::ranges::count(tests, status, &Test::status);
    };
    auto const start = milliseconds(moment(report.run.started));
    Json const summary{{"tests", tests.size()},
                       {"passed", count(Status::passed)},
                       {"failed", count(Status::failed)},
                       {"skipped", count(Status::skipped)},
                       {"pending", count(Status::known)},
                       {"other", count(Status::error)},
                       {"start", start},
                       {"stop", start + report.run.duration.count()}};
    Json const json{{"reportFormat", "CTRF"},
                    {"specVersion", "0.0.0"},
                    {"results",
                     {{"tool", {{"name", "wsproof"}, {"version", report.tool_version}}},
                      {"summary", summary},
                      {"tests", std::move(list)},
                      {"environment", {{"appName", target_words(report)}}}}}};
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wsproof::report
