// The report as a list of tests, as runners and CI systems know them: what JUnit, TAP and CTRF are
// written from.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/model.hpp"

namespace wsproof::report {

struct Test {
    /// `failed` is what breaks the gate, so that the list agrees with the exit code; `error` could
    /// not be judged; `known` fails as the baseline says.
    enum class Status : std::uint8_t {
        passed,
        failed,
        error,
        skipped,
        known
    } status = Status::passed;
    std::string suite = {};  ///< "framing", "standing rules", "security", "fuzzing"
    /// True: a report lists it where there is something to tell, so that to be absent is to pass.
    bool listed_when_wrong = false;
    bool flaky = false;
    unsigned attempts = 1;
    std::string name = {};     ///< unique within its suite
    std::string level = {};    ///< "must"; of a finding its severity or harm
    std::string message = {};  ///< one line: why it is not just passed; empty: it is
    std::string cause = {};    ///< what it departs by, the same in every run; empty: it does not
    std::string rerun = {};    ///< the command that plays it again; empty: nothing was wrong
    std::string details = {};  ///< several lines, as the terminal tells it
    std::chrono::microseconds time{0};
};

/// "passed", "failed", "error", "skipped", "known".
std::string_view name_of(Test::Status status);

/// "framing/unmasked-frame#text", "security/WS-ORIGIN-PREFIX": unique within the report.
std::string full_name(Test const& test);

/// Cases, standing rules that were broken, findings of security and of a campaign. Texts are fit
/// for a terminal and without secrets.
std::vector<Test> tests_of(Report const& report);

/// "ws://127.0.0.1:9001/", or the name that the target was given.
std::string target_words(Report const& report);

/// XML of the JUnit kind, as GitLab, Jenkins and GitHub's reporters read it: one suite a section.
std::string junit(Report const& report);

/// Service messages of TeamCity, a line each.
std::string teamcity(Report const& report);

/// TAP 14 (https://testanything.org/tap-version-14-specification.html).
std::string tap(Report const& report);

/// CTRF 0.0.0, JSON (https://ctrf.io).
std::string ctrf(Report const& report);

}  // namespace wsproof::report
