// Complaints about whole files: cases without their keys, rules and faults of the wrong form.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/script/load.hpp"
#include "tests/script/support.hpp"

namespace wsproof::script {
namespace {

TEST(LoadRefusesCase, WithoutRequiredKeys) {
    EXPECT_EQ(
        complaint_about({"cases/a/b.jsonc",
                         "\n{ \"rule\": \"r\", \"faults\": [\"f\"], \"steps\": [\"alive\"] }"}),
        "2: expected \"says\" in a case");
    EXPECT_EQ(
        complaint_about({"cases/a/b.jsonc", R"({ "says": "s", "rule": "r", "steps": ["alive"] })"}),
        "1: expected \"faults\" in a case");
    EXPECT_EQ(
        complaint_about(
            {"cases/a/b.jsonc",
             "{ \"says\": \"s\", \"rule\": \"r\",\n\"faults\": [], \"steps\": [\"alive\"] }"}),
        "2: expected a list of at least one word for \"faults\", found []");
    EXPECT_EQ(
        complaint_about({"cases/a/b.jsonc", R"({ "says": "", "rule": "r", "faults": ["f"] })"}),
        "1: expected a sentence for \"says\", found \"\"");
    EXPECT_EQ(
        complaint_about({"cases/a/b.jsonc", R"({ "says": "s", "rule": "r", "faults": ["f"] })"}),
        "1: expected \"steps\" in a case");
    EXPECT_EQ(complaint_about({"cases/a/b.jsonc", "[]"}),
              "1: expected a case: an object, found a list");
}

TEST(LoadRefusesCase, BiggerThanAnyCaseIs) {
    SourceFile const file{"cases/a/b.jsonc", std::string((4U << 20U) + 1, ' ')};
    EXPECT_EQ(complaint_about(file), "1: expected a file of at most 4 MiB");
}

std::string complaint_about_rules(std::string const& text) {
    try {
        read_rules({"cases/rules.jsonc", text});
        return {};
    } catch (CaseError const& error) {
        return error.what();
    }
}

TEST(LoadRefusesRule, OfTheWrongForm) {
    auto const rule = [](std::string const& id, std::string const& body) {
        return complaint_about_rules("{\n\"" + id + "\": {\n" + body + " } }");
    };
    std::string const good = R"("binds": "server", "level": "must", "statements": [], "text": "t")";
    EXPECT_EQ(rule("6455/5.1/a", good), "");
    EXPECT_EQ(rule("6455/5.1", good),
              "cases/rules.jsonc:2: expected a rule id document/section/name, found \"6455/5.1\"");
    EXPECT_NE(rule("6455/5.1/A", good), "");
    EXPECT_NE(rule("6455//a", good), "");
    EXPECT_NE(rule("6455/5.1/a/b", good), "");
    EXPECT_EQ(
        rule("6455/5.1/a", R"("binds": "servers", "level": "must", "statements": [], "text": "t")"),
        "cases/rules.jsonc:3: expected one of those that a rule binds (server, client or "
        "endpoint), found "
        "\"servers\"; did you mean \"server\"?");
    EXPECT_EQ(
        rule("6455/5.1/a", R"("binds": "server", "level": "shall", "statements": [], "text": "t")")
            .substr(0, 35),
        "cases/rules.jsonc:3: expected a lev");
    EXPECT_EQ(rule("6455/5.1/a",
                   R"("binds": "server", "level": "must", "statements": ["6455-02"], "text": "t")"),
              "cases/rules.jsonc:3: expected document-section-number, found \"6455-02\"");
    EXPECT_EQ(rule("6455/5.1/a", R"("binds": "server", "level": "must", "statements": [])"),
              "cases/rules.jsonc:2: expected \"text\" in the rule 6455/5.1/a");
    EXPECT_NE(rule("6455/5.1/a", good + R"(, "level2": 1)"), "");
}

TEST(LoadRefusesFault, OfTheWrongForm) {
    auto const complaint = [](std::string const& text) {
        try {
            read_faults({"cases/faults.jsonc", text});
            return std::string{};
        } catch (CaseError const& error) {
            return std::string{error.what()};
        }
    };
    EXPECT_EQ(complaint("{\n\"a_b\": { \"does\": \"d\", \"effect\": \"e\" } }"),
              "cases/faults.jsonc:2: expected a fault's name of a-z, 0-9 and -, found \"a_b\"");
    EXPECT_EQ(complaint(R"({ "a": { "does": "d" } })"),
              "cases/faults.jsonc:1: expected \"effect\" in the fault a");
    EXPECT_EQ(complaint(R"({ "a": { "does": "d", "efect": "e" } })"),
              "cases/faults.jsonc:1: expected a key of a fault (does, effect, fix or grade), found "
              "\"efect\"; did you mean "
              "\"effect\"?");
}

TEST(LoadRefusesFinding, OfTheWrongForm) {
    auto const complaint = [](std::string const& text) {
        try {
            read_findings({"cases/findings.jsonc", text});
            return std::string{};
        } catch (CaseError const& error) {
            return std::string{error.what()};
        }
    };
    std::string const good =
        R"("area": "origin", "severity": "low", "by": "page", "title": "t", "means": "m", "fix": "f")";
    EXPECT_EQ(complaint("{ \"WS-A\": { " + good + R"(, "faults": ["a"] } })"), "");
    EXPECT_EQ(complaint("{ \"ws-a\": {} }"),
              "cases/findings.jsonc:1: expected a finding's id WS-…, found \"ws-a\"");
    EXPECT_EQ(
        complaint("{ \"WS-A\": { " + good + " } }"),
        "cases/findings.jsonc:1: expected either \"faults\" or a \"sign\" for the finding WS-A");
    EXPECT_THAT(complaint("{ \"WS-A\": { " + good + R"(, "sign": "hijakced" } })"),
                testing::HasSubstr("did you mean \"hijacked\"?"));
    EXPECT_THAT(complaint(R"({ "WS-A": { "area": "orgin" } })"),
                testing::HasSubstr("did you mean \"origin\"?"));
}

TEST(LoadRefusesHooks, OfAnUnknownArea) {
    try {
        read_hooks({"cases/hooks.jsonc", R"({ "shutdow": { "npm ws": "close" } })"});
        FAIL();
    } catch (CaseError const& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("did you mean \"shutdown\"?"));
    }
}

TEST(LoadChecksFindings, AgainstTheFaults) {
    auto files = embedded_files();
    for (auto& file : files)
        if (file.path == "cases/findings.jsonc")
            file.text.replace(file.text.find("\"ignores-origin\""), 16, "\"ignores-orign\"");
    try {
        load(files);
        FAIL();
    } catch (CaseError const& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("did you mean \"ignores-origin\"?"));
    }
}

}  // namespace
}  // namespace wsproof::script
