#include "reports/journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>

#include "tests/report/golden.hpp"
#include "tests/report/sample.hpp"

namespace wsproof::report {
namespace {

using testing::HasSubstr;

class JournalFile : public testing::Test {
protected:
    void SetUp() override {
        path_ = std::filesystem::temp_directory_path() /
                ("wsproof-journal-" + std::to_string(::getpid()) + ".ndjson");
    }
    void TearDown() override { std::filesystem::remove(path_); }

    std::string content() const {
        std::ifstream file(path_, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    static Report head_of(Report report) {
        report.results.clear();
        return report;
    }
    /// The journal of a whole run.
    std::string written(Report const& report) {
        Journal journal(path_, head_of(report));
        for (auto const& result : report.results) journal.add(result);
        journal.finish(report);
        return content();
    }

    std::filesystem::path path_;
};

TEST_F(JournalFile, AmountsToTheReportOfTheRun) {
    auto const report = sample::ordinary();
    auto expected = report;
    std::sort(expected.results.begin(), expected.results.end(),
              [](auto const& a, auto const& b) { return a.variant < b.variant; });
    auto const text = written(report);
    EXPECT_TRUE(is_journal(text));
    EXPECT_TRUE(same_text(write_json(read_journal(text), KeepTranscripts::all),
                          write_json(expected, KeepTranscripts::all)));
}

TEST_F(JournalFile, HasALinePerResult) {
    auto const text = written(sample::ordinary());
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 6);
}

TEST_F(JournalFile, ToleratesALastLineThatWasCut) {
    auto const text = written(sample::ordinary());
    auto const first = text.find('\n') + 1;
    for (std::size_t size = first; size < text.size(); size += 61) {
        auto const report = read_journal(text.substr(0, size));
        EXPECT_EQ(report.run.state, run::State::interrupted);
        EXPECT_LE(report.results.size(), 4U);
        EXPECT_NO_THROW(read_json(write_json(report, KeepTranscripts::all)));
    }
    auto const half = read_journal(text.substr(0, text.find('\n', first) + 10));
    EXPECT_EQ(half.results.size(), 1U);
    EXPECT_EQ(half.run.state_words,
              "the run ended before its end was written: 1 of 4 cases are known");
}

TEST_F(JournalFile, SurvivesAKill) {
    auto const report = sample::ordinary();
    auto const child = ::fork();
    if (child == 0) {
        Journal journal(path_, head_of(report));
        journal.add(report.results[0]);
        journal.add(report.results[1]);
        ::raise(SIGKILL);
        ::_exit(1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    auto const read = read_journal(content());
    EXPECT_EQ(read.results.size(), 2U);
    EXPECT_EQ(read.cases.size(), 4U);
    EXPECT_EQ(read.run.seed, report.run.seed);
    EXPECT_EQ(read.exit_code, 1);
}

TEST_F(JournalFile, CountsTheLastResultOfACase) {
    auto report = sample::ordinary();
    report.results.push_back(report.results[0]);
    report.results.back().verdict = play::Verdict::pass;
    auto const read = read_journal(written(report));
    ASSERT_EQ(read.results.size(), 4U);
    EXPECT_EQ(read.results[0].verdict, play::Verdict::pass);
}

TEST_F(JournalFile, NeverHoldsCredentials) {
    EXPECT_EQ(written(sample::ordinary()).find("s3cr3t"), std::string::npos);
}

TEST(Journal, SaysWhyItCannotBeWritten) {
    try {
        Journal journal("/nonexistent/folder/journal.ndjson", sample::ordinary());
        FAIL() << "expected a ReportError";
    } catch (ReportError const& error) {
        EXPECT_THAT(error.what(), HasSubstr("/nonexistent/folder/journal.ndjson: expected"));
    }
}

TEST(Journal, RefusesWhatIsNone) {
    EXPECT_THROW(read_journal(""), ReportError);
    EXPECT_THROW(read_journal("{}\n"), ReportError);
    EXPECT_THROW(read_journal("{\"event\":\"run-start\"}\n"), ReportError);
    EXPECT_FALSE(is_journal("{\"format\""));
}

}  // namespace
}  // namespace wsproof::report
