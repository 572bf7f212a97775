#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "reports/html/parts.hpp"
#include "reports/names.hpp"
#include "reports/process.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

std::string yes_no(bool value) {
    return value ? "yes" : "no";
}

void put_breach(Page const& page, BreachSummary const& breach) {
    auto& html = page.html;
    auto const details = html.in("details", {{"class", "breach"}, {"open", ""}});
    {
        auto const summary = html.in("summary");
        put_mark(html, play::Verdict::fail);
        html.put("code", breach.rule);
        html.put("small", names::level.of(breach.level));
    }
    auto const body = html.in("div", {{"class", "body"}});
    auto const rule = page.report.rules.find(breach.rule);
    if (rule != page.report.rules.end()) html.put("p", {{"class", "rule"}}, rule->second.text);
    html.put("p", page.redactor.text(breach.reason));
    html.put("p", {{"class", "meta"}}, "Seen in " + plural(breach.witnesses.size(), "case") + ":");
    {
        auto const list = html.in("ul", {{"class", "links"}});
        for (auto const& witness : breach.witnesses) {
            auto const item = html.in("li");
            put_case_link(html, witness);
        }
    }
    html.put("pre", {{"class", "command"}}, repro(page.report, breach.witnesses.front()));
}

/// Rules of which at least one case came to a verdict.
std::size_t rules_judged(Report const& report) {
    std::set<std::string> rules;
    for (auto const& result : report.results) {
        auto const* const info = report.case_of(result);
        bool const learned = result.verdict != play::Verdict::skipped &&
                             result.verdict != play::Verdict::inconclusive &&
                             result.verdict != play::Verdict::broken;
        if (info && learned) rules.insert(info->rule);
    }
    return rules.size();
}

void put_profile(Html& html, run::Profile const& profile) {
    put_row(html, "Reached", yes_no(profile.reachable));
    put_row(html, "Why not", profile.unreachable_reason);
    if (!profile.reachable) return;
    put_row(html, "Opening handshake",
            fmt::format("{}, status {}, in {}", profile.opens ? "accepted" : "not accepted",
                        profile.status, duration_words(profile.opening_time)));
    put_row(html, "Server field", profile.server_software);
    put_row(html, "Round trip", duration_words(profile.round_trip));
    put_row(html, "Answers pings", yes_no(profile.answers_pings));
    put_row(html, "Answers Close", yes_no(profile.answers_close));
    put_row(html, "Echoes text", yes_no(profile.echoes_text));
    put_row(html, "Echoes binary", yes_no(profile.echoes_binary));
    put_row(html, "Talks unasked", yes_no(profile.talks_unasked));
    put_row(html, "Greeting", profile.greeting);
    put_row(html, "Answer to permessage-deflate",
            profile.accepted_extension.empty() ? "declined" : profile.accepted_extension);
    put_row(html, "Subprotocol", profile.accepted_subprotocol);
    put_row(html, "TLS", profile.tls_version.value_or(""));
}

void put_limits_of_cases(Html& html, Report const& report) {
    html.put("li", fmt::format("{} of the {} rules in the catalogue came to a verdict here; of "
                               "the others nothing is known.",
                               rules_judged(report), report.rules.size()));
    html.put("li",
             "A case that passes was not seen to break its rule with the bytes it sent. Other "
             "bytes may still break it.");
    html.put("li", "Cases that were skipped or inconclusive say nothing, for or against.");
    html.put("li", fmt::format("Bytes went out in one delivery ({}) and from one seed. Another way "
                               "of cutting them may show more.",
                               report.run.delivery));
}

void put_limits_of_campaign(Html& html) {
    html.put("li",
             "Where nothing was found, these sessions found nothing. Another seed, or more time, "
             "may.");
    html.put("li",
             "States that were gone through are those of the reference; how much of the target "
             "was is not known.");
    html.put("li",
             "What is the target's own to choose was not judged, and its mistakes in what the "
             "reference leaves open were not seen.");
}

void put_facts(Page const& page) {
    auto& html = page.html;
    auto const& report = page.report;
    auto const table = html.in("table", {{"class", "plain"}});
    auto const body = html.in("tbody");
    put_row(html, "URL", page.redactor.text(report.target.url));
    put_row(html, "Started by", page.redactor.text(report.target.spawn));
    put_row(html, "How it ended", page.redactor.text(report.target.exit_words));
    if (report.target.process) put_row(html, "Its process", in_words(*report.target.process));
    put_profile(html, page.redactor.profile(report.target.profile));
    std::string command;
    for (auto const& word : page.redactor.arguments(report.run.argv))
        command += (command.empty() ? "" : " ") + shell_quoted(word);
    if (!command.empty()) {
        auto const row = html.in("tr");
        html.put("th", {{"scope", "row"}}, "Command");
        auto const cell = html.in("td");
        html.put("code", {{"id", "command"}}, command);
    }
    put_row(html, "Run",
            fmt::format("{}, {}, {}", report.run.id, report.run.started,
                        names::state.of(report.run.state)));
    put_row(html, "Seed", fmt::format("{:016x}", report.run.seed));
    put_row(html, "Delivery", report.run.delivery);
    put_row(html, "Strict", yes_no(report.run.strict));
    put_row(html, "Case set",
            fmt::format("{}, {}, {}", report.suite_version, plural(report.suite_cases, "case"),
                        report.suite_digest));
    put_row(html, "Made by", fmt::format("wsproof {} {}", report.tool_version, report.tool_commit));
}

void put_limits_of_proof(Page const& page) {
    auto& html = page.html;
    auto const& report = page.report;
    html.put("h3", {{"id", "limits"}}, "What passing does not prove");
    auto const list = html.in("ul");
    if (report.fuzzing)
        put_limits_of_campaign(html);
    else
        put_limits_of_cases(html, report);
    html.put("li",
             "The target is judged as it was reached: what a proxy on the way changes counts as "
             "the target's.");
    html.put("li",
             "Load, memory, the application behind the protocol and who may use it were not "
             "tested.");
}

}  // namespace

void put_breaches(Page const& page) {
    auto& html = page.html;
    auto const breaches = breaches_of(page.report);
    html.put("p", breaches.empty()
                      ? "Every frame the peer sent, in whatever case, was checked against the "
                        "rules for senders. None was broken."
                      : "Every frame the peer sent, in whatever case, was checked against the "
                        "rules for senders. These were broken:");
    for (auto const& breach : breaches) put_breach(page, breach);
}

void put_skipped(Page const& page) {
    auto& html = page.html;
    std::map<std::string, std::vector<std::string>> reasons;
    for (auto const& result : page.report.results)
        if (result.verdict == play::Verdict::skipped)
            reasons[skip_words(result)].push_back(result.variant);
    if (reasons.empty()) return html.put("p", "No case was skipped.");
    for (auto const& [reason, ids] : reasons) {
        auto const details = html.in("details", {{"class", "skips"}});
        {
            auto const summary = html.in("summary");
            html.put("b", reason);
            html.put("span", plural(ids.size(), "case"));
        }
        auto const list = html.in("ul", {{"class", "links"}});
        for (auto const& id : ids) {
            auto const item = html.in("li");
            put_case_link(html, id);
        }
    }
}

void put_target(Page const& page) {
    put_facts(page);
    put_limits_of_proof(page);
}

void put_row(Html& html, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    auto const row = html.in("tr");
    html.put("th", {{"scope", "row"}}, name);
    html.put("td", value);
}

void put_columns(Html& html, std::vector<std::string_view> const& names) {
    auto const head = html.in("thead");
    auto const row = html.in("tr");
    for (auto const name : names) html.put("th", {{"scope", "col"}}, name);
}

}  // namespace wsproof::report
