#include "cli/outputs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "cli/selection.hpp"

namespace wsproof::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Values values_of(std::vector<std::string> const& reports, std::string const& folder) {
    Values values;
    values.set("report", {.words = reports, .source = Source::flag});
    values.set("report-dir", {.words = {folder}, .source = Source::flag});
    return values;
}

class OutputFiles : public ::testing::Test {
protected:
    OutputFiles() {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    ~OutputFiles() override { fs::remove_all(folder_); }

    std::string in(std::string const& name) const { return (folder_ / name).string(); }

    fs::path folder_ =
        fs::path(::testing::TempDir()) / ("wsproof-outputs-test-" + std::to_string(::getpid()));
};

TEST_F(OutputFiles, HaveFixedNamesInTheReportFolder) {
    Outputs const outputs(values_of({"json", "html", "text=-"}, in("new")), true);
    EXPECT_THAT(outputs.paths(), ElementsAre(in("new/report.json"), in("new/report.html")));
    EXPECT_TRUE(outputs.takes_stdout());
    EXPECT_EQ(outputs.journal(), in("new/journal.ndjson"));
    EXPECT_EQ(outputs.trouble(), std::nullopt);
    EXPECT_TRUE(fs::is_directory(in("new")));
    EXPECT_TRUE(fs::is_empty(in("new")));
}

TEST_F(OutputFiles, HaveNoJournalWhereNoneIsWanted) {
    auto values = values_of({"json"}, in("new"));
    values.set("journal", {.words = {"none"}, .source = Source::flag});
    EXPECT_EQ(Outputs(values, true).journal(), "");
}

TEST_F(OutputFiles, RefuseUnknownFormatsAndTwoReportsOnStandardOutput) {
    EXPECT_THROW(Outputs(values_of({"jsn"}, in("x")), true), UsageError);
    EXPECT_THROW(Outputs(values_of({"json="}, in("x")), true), UsageError);
    EXPECT_THROW(Outputs(values_of({"json=-", "text=-"}, in("x")), true), UsageError);
}

TEST_F(OutputFiles, TellBeforeTheRunThatAFileCannotBeWritten) {
    std::ofstream(in("file")) << "no folder";
    Outputs const below_a_file(values_of({"json=" + in("file/report.json")}, in("x")), true);
    EXPECT_THAT(below_a_file.trouble().value_or(""), HasSubstr("cannot write"));
    fs::create_directories(in("folder"));
    Outputs const onto_a_folder(values_of({"json=" + in("folder")}, in("x")), true);
    EXPECT_THAT(onto_a_folder.trouble().value_or(""), HasSubstr("directory"));
}

TEST_F(OutputFiles, CanBeSwitchedOff) {
    Outputs const outputs(values_of({"none"}, in("x")), true);
    EXPECT_THAT(outputs.paths(), IsEmpty());
    EXPECT_EQ(outputs.journal(), "");
}

TEST_F(OutputFiles, AreReplacedAsAWhole) {
    EXPECT_EQ(write_file(in("a"), "old"), std::nullopt);
    EXPECT_EQ(write_file(in("a"), "new"), std::nullopt);
    EXPECT_EQ(read_file(in("a")), "new");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
    EXPECT_THAT(write_file(in("missing/a"), "x").value_or(""), HasSubstr("No such file"));
}

TEST_F(OutputFiles, OfExpressionsHaveCommentsAndMayComeFromList) {
    ASSERT_EQ(write_file(in("select"),
                         "# ours\nclosing/*\n\n  !@may  # not these\nopening/plain  must  x\r\n"),
              std::nullopt);
    Values values;
    values.set("select-file", {.words = {in("select")}, .source = Source::flag});
    values.set("select", {.words = {"@must"}, .source = Source::flag});
    EXPECT_THAT(expressions_of(values),
                ElementsAre("closing/*", "!@may", "opening/plain", "@must"));
    values.set("select-file", {.words = {in("missing")}, .source = Source::flag});
    EXPECT_THROW(expressions_of(values), UsageError);
}

TEST_F(OutputFiles, OfCasesNameFileAndLineOfAnError) {
    fs::create_directories(in("cases/a"));
    ASSERT_EQ(write_file(in("cases/rules.jsonc"), "{}"), std::nullopt);
    ASSERT_EQ(write_file(in("cases/faults.jsonc"), "{}"), std::nullopt);
    ASSERT_EQ(write_file(in("cases/a/b.jsonc"), "{\n  \"says\": \"x\",\n  \"sayz\": 1\n}"),
              std::nullopt);
    Values values;
    values.set("cases", {.words = {in("cases")}, .source = Source::flag});
    try {
        load_cases(values);
        FAIL() << "no error";
    } catch (UsageError const& error) {
        EXPECT_THAT(error.what(), HasSubstr("cases/a/b.jsonc:3"));
    }
    values.set("cases", {.words = {in("nowhere")}, .source = Source::flag});
    EXPECT_THROW(load_cases(values), UsageError);
}

}  // namespace
}  // namespace wsproof::cli
