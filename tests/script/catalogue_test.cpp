#include "harness/script/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace wsproof::script {
namespace {

using testing::ElementsAre;

SourceFile const rules{"cases/rules.jsonc", R"({
    "1/1/server": { "binds": "server", "level": "must", "statements": [], "text": "t" },
    "1/1/client": { "binds": "client", "level": "must", "statements": [], "text": "t" },
    "1/1/both": { "binds": "endpoint", "level": "must", "statements": [], "text": "t" } })"};
SourceFile const faults{"cases/faults.jsonc", R"({ "sick": { "does": "d", "effect": "e" } })"};

SourceFile a_case(std::string const& id, std::string const& rule, std::string const& keys = {},
                  std::string const& steps = R"([ "open", "alive" ])") {
    return {"cases/" + id + ".jsonc", "{ \"says\": \"s\",\n\"rule\": \"" + rule +
                                          "\",\n\"faults\": [\"sick\"],\n" + keys +
                                          "\n\"steps\":\n" + steps + " }"};
}

Catalogue load_all(std::vector<SourceFile> files) {
    files.push_back(rules);
    files.push_back(faults);
    return load(files);
}

std::string complaint(std::vector<SourceFile> const& files) {
    try {
        load_all(files);
        return {};
    } catch (CaseError const& error) {
        return error.what();
    }
}

std::vector<std::string> ids(std::vector<Variant const*> const& variants) {
    std::vector<std::string> all;
    for (auto const* const variant : variants) all.push_back(variant->id);
    return all;
}

TEST(Catalogue, FindsVariantsAndCases) {
    auto const catalogue = load_all({a_case("b/two", "1/1/server"),
                                     a_case("b/one", "1/1/both", R"("each": { "v": ["x", "y"] },)",
                                            R"([ { "send": { "ping": "${v}" } }, "alive" ])")});
    EXPECT_THAT(ids({&catalogue.variants[0], &catalogue.variants[1], &catalogue.variants[2]}),
                ElementsAre("b/one#x", "b/one#y", "b/two"));
    EXPECT_EQ(catalogue.find("b/one#y"), &catalogue.variants[1]);
    EXPECT_EQ(catalogue.find("b/one"), nullptr);
    EXPECT_EQ(catalogue.find("b/zzz"), nullptr);
    EXPECT_THAT(ids(catalogue.of_case("b/one")), ElementsAre("b/one#x", "b/one#y"));
    EXPECT_THAT(ids(catalogue.of_case("b/one#x")), ElementsAre("b/one#x"));
    EXPECT_THAT(ids(catalogue.of_case("b/two")), ElementsAre("b/two"));
    EXPECT_TRUE(catalogue.of_case("b").empty());
    EXPECT_EQ(catalogue.rule_of(*catalogue.find("b/two")).binds, Binds::server);
}

TEST(Catalogue, TheDigestFollowsNamesAndTextsAndNotTheOrder) {
    auto const one = a_case("b/one", "1/1/server");
    auto const two = a_case("b/two", "1/1/server");
    auto const digest = load_all({one, two}).digest;
    EXPECT_EQ(digest.size(), 7U + 64U);
    EXPECT_EQ(digest.substr(0, 7), "sha256:");
    EXPECT_EQ(load_all({two, one}).digest, digest);
    EXPECT_NE(load_all({one}).digest, digest);
    auto changed = one;
    changed.text += "\n";
    EXPECT_NE(load_all({changed, two}).digest, digest);
    auto renamed = one;
    renamed.path = "cases/b/three.jsonc";
    EXPECT_NE(load_all({renamed, two}).digest, digest);
}

TEST(Catalogue, RefusesUnknownRulesAndFaultsOnTheirLines) {
    EXPECT_EQ(complaint({a_case("b/one", "1/1/servre")}),
              "cases/b/one.jsonc:2: expected an id of rules.jsonc, found \"1/1/servre\"; did you "
              "mean \"1/1/server\"?");
    auto file = a_case("b/one", "1/1/server");
    file.text.replace(file.text.find("sick"), 4, "sikc");
    EXPECT_EQ(complaint({file}),
              "cases/b/one.jsonc:3: expected names of faults.jsonc, found \"sikc\"; did you mean "
              "\"sick\"?");
}

TEST(Catalogue, RefusesTwinsThatAreNotThereOrBindAnotherRole) {
    auto const twin = [](std::string const& id) { return "\"twin\": \"" + id + "\","; };
    auto const legal = a_case("b/legal", "1/1/server");
    auto const both = a_case("b/both", "1/1/both");
    EXPECT_EQ(complaint({legal, a_case("b/one", "1/1/server", twin("b/legal"))}), "");
    EXPECT_EQ(complaint({both, a_case("b/one", "1/1/server", twin("b/both"))}), "");
    EXPECT_EQ(complaint({legal, a_case("b/one", "1/1/server", twin("b/lgeal"))}),
              "cases/b/one.jsonc:4: expected the id of a case or variant, found \"b/lgeal\"; did "
              "you mean \"b/legal\"?");
    EXPECT_EQ(complaint({legal, a_case("b/one", "1/1/client", twin("b/legal"))}),
              "cases/b/one.jsonc:4: expected a twin that binds the same role, found \"b/legal\" "
              "whose rule is 1/1/server");
    EXPECT_NE(complaint({legal, a_case("b/one", "1/1/both", twin("b/legal"))}), "");
    EXPECT_EQ(complaint({a_case("b/one", "1/1/server", twin("b/one"))}),
              "cases/b/one.jsonc:4: expected another case, found \"b/one\"");
}

TEST(Catalogue, RefusesCirclesOfTwins) {
    EXPECT_EQ(complaint({a_case("b/one", "1/1/server", R"("twin": "b/two",)"),
                         a_case("b/two", "1/1/server", R"("twin": "b/one",)")}),
              "cases/b/one.jsonc:4: expected twins without a circle, found one through \"b/one\"");
}

TEST(Catalogue, RefusesNounsThatTheRoleCannotKnow) {
    auto const steps = [](std::string const& rule, std::string const& list) {
        return complaint({a_case("b/one", rule, {}, list)});
    };
    std::string const response = R"([ { "send": { "response": {} } }, "alive" ])";
    std::string const request = R"([ { "send": { "request": {} } }, "alive" ])";
    std::string const accepted = R"([ { "expect": { "all": [ "accepted", "eof" ] } } ])";
    std::string const status = R"([ { "expect": { "response": {} } } ])";
    std::string const asks = R"([ { "expect": "request" } ])";
    std::string const gone = R"([ "open", "gone" ])";
    EXPECT_EQ(steps("1/1/server", request), "");
    EXPECT_EQ(steps("1/1/server", accepted), "");
    EXPECT_EQ(steps("1/1/server", gone), "");
    EXPECT_EQ(steps("1/1/client", response), "");
    EXPECT_EQ(steps("1/1/client", asks), "");
    EXPECT_EQ(steps("1/1/server", response).substr(0, 33), "cases/b/one.jsonc:6: expected no ");
    EXPECT_NE(steps("1/1/server", asks), "");
    EXPECT_NE(steps("1/1/client", request), "");
    EXPECT_NE(steps("1/1/client", accepted), "");
    EXPECT_NE(steps("1/1/client", status), "");
    EXPECT_NE(steps("1/1/client", gone), "");
    for (auto const& list : {response, request, accepted, status, asks, gone})
        EXPECT_NE(steps("1/1/both", list), "") << list;
}

TEST(Catalogue, TellsNobodyToStopWithoutTheNeed) {
    auto const steps = R"([ "open", "shutdown", "gone" ])";
    EXPECT_EQ(complaint({a_case("b/one", "1/1/server", R"("needs": ["shutdown"],)", steps)}), "");
    EXPECT_NE(complaint({a_case("b/one", "1/1/server", {}, steps)})
                  .find("expected \"shutdown\" among \"needs\""),
              std::string::npos);
}

TEST(Catalogue, RefusesTheSameCaseTwiceAndStrangeNames) {
    auto const one = a_case("b/one", "1/1/server");
    EXPECT_EQ(complaint({one, one}),
              "cases/b/one.jsonc:1: expected every case once, found b/one twice");
    EXPECT_NE(complaint({a_case("b/One", "1/1/server")}), "");
    EXPECT_NE(complaint({a_case("alone", "1/1/server")}), "");
}

TEST(Catalogue, LoadsACaseOnItsOwnAgainstTheOthers) {
    auto const catalogue = load_all({a_case("b/legal", "1/1/server")});
    auto const variants =
        load_case(a_case("found/x", "1/1/server", R"("twin": "b/legal",)"), catalogue);
    ASSERT_EQ(variants.size(), 1U);
    EXPECT_EQ(variants[0].id, "found/x");
    EXPECT_THROW(load_case(a_case("found/x", "1/1/none"), catalogue), CaseError);
    EXPECT_THROW(load_case(a_case("found/x", "1/1/server", R"("twin": "b/none",)"), catalogue),
                 CaseError);
}

TEST(Catalogue, WhatIsEmbeddedIsWhatLiesInTheFolder) {
    auto const folder = std::filesystem::path(WSPROOF_SOURCE_DIR) / "cases";
    auto const below = files_below(folder);
    auto const embedded = embedded_files();
    ASSERT_EQ(embedded.size(), below.size());
    for (std::size_t i = 0; i < below.size(); ++i) {
        EXPECT_EQ(embedded[i].path, below[i].path);
        EXPECT_TRUE(embedded[i].text == below[i].text) << below[i].path;
    }
}

TEST(Catalogue, EmbeddedIdsAreUniqueAndPlain) {
    auto const catalogue = embedded_catalogue();
    std::set<std::string> seen;
    for (auto const& variant : catalogue.variants) {
        EXPECT_TRUE(seen.insert(variant.id).second) << variant.id;
        EXPECT_EQ(variant.id.rfind(variant.case_id, 0), 0U) << variant.id;
        EXPECT_TRUE(std::all_of(variant.id.begin(), variant.id.end(), [](char c) {
            return c > ' ' && c < 0x7F;
        })) << variant.id;
    }
}

TEST(Catalogue, HoldsTheRulesThatThePlayerWatches) {
    auto const catalogue = embedded_catalogue();
    for (auto const* const id : {"6455/5.1/server-never-masks",
                                 "6455/5.1/client-masks-every-frame",
                                 "6455/5.2/rsv-clear-unless-negotiated",
                                 "6455/5.2/defined-opcodes-only",
                                 "6455/5.2/minimal-length",
                                 "6455/5.4/fragments-in-sequence",
                                 "6455/5.5/control-frame-unfragmented",
                                 "6455/5.5/control-frame-short",
                                 "6455/5.5.1/nothing-after-close",
                                 "6455/5.5.1/close-body-form",
                                 "6455/7.4.1/reserved-codes-not-sent",
                                 "6455/7.4.2/close-code-sendable",
                                 "6455/8.1/text-is-utf8",
                                 "6455/5.5.3/pong-answers-a-ping",
                                 "7692/6.1/rsv1-only-on-first-data-frame",
                                 "7692/7.2.1/payload-inflates",
                                 "7692/7.1.2.1/server-window-honoured",
                                 "6455/4.2.2/status-101",
                                 "6455/4.2.2/upgrade-field",
                                 "6455/4.2.2/connection-field",
                                 "6455/4.2.2/accept-value",
                                 "6455/4.2.2/subprotocol-among-offered",
                                 "6455/4.2.2/extensions-among-offered",
                                 "9112/2/response-syntax",
                                 "9110/8.6/no-content-length-in-101",
                                 "9112/6.1/no-transfer-encoding-in-101",
                                 "9110/15.5.22/426-names-upgrade",
                                 "9110/15.5.6/405-names-methods"})
        EXPECT_EQ(catalogue.rules.count(id), 1U) << id;
}

}  // namespace
}  // namespace wsproof::script
