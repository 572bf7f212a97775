#include <fmt/format.h>

#include <algorithm>

#include "reports/brief/brief.hpp"
#include "reports/brief/escape.hpp"
#include "reports/story.hpp"
#include "reports/tests/tests.hpp"
#include "reports/text.hpp"

namespace wsproof::report {
namespace {

using Status = Test::Status;

/// A block of code with a fence that nothing in it can close.
std::string code_block(std::string const& text) {
    std::size_t longest = 2;
    std::size_t run = 0;
    for (auto const c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    std::string const fence(longest + 1, '`');
    auto const* const end = text.ends_with('\n') ? "" : "\n";
    return fmt::format("{0}text\n{1}{2}{0}\n", fence, text, end);
}

std::string_view mark(Status status) {
    if (status == Status::failed) return "❌";
    if (status == Status::known) return "☑️";
    return status == Status::error ? "❓" : "⚠️";
}

/// At most 200 bytes of it, and no part of a character.
std::string shortened(std::string const& words) {
    std::size_t end = 200;
    if (words.size() <= end) return words;
    while ((static_cast<unsigned char>(words[end]) & 0xC0U) == 0x80U) --end;
    return words.substr(0, end) + "…";
}

std::string details(Test const& test) {
    return fmt::format("<details><summary>{} <b>{}</b> {}: {}</summary>\n\n{}\n</details>\n\n",
                       mark(test.status), test.level, for_markdown(full_name(test)),
                       for_markdown(shortened(test.message)), code_block(test.details));
}

/// The gravest first.
int rank(Test const& test) {
    if (test.status == Status::failed) return 0;
    return test.status == Status::error ? 1 : 2;
}

std::vector<Test> worth_telling(Report const& report) {
    auto tests = tests_of(report);
    std::erase_if(tests, [](Test const& test) {
        bool const is_fine = test.status == Status::passed && test.message.empty();
        return is_fine || test.status == Status::skipped;
    });
    std::ranges::stable_sort(tests, {}, rank);
    return tests;
}

std::string left_out_words(std::size_t count) {
    return fmt::format("{} more {} in the report.\n", count, count == 1 ? "stands" : "stand");
}

}  // namespace

std::string markdown(Report const& report, std::size_t limit) {
    constexpr std::size_t room_for_the_rest = 100;  // bytes, for the last line
    auto const* const outcome = report.exit_code == 0 ? "✅" : "❌";
    auto text = fmt::format("### {} wsproof: {}\n\n", outcome, for_markdown(target_words(report)));
    text += code_block(report::text(report, {.verbosity = -1})) + "\n";
    auto const tests = worth_telling(report);
    std::size_t told = 0;
    for (; told < tests.size(); ++told) {
        auto const next = details(tests[told]);
        if (text.size() + next.size() + room_for_the_rest > limit) break;
        text += next;
    }
    if (told < tests.size()) text += left_out_words(tests.size() - told);
    return text;
}

}  // namespace wsproof::report
