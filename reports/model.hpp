// A report as data (docs/report.md): everything that is printed or rendered derives from it.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/play/player.hpp"
#include "harness/play/process_span.hpp"
#include "harness/run/profile.hpp"
#include "harness/run/run.hpp"
#include "harness/run/select.hpp"
#include "harness/script/catalogue.hpp"
#include "reference_impl/wire/role.hpp"
#include "reports/baseline/baseline.hpp"
#include "reports/fuzzing/fuzzing.hpp"
#include "reports/security/security.hpp"

namespace wsproof::report {

enum class FailOn : std::uint8_t { must, should, any, never };

/// A rule as the report tells it: every rule of the catalogue is in the report, for standing rules
/// have no case of their own.
struct RuleInfo {
    script::Level level = script::Level::must;
    std::string document = {};  ///< "RFC 6455"
    std::string section = {};
    std::string text = {};
};

/// A case as the report tells it; the text of a rule and its level come from the catalogue.
struct CaseInfo {
    std::string id = {};
    std::string title = {};
    std::string rule = {};
    std::string rule_text = {};
    script::Level level = script::Level::must;
    std::string document = {};  ///< "RFC 6455"
    std::string section = {};
    std::string role = {};  ///< "server", "client", "both"
    std::vector<std::string> statements = {};
    std::vector<std::string> aliases = {};
    std::vector<std::string> tags = {};
    std::string why = {};  ///< effect of the faults it catches
    std::string fix = {};
    std::string digest = {};
};

struct TargetInfo {
    std::string id = "target";
    std::string name = {};
    std::string url = {};
    wire::Role role = wire::Role::server;
    std::string spawn = {};
    /// Arguments of the command line that say how to reach it and that Setting does not know
    /// ("--cacert", "ca.pem"): they go into every repro.
    std::vector<std::string> options = {};
    std::vector<std::string> libraries = {};  ///< what it runs on, "ws@8.17.0", as the owner says
    std::string exit_words = {};              ///< how a spawned or watched target ended
    /// What its process used; nothing where there was none to watch.
    std::optional<play::ProcessSpan> process = std::nullopt;
    run::Profile profile = {};
};

struct RunInfo {
    std::string id = {};
    std::string started = {};  ///< RFC 3339, UTC
    std::chrono::milliseconds duration{0};
    run::State state = run::State::complete;
    std::string state_words = {};  ///< what happened when it is not complete; names the case
    std::uint64_t seed = 0;
    std::vector<std::string> argv = {};
    unsigned jobs = 1;
    std::vector<std::string> selection = {};
    std::string profile = {};             ///< "smoke", "default" …; empty: unknown
    std::vector<run::Shard> shards = {};  ///< the parts of the selection that it covers; none: all
    std::string delivery = "whole";
    bool strict = false;
    double time_scale = 1.0;
};

using Tally = std::map<play::Verdict, std::size_t>;

struct Report {
    std::string tool_version = {};
    std::string tool_commit = {};
    std::string suite_version = {};
    std::string suite_digest = {};
    std::size_t suite_cases = 0;  ///< variants in the whole suite
    RunInfo run = {};
    TargetInfo target = {};
    play::Setting setting = {};  ///< what the cases were played with: judging again needs it
    std::map<std::string, RuleInfo> rules = {};
    std::vector<CaseInfo> cases = {};
    std::vector<play::Result> results = {};
    Security security = {};
    std::optional<Fuzzing> fuzzing = std::nullopt;  ///< of `wsproof fuzz`
    FailOn fail_on = FailOn::must;
    /// Findings of this severity and above break the gate; nothing: none does.
    std::optional<script::Severity> fail_on_severity = std::nullopt;
    /// The failures that its owner knows of, as they were held against this report.
    std::optional<Baseline> baseline = std::nullopt;
    bool fail_on_flaky = false;  ///< a flaky result leaves the run incomplete
    int exit_code = 0;

    CaseInfo const* case_of(play::Result const& result) const;
    /// How much the peer can take, not how it speaks (run::is_limit).
    bool is_limit(play::Result const& result) const;
    /// The level of a rule; must when the report does not know it.
    script::Level level_of(std::string const& rule) const;
    /// Every level and every verdict has its entry, zeros included. Limits are not among them: how
    /// much a peer can take is no matter of the protocol.
    std::map<script::Level, Tally> tally() const;
    /// Of the limits alone.
    Tally limits() const;
    /// True when the result counts against the target at the gate's level (docs/verdicts.md) and no
    /// entry of the baseline excuses it. Breaches of standing rules are counted apart, under their
    /// own rule.
    bool breaks_gate(play::Result const& result) const;
};

/// The standing rules that were broken in any case, with their witnesses, one line a rule.
struct BreachSummary {
    std::string rule = {};
    std::string reason = {};  ///< of the first witness
    script::Level level = script::Level::must;
    std::vector<std::string> witnesses = {};  ///< ids of variants
};
std::vector<BreachSummary> breaches_of(Report const& report);
bool breaks_gate(Report const& report, BreachSummary const& breach);

bool breaks_gate(Report const& report, Finding const& finding);

/// The entry of the baseline by which a failing variant, rule or finding does not count; nullptr:
/// there is none.
KnownFailure const* excuse_for(Report const& report, std::string_view name);
/// What the JSON says of it: "breaks", "known", "fixed", "ok".
std::string_view gate_word(Report const& report, std::string_view name, bool breaks);

/// Results with a verdict on the target.
std::size_t judged_results(Report const& report);
/// Results whose verdict was another one when the case was played again.
std::size_t flaky_results(Report const& report);
/// That over 2 % fewer were judged than when the baseline was written, in words; empty: they were
/// not, or somebody allows it. Or that results are flaky, where that is not accepted.
std::string shortfall_words(Report const& report);

/// What the run means as a whole.
enum class GateVerdict : std::uint8_t { ok, failed, incomplete };
GateVerdict gate_of(Report const& report);

/// The exit code that follows from the report alone, by the precedence of docs/report.md: 6 a case
/// is broken, 3 unreachable, 4 target lost, 1 gate broken, 7 not everything was judged, 0. Usage
/// errors, interrupts and unwritable reports are for the command line to say.
int exit_code_of(Report const& report);
/// "nothing breaks the gate": what an exit code of `test` says.
std::string exit_words(int exit_code);
/// The same for a report, whose exit code may have been forgiven.
std::string exit_words(Report const& report);

CaseInfo describe(script::Variant const& variant, script::Catalogue const& catalogue);
/// Says why it matters and how it is mended by these faults, at most two: more would not be read.
void explain_by(CaseInfo& info, std::vector<std::string> const& faults,
                script::Catalogue const& catalogue);
std::map<std::string, RuleInfo> rules_of(script::Catalogue const& catalogue);

/// The command that plays one variant again with the same bytes.
std::string repro(Report const& report, std::string const& variant);
/// The command that plays the finding of a campaign again: its file, or the sessions up to it.
std::string repro(Report const& report, FuzzFinding const& finding);

/// A word for a POSIX shell, quoted when it has to be.
std::string shell_quoted(std::string_view word);

/// Text from a peer, safe for a terminal: control, escape, bidirectional and invisible characters
/// and invalid UTF-8 become \xNN.
std::string printable(std::string_view text);
void replace_all(std::string& text, std::string_view what, std::string_view with);

}  // namespace wsproof::report
