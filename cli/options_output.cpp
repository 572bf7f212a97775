// Reports, config files, the built-in server, lists.
#include <array>

#include "cli/option_words.hpp"

namespace wsproof::cli {
namespace {

constexpr std::array output_table{
    Option{"report", 'r', "FMT[=PATH]", group::output, on_files, true, "report.make", "html, json",
           "write json, html, text, sarif, junit, tap, ctrf, md, csv, metrics, badge (SVG, or JSON "
           "for shields.io where PATH ends with .json), ndjson, codequality (GitLab), teamcity, "
           "pcapng or autobahn (a folder with index.json); compare: html, md, csv, json, text; =- "
           "is stdout; none: no file"},
    Option{
        "html-assets", 0, "inline|external|none", group::output, on_reports, false,
        "report.html_assets", "inline",
        "style and script of the HTML page: in it; in a .css and a .js file beside it, for servers "
        "that forbid what stands in a page; none: no script at all"},
    Option{"md-limit", 0, "N", group::output, on_files, false, "report.md_limit", "60000",
           "bytes of Markdown at most; what has no room is counted"},
    Option{"sarif-location", 0, "PATH[:LINE]", group::output, on_reports, false,
           "report.sarif_location", "wsproof.toml:1",
           "the file of the repository that results in SARIF point at"},
    Option{"gha-annotations", 0, "N", group::output, on_measured, false, "report.gha_annotations",
           "9", "annotations in GitHub Actions: so many errors and warnings; 0: none"},
    Option{"no-step-summary", 0, "", group::output, on_measured, false, "report.no_step_summary",
           "no", "write nothing into the step summary of GitHub Actions"},
    Option{"report-dir", 0, "DIR", group::output, on_files | Verb::baseline, false, "report.dir",
           "wsproof-report", "where reports without a path and the journal go"},
    Option{"keep-transcripts", 0, "failed|all|none", group::output, on_reports, false,
           "report.keep_transcripts", "failed", "whose bytes go into the report"},
    Option{"journal", 0, "PATH", group::output, on_test, false, "report.journal",
           "journal.ndjson in the report folder",
           "one line a result, as soon as it is known; none: no such file"},
    Option{"progress", 0, "auto|bar|plain|none", group::output, on_run, false, "report.progress",
           "auto", "how a run shows that it goes on"},
    Option{"color", 0, "auto|always|never", group::output, on_all, false, "report.color", "auto",
           "colours on the terminal"},
    Option{"ascii", 0, "", group::output, on_all, false, "report.ascii", "no",
           "no characters beyond ASCII of our own"},
    Option{"quiet", 'q', "", group::output,
           on_files | Verb::self_test | Verb::replay | Verb::lint | Verb::init | Verb::corpus |
               Verb::baseline,
           false, "report.quiet", "no", "only the last line"},
    Option{"verbose", 'v', "", group::output, on_files | Verb::replay, true, "report.verbose", "no",
           "the frames of every failure; twice: their bytes"},

    Option{"config", 'c', "FILE", group::configuration, on_target | Verb::baseline, false, "",
           "wsproof.toml, upwards from here",
           "the config file; `test` takes a spec of Autobahn's fuzzingclient as well"},
    Option{"no-config", 0, "", group::configuration, on_target | Verb::baseline, false, "", "no",
           "read no config file"},
    Option{"print-config", 0, "", group::configuration, on_test, false, "", "no",
           "print every value with its source, and run nothing"},
    Option{"from", 0, "FILE", group::configuration, only(Verb::init), false, "", "",
           "the spec: Autobahn's fuzzingclient.json"},
    Option{"force", 0, "", group::configuration, Verb::init | Verb::merge, false, "", "no",
           "init: replace files that are there; merge: join reports that do not belong together"},

    Option{"port", 0, "N", group::server, on_echo, false, "", "0: a free one", "port to listen on"},
    Option{"host", 0, "ADDRESS", group::server, on_echo, false, "", "127.0.0.1",
           "address to listen on"},
    Option{"tls", 0, "", group::server, on_echo, false, "", "no",
           "speak wss, with --cert and --key or a certificate made at start"},
    Option{"fault", 0, "NAME", group::server, on_echo, true, "", "",
           "plant a fault of the reference (--list-faults)"},
    Option{"list-faults", 0, "", group::server, on_echo, false, "", "no",
           "print the faults and end"},
    Option{"no-deflate", 0, "", group::server, on_echo, false, "", "no",
           "decline permessage-deflate"},
    Option{"greeting", 0, "TEXT", group::server, on_echo, false, "", "",
           "a text message sent to whoever connects"},
    Option{"no-echo", 0, "", group::server, on_echo, false, "", "no",
           "read messages and stay silent"},
    Option{"max-message", 0, "BYTES", group::server, on_echo, false, "", "67108864",
           "larger messages are answered by Close 1009"},

    Option{"json", 0, "", group::output, Verb::list | Verb::version, false, "", "no", "as JSON"},
    Option{"ids", 0, "", group::output, only(Verb::list), false, "", "no",
           "the ids of the cases alone, one a line"},
    Option{"expressions", 0, "", group::output, only(Verb::list), false, "", "no",
           "everything that -s takes: ids, folders, tags, sections, numbers of Autobahn"},
    Option{"rules", 0, "", group::output, only(Verb::list), false, "", "no",
           "list the statements of the RFCs: their rules, their cases or why there are none"},
};

}  // namespace

std::span<Option const> options_of_the_output() {
    return output_table;
}

}  // namespace wsproof::cli
