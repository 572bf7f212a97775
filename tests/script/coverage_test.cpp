#include "harness/script/coverage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace wsproof::script {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

SourceFile const statements{"cases/statements.jsonc", R"({
    "1-2.10-01": { "level": "may", "binds": "client", "seen_at": "client", "text": "t" },
    "1-2.9-02": { "level": "must", "binds": "endpoint", "seen_at": "either", "text": "t" },
    "1-2.9-01": { "level": "should", "binds": "server", "seen_at": "nobody", "text": "t",
                  "why_not": "about logs" } })"};
SourceFile const covering_rules{"cases/rules.jsonc", R"({
    "1/2.9/tested": { "binds": "endpoint", "level": "must", "statements": ["1-2.9-02"], "text": "t" },
    "1/2.9/logs": { "binds": "server", "level": "should", "statements": ["1-2.9-01"], "text": "t" },
    "1/2.10/clients": { "binds": "client", "level": "may", "statements": ["1-2.10-01"],
                        "text": "t", "untested": "binds clients" } })"};
SourceFile const covering_faults{"cases/faults.jsonc",
                                 R"({ "sick": { "does": "d", "effect": "e" } })"};
SourceFile const covered_case{"cases/a/b.jsonc", R"({ "says": "s", "rule": "1/2.9/tested",
    "faults": ["sick"], "each": { "p": ["x", "y"] },
    "steps": [ { "send": { "ping": "${p}" } }, "alive" ] })"};

Catalogue loaded_from(std::vector<SourceFile> const& files) {
    return load(files);
}

TEST(Coverage, TellsCasesOrTheReasonWhyThereAreNone) {
    auto const catalogue = loaded_from({statements, covering_rules, covering_faults, covered_case});
    auto const coverage = coverage_of(catalogue);
    ASSERT_EQ(coverage.size(), 3U);
    EXPECT_EQ(coverage[0].statement->id, "1-2.9-01");
    EXPECT_EQ(coverage[0].reason, "about logs");
    EXPECT_EQ(coverage[1].statement->id, "1-2.9-02");
    EXPECT_THAT(coverage[1].cases, ElementsAre("a/b"));
    EXPECT_THAT(coverage[1].reason, IsEmpty());
    EXPECT_EQ(coverage[2].statement->id, "1-2.10-01");
    EXPECT_EQ(coverage[2].reason, "binds clients");
    EXPECT_EQ(coverage[2].statement->section(), "2.10");
    EXPECT_EQ(coverage[2].statement->document(), "RFC 1");
}

TEST(Coverage, NamesStatementsThatNobodyTakesCareOf) {
    SourceFile const none{"cases/rules.jsonc", "{}"};
    auto const catalogue = loaded_from({statements, none, covering_faults});
    auto const coverage = coverage_of(catalogue);
    EXPECT_EQ(coverage.at(1).reason, "no rule covers it");
}

TEST(Coverage, RefusesStatementsThatNobodyHasMade) {
    SourceFile const wrong{"cases/rules.jsonc", R"({
    "1/2.9/tested": { "binds": "endpoint", "level": "must", "statements": ["1-2.9-03"], "text": "t" } })"};
    try {
        loaded_from({statements, wrong, covering_faults});
        FAIL() << "the unknown statement was taken";
    } catch (CaseError const& error) {
        EXPECT_THAT(error.what(), HasSubstr("cases/rules.jsonc:2: "));
        EXPECT_THAT(error.what(), HasSubstr("did you mean \"1-2.9-0"));
    }
}

TEST(Coverage, WantsTheReasonOfWhatNobodySees) {
    SourceFile const silent{"cases/statements.jsonc", R"({
    "1-2.9-01": { "level": "may", "binds": "server", "seen_at": "nobody", "text": "t" } })"};
    EXPECT_THROW(loaded_from({silent, covering_rules, covering_faults}), CaseError);
}

TEST(Coverage, EveryStatementIsCoveredByARule) {
    auto const catalogue = embedded_catalogue();
    for (auto const& entry : coverage_of(catalogue))
        EXPECT_FALSE(entry.rules.empty()) << entry.statement->id << ": no rule covers it";
}

TEST(Coverage, WhatShowsAtAServerHasACase) {
    auto const catalogue = embedded_catalogue();
    for (auto const& entry : coverage_of(catalogue)) {
        auto const seen_at = entry.statement->seen_at;
        if (seen_at != Statement::SeenAt::server && seen_at != Statement::SeenAt::either) continue;
        EXPECT_FALSE(entry.cases.empty()) << entry.statement->id << ": " << entry.reason;
    }
}

TEST(Coverage, ARuleHasEitherCasesOrTheReasonWhyNot) {
    auto const catalogue = embedded_catalogue();
    std::set<std::string> tested;
    for (auto const& variant : catalogue.variants) tested.insert(variant.rule);
    for (auto const& [id, rule] : catalogue.rules)
        EXPECT_NE(tested.contains(id), !rule.untested.empty()) << id;
}

}  // namespace
}  // namespace wsproof::script
