#include "reports/story.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/names.hpp"

namespace wsproof::report {
namespace {

using play::Direction;
using play::Entry;
using play::EntryKind;
using play::Flag;

/// Nothing that went over the wire: timers, remarks, the verdict itself.
bool is_aside(Entry const& entry) {
    return entry.direction == Direction::local || entry.kind == EntryKind::timer ||
           entry.kind == EntryKind::verdict || entry.kind == EntryKind::note;
}

template <class Test>
Entry const* last_before(std::vector<Entry> const& entries, std::size_t end, Test test) {
    for (auto i = end; i > 0; --i)
        if (test(entries[i - 1])) return &entries[i - 1];
    return nullptr;
}

bool was_sent(Entry const& entry) {
    return entry.direction == Direction::send && !is_aside(entry);
}
bool was_got(Entry const& entry) {
    return entry.direction == Direction::recv && !is_aside(entry);
}

/// What the verdict speaks of; else what broke a standing rule; else what came last.
Entry const* decisive(play::Result const& result) {
    auto const& entries = result.transcript.entries;
    auto const last = [&](auto test) { return last_before(entries, entries.size(), test); };
    auto const* const named = last([&](Entry const& entry) {
        return was_got(entry) && !entry.words.empty() && result.actual == "sent " + entry.words;
    });
    if (named) return named;
    auto const* const flagged =
        last([](Entry const& entry) { return was_got(entry) && entry.flag == Flag::violation; });
    return flagged ? flagged : last(was_got);
}

}  // namespace

Exchange exchange_of(play::Result const& result) {
    constexpr std::size_t most_sent = 3;
    auto const& entries = result.transcript.entries;
    Exchange exchange{{}, decisive(result)};
    for (auto const& entry : entries)
        if (was_sent(entry) && entry.flag == Flag::trigger && exchange.sent.size() < most_sent)
            exchange.sent.push_back(&entry);
    if (!exchange.sent.empty()) return exchange;
    auto const end =
        exchange.got ? static_cast<std::size_t>(exchange.got - entries.data()) : entries.size();
    if (auto const* const sent = last_before(entries, end, was_sent)) exchange.sent = {sent};
    return exchange;
}

std::string section_of(std::string const& case_id) {
    return case_id.substr(0, case_id.find('/'));
}

std::string case_id_of(std::string const& variant) {
    return variant.substr(0, variant.find('#'));
}

std::string happened_words(play::Result const& result) {
    if (result.actual.empty() || result.expected.empty()) return result.reason;
    for (auto const* const peer : {"; the server ", "; the client "}) {
        auto const at = result.reason.find(peer + result.actual);
        if (at != std::string::npos) return result.reason.substr(at + 2);
    }
    return result.reason;
}

std::string duration_words(std::chrono::microseconds time) {
    auto const us = time.count();
    if (us < 1000) return fmt::format("{} us", us);
    if (us < 1'000'000) return fmt::format("{:.1f} ms", static_cast<double>(us) / 1e3);
    return fmt::format("{:.1f} s", static_cast<double>(us) / 1e6);
}

std::size_t judged(Tally const& tally) {
    std::size_t sum = 0;
    for (auto const& [verdict, count] : tally)
        if (verdict != play::Verdict::skipped && verdict != play::Verdict::note) sum += count;
    return sum;
}

std::size_t total(Tally const& tally) {
    std::size_t sum = 0;
    for (auto const& [verdict, count] : tally) sum += count;
    return sum;
}

std::string broke_words(Report const& report) {
    std::map<script::Level, std::size_t> failures;
    std::size_t broken = 0;
    for (auto const& result : report.results) {
        if (!report.breaks_gate(result)) continue;
        auto const* const info = report.case_of(result);
        if (result.verdict == play::Verdict::broken)
            ++broken;
        else
            ++failures[info ? info->level : script::Level::must];
    }
    auto const rules = breaches_of(report);
    auto const standing = std::count_if(rules.begin(), rules.end(), [&](BreachSummary const& one) {
        return breaks_gate(report, one);
    });
    auto const& findings = report.security.findings;
    auto const found = std::count_if(findings.begin(), findings.end(),
                                     [&](Finding const& one) { return breaks_gate(report, one); });
    std::string words;
    auto const say = [&](std::string const& more) { words += (words.empty() ? "" : ", ") + more; };
    for (auto const& [level, count] : failures)
        say(plural(count, fmt::format("{} failure", names::level.of(level))));
    if (standing != 0) say(plural(static_cast<std::size_t>(standing), "standing rule") + " broken");
    if (found != 0) say(plural(static_cast<std::size_t>(found), "security finding"));
    if (broken != 0) say(plural(broken, "broken case"));
    if (report.baseline && report.baseline->strict && report.baseline->outdated() != 0)
        say(fmt::format("{} of the baseline out of date",
                        count_words(report.baseline->outdated(), "entry", "entries")));
    return words;
}

std::string plural(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string count_words(std::size_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string skip_words(play::Result const& result) {
    if (result.skip_reason && !result.skip_reason->empty()) return *result.skip_reason;
    return result.reason.empty() ? "no reason given" : result.reason;
}

}  // namespace wsproof::report
