// The parts of the terminal report, with the options and the redaction they have in common.
#pragma once

#include <string>

#include "reports/paint.hpp"
#include "reports/redact.hpp"
#include "reports/text.hpp"

namespace wsproof::report {

class TextWriter {
public:
    TextWriter(Report const& report, TextOptions const& options)
        : report_(report),
          options_(options),
          paint_(options.colour, options.ascii),
          redactor_(report) {}

    std::string head() const;
    std::string sections() const;
    /// `likewise`: other variants of the case with the same verdict, for which it stands.
    std::string result(play::Result const& given, std::string const& likewise = {}) const;
    std::string results() const;
    /// The results that came out otherwise when their case was played again.
    std::string flaky() const;
    std::string breaches() const;
    std::string limits() const;
    std::string process() const;
    std::string security() const;
    /// Of a campaign; empty in the report of a run.
    std::string fuzzing() const;
    /// What an owner has to do about the baseline; empty: nothing.
    std::string baseline() const;
    std::string tail() const;

private:
    std::string part_words() const;
    std::string target_line() const;
    std::string skipped_line() const;
    std::string title_line(play::Result const& result) const;
    std::string of_verdict(play::Verdict verdict) const;
    std::string brief(play::Result const& result) const;
    std::string in_full(play::Result const& result) const;
    std::string exchange(play::Result const& result) const;
    std::string entry_line(std::string_view label, play::Entry const& entry,
                           std::string const& after) const;
    std::string frames(play::Result const& result) const;
    std::string labelled(std::string_view label, std::string_view value, bool wrap = true) const;
    std::string finding(Finding const& finding) const;
    std::string findings() const;
    std::string fuzz_finding(FuzzFinding const& finding) const;
    std::string cure(script::Area area, script::Hooks const& hooks) const;
    std::string outcome_words() const;
    std::string level_counts() const;
    std::string baseline_counts() const;
    CaseInfo info_of(play::Result const& result) const;

    Report const& report_;
    TextOptions options_;
    Paint paint_;
    Redactor redactor_;
};

/// "MUST".
std::string upper(std::string_view text);

}  // namespace wsproof::report
