#include "reports/journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "reports/fuzzing/json_fuzzing.hpp"
#include "reports/json_head.hpp"
#include "reports/json_result.hpp"
#include "reports/security/json_security.hpp"

namespace wsproof::report {
namespace {

constexpr std::string_view run_start = "run-start";
constexpr std::string_view one_result = "result";
constexpr std::string_view run_end = "run-end";
constexpr mode_t readable = 0644;

std::string one_line(Json const& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json start_json(Report const& head) {
    Redactor const redactor(head);
    return {{"event", run_start},
            {"format", format_json()},
            {"tool", tool_json(head)},
            {"run", run_json(head, redactor)},
            {"targets", targets_json(head, redactor)},
            {"rules", rules_json(head)},
            {"cases", cases_json(head)},
            {"gate", gate_json(head)}};
}

Json result_line(Report const& head, Redactor const& redactor, std::chrono::milliseconds at,
                 play::Result const& result, bool with_transcript) {
    return {{"event", one_result},
            {"at_ms", at.count()},
            {"result", result_json(head, redactor, result, with_transcript)}};
}

Json end_json(Report const& report) {
    Redactor const redactor(report);
    Json line{{"event", run_end},
              {"run", run_json(report, redactor)},
              {"targets", targets_json(report, redactor)},
              {"gate", gate_json(report)}};
    if (report.security.has_something()) {
        line["security"] = security_json(report.security, redactor);
        line["findings"] = findings_json(report, redactor);
    }
    if (report.fuzzing) line["fuzzing"] = fuzzing_json(*report.fuzzing, redactor);
    return line;
}

/// Takes the next line; nothing when what is left has no end of line, since it was cut.
std::optional<std::string_view> next_line(std::string_view& text) {
    auto const end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    auto const line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

void put(Report& report, play::Result result) {
    auto const known =
        std::find_if(report.results.begin(), report.results.end(),
                     [&](play::Result const& other) { return other.variant == result.variant; });
    if (known == report.results.end())
        report.results.push_back(std::move(result));
    else
        *known = std::move(result);
}

/// In the order in which a report has them, not in that in which they became known.
void sort_results(Report& report) {
    std::sort(report.results.begin(), report.results.end(),
              [](play::Result const& a, play::Result const& b) { return a.variant < b.variant; });
}

}  // namespace

Journal::Journal(std::filesystem::path const& path, Report const& head)
    : path_(path.string()), head_(head) {
    head_.results.clear();
    file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, readable);
    if (file_ < 0)
        throw ReportError(
            fmt::format("{}: expected a file that can be written: {}; choose another "
                        "place with --report-dir",
                        printable(path_), std::strerror(errno)));
    write_line(one_line(start_json(head_)));
}

Journal::~Journal() {
    if (file_ >= 0) ::close(file_);
}

void Journal::add(play::Result const& result) {
    auto const at = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - began_);
    Redactor const redactor(head_);
    write_line(one_line(result_line(head_, redactor, at, result, true)));
}

void Journal::finish(Report const& report) {
    write_line(one_line(end_json(report)));
}

std::string ndjson(Report const& report, KeepTranscripts keep) {
    Redactor const redactor(report);
    auto text = one_line(start_json(report));
    for (auto const& result : report.results)
        text += one_line(result_line(report, redactor, report.run.duration, result,
                                     keeps_transcript(result, keep)));
    return text + one_line(end_json(report));
}

void Journal::write_line(std::string line) {
    std::string_view rest = line;
    while (!rest.empty()) {
        auto const written = ::write(file_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0)
            throw ReportError(
                fmt::format("{}: expected to write the journal: {}; free space or "
                            "choose another place with --report-dir",
                            printable(path_), std::strerror(errno)));
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

bool is_journal(std::string_view text) {
    return text.substr(0, text.find('\n')).starts_with("{\"event\":\"run-start\"");
}

Report read_journal(std::string_view text, std::string_view name) {
    auto const where = printable(name);
    auto const first = next_line(text);
    if (!first)
        throw ReportError(where +
                          ": expected the first line of a journal, it is empty or cut; the "
                          "run ended before its first case");
    Report report;
    auto const head = parse_json(*first, where + " line 1");
    Node const start(head, where + " line 1");
    check_format(start);
    read_head(start, report);
    report.run.state = run::State::interrupted;

    bool ended = false;
    std::size_t number = 1;
    while (auto const line = next_line(text)) {
        auto const line_name = fmt::format("{} line {}", where, ++number);
        auto const json = parse_json(*line, line_name);
        Node const node(json, line_name);
        auto const event = node.at("event").text();
        if (event == one_result) {
            put(report, read_result(node.at("result")));
            report.run.duration = std::chrono::milliseconds(
                static_cast<std::int64_t>(std::clamp(node.real("at_ms", 0), 0.0, 1e12)));
        } else if (event == run_end) {
            read_end(node, report);
            ended = true;
        }
    }
    sort_results(report);
    if (ended) return report;
    report.run.state_words =
        fmt::format("the run ended before its end was written: {} of {} cases are known",
                    report.results.size(), report.cases.size());
    report.exit_code = exit_code_of(report);
    return report;
}

}  // namespace wsproof::report
