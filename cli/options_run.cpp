// How to play and to judge: running, campaigns, comparisons, judging.
#include <array>

#include "cli/option_words.hpp"

namespace wsproof::cli {
namespace {

constexpr std::array run_table{
    Option{"jobs", 'j', "N|auto", group::running, on_run | Verb::compare, false, "run.jobs", "auto",
           "cases at once; timing cases always run alone"},
    Option{"timeout", 0, "D", group::running, on_timed | Verb::compare, false, "run.timeout", "10s",
           "no case takes longer"},
    Option{"timeout-scale", 0, "F", group::running,
           on_timed | Verb::doctor | Verb::demo | Verb::compare, false, "run.timeout_scale", "1",
           "multiplies every deadline: sanitizers, valgrind, emulators"},
    Option{"delivery", 0, "whole|bytewise|coalesced", group::running, on_played | Verb::compare,
           false, "run.delivery", "whole", "how bytes are cut into writes"},
    Option{
        "depth", 0, "normal|full", group::running, on_played | Verb::compare, false, "run.depth",
        "normal",
        "how many messages an exchange repeats: enough to cross the window several times, or all"},
    Option{"seed", 0, "HEX", group::running, on_timed | Verb::demo | Verb::compare, false,
           "run.seed", "00c0ffee5eed0001", "all random bytes derive from it and the case's id"},
    Option{"no-sanity", 0, "", group::running, on_test, false, "run.no_sanity", "no",
           "do not play the sanity case first and last"},
    Option{"retries", 0, "N", group::running, on_test, false, "run.retries", "0",
           "play a case that fails or is inconclusive up to N times more; if it goes well then, it "
           "is flaky"},
    Option{"repeat", 0, "N", group::running, on_test, false, "run.repeat", "1",
           "play every case N times: the worst verdict counts, and verdicts that differ are flaky"},
    Option{"time-budget", 0, "D", group::running, on_test, false, "run.time_budget", "",
           "start no case any more after this time; exit 7 if any are left"},
    Option{"fail-fast", 'x', "[=N]", group::running, on_test, false, "run.fail_fast", "",
           "stop after N failures (1)"},

    Option{"for", 0, "D", group::campaign, on_campaign, false, "fuzz.for", "60s",
           "how long to go on; with --runs alone, until these are done"},
    Option{"runs", 0, "N", group::campaign, on_campaign, false, "fuzz.runs", "",
           "so many sessions at most"},
    Option{"stop-after", 0, "N", group::campaign, on_campaign, false, "fuzz.stop_after", "",
           "stop after N findings"},
    Option{"model", 0, "lenient|strict|off", group::campaign, on_campaign, false, "fuzz.model",
           "lenient",
           "strict: what the RFC lets off lightly is a finding too, a close code that does not fit "
           "for one; off: only what the server does not survive, or what its log or memory shows"},
    Option{"phase", 0, "handshake|frames|close|deflate", group::campaign, on_campaign, true,
           "fuzz.phase", "all", "what the sessions are about"},
    Option{"regressions", 0, "DIR", group::campaign, on_campaign, false, "fuzz.regressions", "",
           "case files of earlier findings, played first"},
    Option{"corpus", 0, "DIR", group::campaign, on_campaign, false, "fuzz.corpus", "",
           "sessions to build on: read at the start, added to at the end"},
    Option{"merge", 0, "DIR", group::campaign, on_campaign, true, "", "",
           "play nothing: add the sessions of DIR to --corpus that reach what those in it do not"},
    Option{"seeds", 0, "DIR", group::campaign, on_campaign, false, "fuzz.seeds", "",
           "more sessions to build on, which are only read"},
    Option{"dict", 0, "FILE", group::campaign, on_campaign, false, "fuzz.dict", "",
           "words that some messages have in them, as libFuzzer and AFL++ write them"},
    Option{"findings", 0, "DIR", group::campaign, on_campaign, false, "fuzz.findings",
           "findings in the report folder", "where findings go, as case files and as bytes"},
    Option{"no-minimize", 0, "", group::campaign, on_campaign, false, "fuzz.no_minimize", "no",
           "leave findings as they came"},
    Option{"rss-limit", 0, "SIZE", group::campaign, on_campaign, false, "fuzz.rss_limit", "",
           "memory that the server's process may use, such as 512M: more is a finding"},
    Option{"hang-timeout", 0, "D", group::campaign, on_campaign, false, "fuzz.hang_timeout", "1.5s",
           "a server that lets nobody in for so long is hung"},
    Option{"cov", 0, "FILE", group::campaign, on_campaign, false, "fuzz.cov", "",
           "edge map of an instrumented server, a byte an edge: sessions that reach new ones are "
           "built on. What is tried then depends on the server, not on the seed alone"},

    Option{"spec", 0, "FILE", group::comparison, on_compare, false, "", "",
           "run the suite against every [target.NAME] of a file like wsproof.toml, one after "
           "another"},
    Option{"resume", 0, "", group::comparison, on_compare, false, "", "no",
           "take what an earlier run of the spec has finished, where it had the same cases, choice "
           "and target"},
    Option{"columns", 0, "NAME", group::comparison, on_compare, true, "", "all",
           "these implementations alone"},
    Option{"reference", 0, "NAME", group::comparison, on_compare, false, "", "",
           "the implementation that --only reference-fails is about"},
    Option{"previous", 0, "FILE", group::comparison, on_compare, false, "", "",
           "an earlier comparison (-r json): who has become better or worse in which case"},
    Option{"only", 0, "all|differs|fails|everyone-fails|reference-fails|alone|unsupported",
           group::comparison, on_compare, false, "", "differs in texts, all in files for programs",
           "which cases to list"},
    Option{"rows", 0, "section|case", group::comparison, on_compare, false, "", "case",
           "section: the sums alone"},

    Option{"strict", 0, "", group::judging, on_played | Verb::demo | Verb::compare, false,
           "run.strict", "no", "what is lenient by the letter fails"},
    Option{"fail-on", 0, "must|should|any|never", group::judging,
           on_reports | Verb::diff | Verb::baseline, false, "run.fail_on", "must",
           "the lowest level whose failures break the gate"},
    Option{"fail-on-severity", 0, "info|low|medium|high|critical|never", group::judging, on_test,
           false, "run.fail_on_severity", "never; origin: medium",
           "the lowest severity of a security finding that breaks the gate"},
    Option{"baseline", 0, "FILE", group::judging, on_gate | Verb::fuzz, false, "run.baseline", "",
           "the failures that are known (docs/gate.md): they do not break the gate"},
    Option{"strict-baseline", 0, "", group::judging, on_gate, false, "run.strict_baseline", "no",
           "entries of the baseline that are fixed, expired or about no case break the gate"},
    Option{"allow-fewer", 0, "", group::judging, on_gate, false, "run.allow_fewer", "no",
           "accept over 2 % fewer judged cases than the baseline has recorded"},
    Option{"fail-on-flaky", 0, "", group::judging, on_test, false, "run.fail_on_flaky", "no",
           "exit 7 when a result is flaky"},
    Option{"exit-zero", 0, "", group::judging, on_measured, false, "run.exit_zero", "no",
           "report only: the exit codes 1, 5 and 7 become 0"},
};

}  // namespace

std::span<Option const> options_of_the_run() {
    return run_table;
}

}  // namespace wsproof::cli
