// The verbs, and what their help says.
#include <algorithm>
#include <array>

#include "cli/options.hpp"

namespace wsproof::cli {
namespace {

constexpr std::array verb_table{
    VerbInfo{Verb::test, "test", "[URL]", 0, 1, "judge the server at a URL (the default verb)",
             R"(Deadlines. A verdict waits for silence only where nothing else can show it: a
healthy server pays round trips, not timers. Connecting may take 5 s
(--connect-timeout), an opening handshake 5 s the first time and 2 s after
that, a step of a case what the case says (2 s as a rule), and no case more
than 10 s (--timeout). All but the first are multiplied by --timeout-scale,
and by themselves for a server whose round trip is longer than 50 ms, and for
more than 16 --jobs. A server that accepts connections and never answers ends
the run after the first opening handshake, or in the middle of a run after five
unanswered cases in a row. A server that answers neither pings nor messages is
played only the cases that can do without. So a target that hangs on every case
takes at most (cases / jobs) x --timeout.

Exit codes: 0 nothing breaks the gate; 1 a failure at or above --fail-on; 2
bad usage, nothing ran; 3 the target could not be reached; 4 the target was
lost during the run; 6 a bug in wsproof; 7 incomplete: nothing matched, too
few cases, the time budget spent, flaky results (--fail-on-flaky), or a report
could not be written; 130 and 143 interrupted by SIGINT or SIGTERM, with a
valid report of what was judged. docs/gate.md tells more.)"},
    VerbInfo{Verb::origin, "origin", "[URL]", 0, 1,
             "find out whose pages a server lets in, and what that means for it",
             R"(Plays the origin cases alone, in a few seconds, and tells what is behind their
results: the policy of the server in words, the mistakes in it, how much they
matter, and how they are mended (docs/origin.md). The allowed origin is taken
from the URL unless --allowed-origin gives it. What the server takes for proof
of identity decides about the weight: give it what a browser would send, with
--cookie, --user or -H.

Exit codes are those of `test`, except that cases do not break the gate: 1 when
a finding is at or above --fail-on-severity (medium).)"},
    VerbInfo{Verb::fuzz, "fuzz", "[URL]", 0, 1,
             "make up sessions, and judge a server's answers by the reference",
             R"(Plays sessions over several connections at once: legal ones, legal ones with a
mutation or a few, and cases with legal traffic before them. The reference,
fed with the same bytes, says what has to follow (docs/fuzzing.md). What the
server does otherwise is played again, made as small as it goes and written as
a case file; so is what its process does not survive. The same seed makes the
same sessions.

Exit codes: 0 nothing was found; 5 a finding, or a regression that is still
there; 2 bad usage; 3 the server could not be reached; 4 it was lost and could
not be started again; 7 a report could not be written; 130 and 143 interrupted,
with a valid report.)"},
    VerbInfo{Verb::shrink, "shrink", "FILE [URL]", 1, 2,
             "make a case file smaller as long as the server does the same with it",
             R"(Takes a case that opens one connection and sends frames, as `wsproof fuzz`
writes them. FILE.min.jsonc is what is left.)"},
    VerbInfo{Verb::echo, "echo", "", 0, 0, "run the built-in echo server",
             R"(Prints one line with its URL as soon as it listens. SIGINT or SIGTERM shut it
down in two sweeps: Close 1001 to every connection, then, after the grace
period, the transport of whoever is left.)"},
    VerbInfo{Verb::list, "list", "[SELECT...]", 0, 1000, "list cases, one variant a line", ""},
    VerbInfo{Verb::explain, "explain", "CASE|FINDING", 1, 1,
             "tell a case or a finding as prose: what it means, how it is mended", ""},
    VerbInfo{Verb::replay, "replay", "FILE|CASE [URL]", 1, 2,
             "judge a report's transcripts again, or play one case file or case",
             R"(A report (JSON) is judged again from its transcripts, without a network; the
exit code is 1 when a verdict differs. A case file (JSONC) or the id of a case
is played against the URL. Findings of a campaign are played from their files.)"},
    VerbInfo{Verb::report, "report", "REPORT|JOURNAL", 1, 1,
             "render a report again, also from the journal of a killed run",
             R"(The exit code is 0 when it could be read and written, except that the report of
`wsproof fuzz` has that of its campaign.)"},
    VerbInfo{Verb::merge, "merge", "REPORT...", 1, 1000,
             "join the reports of shards, or of runs that each played a part",
             R"(The reports have to be of one target, one case set, one seed and one way of
judging; --force joins others all the same. Where two reports judge the same
variant, the later run counts and notes the other verdict. The exit code is that
of one run over everything: 7 when a shard is missing, or cases were left
unplayed.)"},
    VerbInfo{Verb::diff, "diff", "OLD NEW", 2, 2,
             "tell what has changed between two reports of a target",
             R"(Compares test by test: cases, standing rules, findings. A regression is what
passed and breaks the gate now. The exit code is 1 when there is one, 0
otherwise: what only the newer run has played, or no longer judged, is told.)"},
    VerbInfo{Verb::compare, "compare", "[REPORT...]", 0, 1000,
             "hold many implementations against each other, case by case",
             R"(Takes reports (or journals) of earlier runs, and with --spec runs the suite
against the targets of a file. Tells what each passes, where they differ, who
stands alone, who behaves alike and which case tells two apart, and what one has
to know to judge that: versions, options, limits, dates, case sets. It ranks
nobody (docs/compare.md). What --spec has measured is kept in the folder
"compare" of the report folder.

Exit codes: 0 the comparison stands; 2 bad usage, a file that is no report; 3
no target of the spec could be reached; 7 some could not, or not all of a run
was played, or a file could not be written; 130 and 143 interrupted.)"},
    VerbInfo{Verb::baseline, "baseline", "update|check|prune [REPORT]", 1, 2,
             "write, check or tidy up the list of known failures",
             R"(Holds the baseline (--baseline, run.baseline) against a report or a journal,
report.json in the report folder if none is given (docs/gate.md). `update` adds
an entry for whatever breaks the gate and records how many cases were judged;
entries, their order and comments stay as they are. `prune` removes what is
fixed or about no case. `check` changes nothing and ends with the exit code
that the run has with this baseline.)"},
    VerbInfo{Verb::init, "init", "[URL]", 0, 1,
             "write a wsproof.toml to begin with, or one out of a spec of Autobahn",
             R"(Writes wsproof.toml into the working directory: a target with the URL, or one
that is started as servers of this kind of project are (CMake, Cargo, Go,
Node.js, Python), to be adapted.

With --from it has a section for each server of the spec, its cases as
expressions of -s, and what was excluded for single agents as [[skip]] sections
and, in .wsproof/baseline.toml, as known failures.)"},
    VerbInfo{Verb::doctor, "doctor", "[URL]", 0, 1,
             "find out why a target cannot be tested, or which cases it can run", ""},
    VerbInfo{Verb::demo, "demo", "", 0, 0,
             "judge the built-in server, honest and with faults, and write the reports",
             "Needs no server and no network: everything runs in process, on loopback."},
    VerbInfo{Verb::lint, "lint", "DIR...", 1, 100,
             "check the case files of folders, as --cases takes them",
             R"(Tells, with file and line, every file that cannot be read and every wrong name
in the others; exit code 2 if there are any, 0 if not. Warnings are for cases
that a peer passes which drops every connection, and for rules and faults that
no case needs.)"},
    VerbInfo{Verb::corpus, "corpus", "export DIR", 2, 2, "write seeds for fuzzers out of the cases",
             R"(Plays every case against the built-in reference, in process, and writes what it
puts to a peer into DIR: a folder for each target of docs/fuzz-targets.md, the
files named by the SHA-1 of what is in them, and wsproof.dict for -dict and -x.
At most 300 inputs of a target, none above 2 KiB.)"},
    VerbInfo{Verb::schema, "schema", "report|events|config|baseline", 1, 1,
             "print a JSON Schema, of a report or of a file that wsproof reads",
             R"(Draft-07. `report` is the JSON report, `events` a line of a journal (-r ndjson),
`config` wsproof.toml and `baseline` the list of known failures, both as TOML
is read into JSON; editors take them for TOML as well.)"},
    VerbInfo{Verb::self_test, "self-test", "[SELECT...]", 0, 1000,
             "prove the judge: every case passes the reference, fails a fault", ""},
    VerbInfo{Verb::completions, "completions", "bash|zsh|fish", 1, 1,
             "print what a shell needs to complete verbs, options and cases",
             R"(One of:

    source <(wsproof completions bash)
    wsproof completions zsh > "${fpath[1]}/_wsproof"
    wsproof completions fish > ~/.config/fish/completions/wsproof.fish

The package for Debian brings all three along.)"},
    VerbInfo{Verb::version, "version", "", 0, 0, "print version, suite and digest", ""},
};

}  // namespace

std::span<VerbInfo const> verbs() {
    return verb_table;
}

VerbInfo const* verb_named(std::string_view name) {
    auto const at = std::ranges::find(verb_table, name, &VerbInfo::name);
    return at == verb_table.end() ? nullptr : &*at;
}

VerbInfo const& info_of(Verb verb) {
    return *std::ranges::find(verb_table, verb, &VerbInfo::verb);
}

}  // namespace wsproof::cli
