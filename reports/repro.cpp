#include <fmt/format.h>

#include "reports/fuzzing/words.hpp"
#include "reports/model.hpp"
#include "reports/redact.hpp"

namespace wsproof::report {
namespace {

bool is_plain(char c) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-";
    return plain.find(c) != std::string_view::npos;
}

/// How the target is reached: the URL, or the command that starts it.
std::vector<std::string> words_to_reach(Report const& report) {
    std::vector<std::string> words;
    if (!report.target.spawn.empty())
        words = {"--spawn", report.target.spawn};
    else
        words = {report.target.url};
    words.insert(words.end(), report.target.options.begin(), report.target.options.end());
    auto const& setting = report.setting;
    for (auto const& field : setting.headers)
        words.insert(words.end(), {"-H", field.name + ": " + field.value});
    auto const& allowed = setting.allowed_origins;
    bool const follows = !allowed.empty() && allowed.front() == setting.origin;
    if (!setting.origin.empty() && !follows)
        words.insert(words.end(), {"--origin", setting.origin});
    for (auto const& name : setting.subprotocols)
        words.insert(words.end(), {"--subprotocol", name});
    return words;
}

std::string hexadecimal_seed(Report const& report) {
    return fmt::format("{:016x}", report.run.seed);
}

void append_scale(std::vector<std::string>& words, Report const& report) {
    if (report.run.time_scale != 1.0)
        words.insert(words.end(), {"--timeout-scale", fmt::format("{}", report.run.time_scale)});
}

std::string command_of(Report const& report, std::vector<std::string> const& words) {
    std::string command = "wsproof";
    Redactor const redactor(report);
    for (auto const& word : redactor.arguments(words)) command += " " + shell_quoted(word);
    return command;
}

/// The same sessions once more, up to the one that came to it.
std::string campaign_again(Report const& report, FuzzFinding const& finding) {
    auto const& argv = report.run.argv;
    // A regression came from a file that only the command line knows.
    if (finding.session == 0 && argv.size() > 1)
        return command_of(report, {argv.begin() + 1, argv.end()});
    std::vector<std::string> words{"fuzz"};
    for (auto& word : words_to_reach(report)) words.push_back(std::move(word));
    words.insert(words.end(), {"--seed", hexadecimal_seed(report), "--runs",
                               fmt::format("{}", finding.session)});
    if (report.run.strict) words.insert(words.end(), {"--model", "strict"});
    append_scale(words, report);
    return command_of(report, words);
}

}  // namespace

std::string shell_quoted(std::string_view word) {
    bool plain = !word.empty();
    for (char const c : word) plain = plain && is_plain(c);
    if (plain) return std::string(word);
    std::string quoted = "'";
    for (char const c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

std::string repro(Report const& report, FuzzFinding const& finding) {
    if (finding.file.empty()) return campaign_again(report, finding);
    std::vector<std::string> words{"replay", finding.file};
    for (auto& word : words_to_reach(report)) words.push_back(std::move(word));
    words.insert(words.end(), {"--seed", hexadecimal_seed(report)});
    if (report.run.strict) words.emplace_back("--strict");
    append_scale(words, report);
    return command_of(report, words);
}

std::string repro(Report const& report, std::string const& variant) {
    if (auto const* const finding = finding_of(report, variant)) return repro(report, *finding);
    auto words = words_to_reach(report);
    words.insert(words.end(), {"-s", variant, "--seed", hexadecimal_seed(report)});
    if (report.run.delivery != "whole")
        words.insert(words.end(), {"--delivery", report.run.delivery});
    if (report.setting.depth == play::Depth::full) words.insert(words.end(), {"--depth", "full"});
    if (report.run.strict) words.emplace_back("--strict");
    append_scale(words, report);
    return command_of(report, words);
}

}  // namespace wsproof::report
