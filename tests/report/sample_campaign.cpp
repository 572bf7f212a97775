#include "tests/report/sample.hpp"

namespace wsproof::report::sample {
namespace {

using namespace std::chrono_literals;

FuzzFinding violation() {
    return {.id = "F-3a91c07e",
            .harm = "violation",
            .signature = "6455/7.4.1/reserved-codes-not-sent, a Close frame: sent Close 1005",
            .file = "wsproof-report/findings/F-3a91c07e.jsonc",
            .session = 17,
            .frames = 3,
            .times = 12,
            .faults = {"echoes-reserved-codes", "accepts-code-1005"}};
}

FuzzFinding crash() {
    return {.id = "F-00c0ffee",
            .harm = "crash",
            .signature = "crash: it was ended by signal 11; its log says: " + hostile_text,
            .words = "its log says: Bearer s3cr3t-token " + hostile_text,
            .session = 4711,
            .frames = 1};
}

FuzzFinding unconfirmed() {
    return {.id = "F-0badcafe",
            .harm = "violation",
            .signature = "6455/5.5.2/ping-answered, a pong: no reaction",
            .file = "wsproof-report/findings/F-0badcafe.jsonc",
            .session = 902,
            .frames = 40,
            .confirmed = false};
}

}  // namespace

Report campaign() {
    auto report = ordinary();
    report.run.argv = {"wsproof", "fuzz", "ws://localhost:9001/", "--regressions", "found"};
    report.run.duration = 20s;
    report.cases.resize(1);
    report.results.resize(1);
    report.cases[0].id = report.results[0].variant = "found/F-3a91c07e";
    report.cases.push_back(report.cases[0]);
    report.cases[1].id = "found/F-00c0ffee";
    play::Result ended{.variant = "found/F-00c0ffee", .verdict = play::Verdict::fail};
    ended.reason = crash().words;
    report.results.push_back(ended);
    report.fuzzing = Fuzzing{.sessions = 17418,
                             .exchanges = 48920,
                             .inconclusive = 3,
                             .coverage = 1762,
                             .restarts = 1,
                             .time = 20s,
                             .findings = {violation(), crash(), unconfirmed()}};
    report.exit_code = exit_code_of(report);
    return report;
}

}  // namespace wsproof::report::sample
