#include "cli/fuzz_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/signals.hpp"
#include "harness/play/words.hpp"

namespace wsproof::cli {
namespace {

run::State state_of(fuzz::Outcome const& outcome) {
    if (outcome.end == fuzz::End::target_lost) return run::State::target_lost;
    return signal_received() != 0 ? run::State::interrupted : run::State::complete;
}

report::FuzzFinding finding_of(fuzz::Finding const& finding) {
    return {.id = finding.id,
            .harm = std::string{harm_name(finding.harm)},
            .signature = finding.signature,
            .words = finding.words,
            .file = finding.file,
            .session = finding.session,
            .frames = finding.frames,
            .times = finding.times,
            .confirmed = finding.confirmed,
            .faults = finding.faults};
}

}  // namespace

std::string_view harm_name(fuzz::Harm harm) {
    switch (harm) {
        case fuzz::Harm::violation:
            return "violation";
        case fuzz::Harm::crash:
            return "crash";
        case fuzz::Harm::hang:
            return "hang";
        case fuzz::Harm::memory:
            return "memory";
        case fuzz::Harm::sanitizer:
            return "sanitizer";
    }
    return "violation";
}

std::string campaign_words(fuzz::Figures const& figures) {
    auto const seconds = std::max(0.001, static_cast<double>(figures.time.count()) / 1000.0);
    return fmt::format("{} sessions ({:.0f}/s), {} exchanges, {} states, {} finding{}",
                       play::grouped(figures.sessions),
                       static_cast<double>(figures.sessions) / seconds,
                       play::grouped(figures.exchanges), play::grouped(figures.coverage),
                       figures.findings, figures.findings == 1 ? "" : "s");
}

void add_to_report(report::Report& report, fuzz::Outcome const& outcome,
                   script::Catalogue const& catalogue) {
    auto const& figures = outcome.figures;
    report::Fuzzing fuzzing{.sessions = figures.sessions,
                            .exchanges = figures.exchanges,
                            .inconclusive = figures.inconclusive,
                            .coverage = figures.coverage,
                            .restarts = figures.restarts,
                            .time = figures.time};
    for (auto const& finding : outcome.findings) {
        fuzzing.findings.push_back(finding_of(finding));
        if (!finding.confirmed) continue;
        auto info = report::describe(finding.variant, catalogue);
        report::explain_by(info, finding.faults, catalogue);
        report.cases.push_back(std::move(info));
        report.results.push_back(finding.result);
        report.results.back().variant = finding.variant.id;
    }
    report.run.state = state_of(outcome);
    report.run.state_words = outcome.words;
    report.run.duration = figures.time;
    report.fuzzing = std::move(fuzzing);
}

}  // namespace wsproof::cli
