// Writes the sample reports into a folder, in every format.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <utility>

#include "reports/brief/brief.hpp"
#include "reports/compare/compare.hpp"
#include "reports/html/page.hpp"
#include "reports/journal.hpp"
#include "reports/pcap/pcap.hpp"
#include "reports/sarif/sarif.hpp"
#include "reports/tests/tests.hpp"
#include "tests/report/sample.hpp"
#include "tests/report/sample_matrix.hpp"

namespace {

using namespace wsproof::report;
using wsproof::play::Verdict;

void write(std::filesystem::path const& path, std::string const& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
}

void write_all(std::filesystem::path const& folder, std::string const& name, Report const& report) {
    write(folder / (name + ".json"), write_json(report));
    auto const whole = write_json(report, KeepTranscripts::all);
    write(folder / (name + "-all.json"), whole);
    auto const again = read_json(whole);
    write(folder / (name + ".html"), html_page(again));
    write(folder / (name + "-external.html"), html_page(again, Assets::external, name));
    write(folder / (name + ".css"), report_style_sheet());
    write(folder / (name + ".js"), report_script_file());
    write(folder / (name + "-none.html"), html_page(again, Assets::none));
    write(folder / (name + ".sarif"), sarif(report, {.path = "src/server.cpp", .line = 7}));
    write(folder / (name + ".junit.xml"), junit(report));
    write(folder / (name + ".tap"), tap(report));
    write(folder / (name + ".ctrf"), ctrf(report));
    write(folder / (name + ".csv"), csv(report));
    write(folder / (name + ".metrics"), metrics(report));
    write(folder / (name + ".svg"), badge_svg(report));
    write(folder / (name + ".badge"), badge_json(report));
    write(folder / (name + ".md"), markdown(report));
    write(folder / (name + ".codequality"),
          code_quality(report, {.path = "src/server.cpp", .line = 7}));
    write(folder / (name + ".teamcity"), teamcity(report));
    write(folder / (name + ".pcapng"), pcapng(report));
    write(folder / (name + "-rendered.json"), write_json(read_journal(ndjson(report))));
    auto head = report;
    head.results.clear();
    {
        Journal journal(folder / (name + ".ndjson"), head);
        for (auto const& result : report.results) journal.add(result);
    }
    std::ifstream file(folder / (name + ".ndjson"), std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    write(folder / (name + "-interrupted.json"), write_json(read_journal(text)));
}

void write_matrix(std::filesystem::path const& folder, std::string const& name,
                  Matrix const& matrix) {
    write(folder / (name + ".compare.json"), matrix_json(matrix, {}));
    write(folder / (name + ".compare.md"), matrix_markdown(matrix, {}));
    write(folder / (name + ".compare.html"), matrix_html(matrix, {}));
}

/// One more case, which passed and broke nothing: what is packed.
void add_quiet(Report& report) {
    auto result = report.results.back();
    for (auto const& one : report.results)
        if (one.verdict == Verdict::pass && !one.transcript.entries.empty()) result = one;
    result.variant = "control/quiet";
    result.verdict = Verdict::pass;
    result.breaches.clear();
    report.results.push_back(result);
}

/// A thousand cases, made of those of the ordinary report.
Report large() {
    constexpr std::size_t cases = 1000;
    auto report = sample::ordinary();
    auto const results = std::exchange(report.results, {});
    auto const infos = std::exchange(report.cases, {});
    for (std::size_t i = 0; i < cases; ++i) {
        // Failures are rare.
        auto const& result =
            results[i % 25 == 0 ? i % results.size() : 1 + i % (results.size() - 1)];
        auto const number = "-" + std::to_string(i);
        auto const info = std::ranges::find(infos, result.variant, &CaseInfo::id);
        if (info != infos.end()) report.cases.push_back(*info);
        report.results.push_back(result);
        report.results.back().variant += number;
        report.results.back().breaches.clear();
        if (info != infos.end()) report.cases.back().id += number;
    }
    return report;
}

/// Something known, something fixed, something that came out otherwise when it was played again.
Report gated() {
    using wsproof::play::Verdict;
    auto report = sample::ordinary();
    KnownFailure known{.subject = "closing/*", .signature = "*", .why = "tracked in #214 | ['x']"};
    known.until = "2027-03-01";
    known.fate = Fate::known;
    KnownFailure fixed{.subject = "fixed/*", .signature = "*", .why = "old", .line = 9};
    fixed.fate = Fate::fixed;
    for (auto& result : report.results) {
        if (result.verdict == Verdict::fail) known.covers.push_back(result.variant);
        if (result.verdict != Verdict::pass) continue;
        fixed.covers.push_back(result.variant);
        result.flaky = true;
        result.attempts = 2;
        result.notes.emplace_back("1 of 2 plays: fail: the peer\nsaid 'no' | nothing");
    }
    report.baseline = Baseline{.path = "known.toml", .entries = {known, fixed}, .judged = 3};
    return report;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "expected a folder\n";
        return 2;
    }
    std::filesystem::path const folder = argv[1];
    write_all(folder, "ordinary", sample::ordinary());
    write_all(folder, "gated", gated());
    write_all(folder, "everything", sample::everything());
    write_all(folder, "hostile", sample::hostile());
    write_all(folder, "secured", sample::secured());
    write_all(folder, "campaign", sample::campaign());
    write(folder / "large.html", html_page(large()));
    auto quiet = sample::hostile();
    add_quiet(quiet);
    write(folder / "quiet.html", html_page(quiet));
    write(folder / "quiet-none.html", html_page(quiet, Assets::none));
    write_all(folder, "empty", [] {
        Report report;
        report.run.started = "2026-11-22T11:05:31Z";
        return report;
    }());
    write_matrix(folder, "small", sample::small_matrix());
    write_matrix(folder, "hostile", sample::hostile_matrix());
    write(folder / "large.compare.html", matrix_html(sample::large_matrix(1000, 30), {}));
    return 0;
}
