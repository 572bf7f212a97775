#include "reports/brief/brief.hpp"
#include "reports/digest.hpp"
#include "reports/json_result.hpp"
#include "reports/tests/tests.hpp"

namespace wsproof::report {
namespace {

using Status = Test::Status;

/// What breaks the gate stops people; what does not is for them to know.
std::string_view severity_of(Test const& test) {
    switch (test.status) {
        case Status::failed:
            return test.level == "must" || test.level == "critical" ? "critical" : "major";
        case Status::error:
            return "major";
        case Status::passed:
        case Status::known:
        case Status::skipped:
            break;
    }
    return test.status == Status::known ? "minor" : "info";
}

Json issue(Report const& report, Test const& test, SarifLocation const& location) {
    auto const cause = target_id(report) + "\n" + full_name(test) + "\n" + test.cause;
    return {{"description", full_name(test) + ": " + test.message},
            {"check_name", full_name(test)},
            {"fingerprint", sha256_hex(cause).substr(0, 32)},
            {"severity", severity_of(test)},
            {"location", {{"path", location.path}, {"lines", {{"begin", location.line}}}}}};
}

}  // namespace

std::string code_quality(Report const& report, SarifLocation const& location) {
    auto issues = Json::array();
    for (auto const& test : tests_of(report))
        if (!test.message.empty() && test.status != Status::skipped)
            issues.push_back(issue(report, test, location));
    return issues.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wsproof::report
