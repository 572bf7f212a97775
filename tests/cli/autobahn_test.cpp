#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "cli/autobahn_choice.hpp"
#include "cli/autobahn_spec.hpp"
#include "cli/init_text.hpp"
#include "cli/selection.hpp"
#include "reports/autobahn/numbers.hpp"

namespace wsproof::cli {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSubsetOf;
using ::testing::SizeIs;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

/// A case for every number of Autobahn, and one that stands for 7.1.1 and 7.1.2 together.
script::Catalogue one_case_a_number() {
    script::Catalogue catalogue;
    catalogue.rules["r"] = {.id = "6455/5.4/r", .binds = script::Binds::endpoint};
    for (auto const& number : report::autobahn::all_numbers()) {
        if (number == "7.1.1" || number == "7.1.2") continue;
        catalogue.variants.push_back(
            {.id = "case/n" + number, .case_id = "case/n" + number, .rule = "r"});
        catalogue.variants.back().aliases = {"autobahn:" + number};
    }
    catalogue.variants.push_back({.id = "case/shared", .case_id = "case/shared", .rule = "r"});
    catalogue.variants.back().aliases = {"autobahn:7.1.1", "autobahn:7.1.2", "other:5"};
    catalogue.variants.push_back({.id = "case/ours", .case_id = "case/ours", .rule = "r"});
    std::ranges::sort(catalogue.variants, {}, &script::Variant::id);
    return catalogue;
}

AutobahnSpec spec_of(std::string const& text) {
    return read_autobahn_spec("fuzzingclient.json", text);
}

std::set<std::string> chosen(std::string const& cases, std::string const& excluded = "[]") {
    auto const spec = spec_of(R"({"cases": )" + cases + R"(, "exclude-cases": )" + excluded + "}");
    static auto const catalogue = one_case_a_number();
    return AutobahnChoice(spec, catalogue).numbers();
}

std::string spec_error(std::string const& text) {
    try {
        auto const spec = spec_of(text);
        static auto const catalogue = one_case_a_number();
        AutobahnChoice(spec, catalogue);
    } catch (UsageError const& error) {
        return error.what();
    }
    return "no error";
}

TEST(AutobahnNumbers, AreThoseOfTheSuiteInItsOrder) {
    auto const& numbers = report::autobahn::all_numbers();
    ASSERT_THAT(numbers, SizeIs(517));
    EXPECT_EQ(numbers.front(), "1.1.1");
    EXPECT_EQ(numbers.back(), "13.7.18");
    EXPECT_EQ(report::autobahn::index_of("1.1.1"), 1U);
    EXPECT_EQ(report::autobahn::index_of("2.10"), 26U);
    EXPECT_EQ(report::autobahn::index_of("13.7.18"), 517U);
    EXPECT_EQ(report::autobahn::index_of("1.1.9"), 0U);
}

// The counts were taken from the suite itself.
TEST(AutobahnGlobs, AreAboutTheStartOfANumber) {
    EXPECT_THAT(chosen(R"(["*"])"), SizeIs(517));
    EXPECT_THAT(chosen(R"(["1.*"])"), SizeIs(16));
    EXPECT_THAT(chosen(R"(["1*"])"), SizeIs(233));
    EXPECT_THAT(chosen(R"(["2.1*"])"), UnorderedElementsAre("2.1", "2.10", "2.11"));
    EXPECT_THAT(chosen(R"(["*.1"])"), SizeIs(273));
    EXPECT_THAT(chosen(R"(["*.1"])"), Contains("1.1.8"));
    EXPECT_THAT(chosen(R"(["2.1"])"), ElementsAre("2.1"));
    EXPECT_THAT(chosen(R"(["7.[13].*"])"), SizeIs(12));  // regular expressions shine through
}

TEST(AutobahnGlobs, MayMatchNothing) {
    EXPECT_THAT(chosen(R"(["11.*", "8.*", "0.*", "3.*"])"), SizeIs(7));
    EXPECT_THAT(chosen(R"(["8.*"])"), IsEmpty());
    EXPECT_THAT(chosen(R"(["*"])", R"([""])"), SizeIs(517));
    EXPECT_THAT(chosen(R"(["*"])", R"(["9.*", "12.*", "13.*", "1.1.99", "11.*"])"), SizeIs(247));
}

TEST(AutobahnGlobs, AreAboutWholeNumbersForAgents) {
    auto const spec = spec_of(R"({"cases": ["*"], "exclude-agent-cases":
        {"gobwas/*": ["8.*", "2.1*"], "*": ["1.1"], "C++": ["3.*"], "helpers/low": ["*.1"]}})");
    static auto const catalogue = one_case_a_number();
    AutobahnChoice const choice(spec, catalogue);
    EXPECT_THAT(choice.excluded_for("gobwas/low"), UnorderedElementsAre("2.1", "2.10", "2.11"));
    EXPECT_THAT(choice.excluded_for("mygobwas/low"), IsEmpty());
    EXPECT_THAT(choice.excluded_for("C++"), SizeIs(7));
    EXPECT_THAT(choice.excluded_for("helpers/low"), Contains("1.1.1"));
    EXPECT_EQ(choice.excluded_for("helpers/low").count("1.1.2"), 0U);
    EXPECT_EQ(choice.excluded_for("helpers/low").count("6.22.1"), 1U);
}

std::vector<std::string> selected_ids(script::Catalogue const& catalogue,
                                      std::vector<std::string> const& expressions) {
    std::vector<std::string> ids;
    for (auto const* const variant : selected(catalogue, expressions, wire::Role::server))
        ids.push_back(variant->id);
    return ids;
}

// What the spec chooses and what its expressions choose has to be the same.
TEST(AutobahnExpressions, ChooseTheSameCases) {
    auto const catalogue = one_case_a_number();
    for (auto const& [cases, excluded] : std::vector<std::pair<std::string, std::string>>{
             {R"(["*"])", "[]"},
             {R"(["1*", "7.*", "11.*"])", R"(["", "7.1.1", "10.*", "9.*"])"},
             {R"(["7.1.1"])", R"(["7.1.2"])"},
             {R"(["*.1"])", R"(["*.1.1"])"},
             {R"(["6.2[0-3].*", "5.*"])", R"(["5.1*"])"}}) {
        auto const spec =
            spec_of(R"({"cases": )" + cases + R"(, "exclude-cases": )" + excluded + "}");
        AutobahnChoice const choice(spec, catalogue);
        std::vector<std::string> wanted;
        for (auto const& variant : catalogue.variants)
            if (std::ranges::any_of(variant.aliases, [&](auto const& alias) {
                    auto const number = report::autobahn::number_in(alias);
                    return number && choice.numbers().contains(*number);
                }))
                wanted.push_back(variant.id);
        EXPECT_EQ(selected_ids(catalogue, choice.expressions()), wanted) << cases;
    }
    auto const spec = spec_of(R"({"cases": ["1.*", "8.*"], "exclude-cases": ["1.2.*", ""]})");
    EXPECT_THAT(AutobahnChoice(spec, catalogue).expressions(),
                ElementsAre("autobahn:1.*", "!autobahn:1.2.*"));
}

TEST(AutobahnExpressions, SkipNoCaseThatIsWantedForAnotherNumber) {
    auto const catalogue = one_case_a_number();
    auto const spec = spec_of(R"({"cases": ["*"], "exclude-agent-cases":
        {"a": ["7.1.1", "3.*"], "b": ["7.1.*"], "c": ["7.1.1", "7.1.2"]}})");
    AutobahnChoice const choice(spec, catalogue);
    EXPECT_THAT(choice.skips_for("a"), ElementsAre("autobahn:3.*"));
    EXPECT_THAT(choice.skips_for("b"), ElementsAre("autobahn:7.1.*"));
    EXPECT_THAT(choice.skips_for("c"), ElementsAre("autobahn:7.1.1"));
    EXPECT_THAT(choice.skips_for("d"), IsEmpty());
}

TEST(AutobahnExpressions, NameTheNumbersThatNoCaseStandsFor) {
    auto catalogue = one_case_a_number();
    std::erase_if(catalogue.variants, [](auto const& variant) {
        return variant.id == "case/n3.2" || variant.id == "case/n10.1.1";
    });
    auto const spec = spec_of(R"({"cases": ["3.*", "10.*"]})");
    AutobahnChoice const choice(spec, catalogue);
    EXPECT_THAT(choice.without_case(), ElementsAre("3.2", "10.1.1"));
    EXPECT_THAT(choice.expressions(), ElementsAre("autobahn:3.*"));
}

TEST(AutobahnSpecs, AreReadWithAllTheirOddities) {
    auto const spec = spec_of(R"({
        "options": {"failByDrop": true, "version": 18, "openHandshakeTimeout": 0},
        "outdir": "./reports/clients", "webport": 8080, "enable-ssl": false,
        "servers": [
          {"agent": "helpers/low", "url": "ws://127.0.0.1:9001/low?x=1",
           "options": {"version": 13}, "color": "red"},
          {"url": "wss://localhost:9002", "hostname": "example.test", "origin": "https://a.example",
           "protocols": ["chat", "v2"]}],
        "cases": ["*"], "exclude-cases": [""], "exclude-agent-cases": {"*": []} })");
    ASSERT_THAT(spec.servers, SizeIs(2));
    EXPECT_EQ(spec.servers[0].agent, "helpers/low");
    EXPECT_EQ(spec.servers[1].agent, "");
    EXPECT_EQ(spec.servers[1].hostname, "example.test");
    EXPECT_EQ(spec.servers[1].origin, "https://a.example");
    EXPECT_THAT(spec.servers[1].protocols, ElementsAre("chat", "v2"));
    EXPECT_EQ(spec.outdir, "./reports/clients");
    EXPECT_THAT(spec.without_effect,
                ElementsAre("options.failByDrop", "options.openHandshakeTimeout", "webport",
                            "enable-ssl", "servers[0].color"));
    EXPECT_EQ(spec_of(R"({"cases": ["1.*"]})").outdir, "./reports/servers");
}

TEST(AutobahnSpecs, AreKnownByTheirContentOrName) {
    EXPECT_TRUE(is_autobahn_spec("spec", "\n  {\"cases\": []}"));
    EXPECT_TRUE(is_autobahn_spec("spec", "\xEF\xBB\xBF{}"));
    EXPECT_TRUE(is_autobahn_spec("fuzzingclient.json", "oops"));
    EXPECT_FALSE(is_autobahn_spec("wsproof.toml", "format = 1"));
    EXPECT_FALSE(is_autobahn_spec("wsproof.toml", ""));
}

TEST(AutobahnSpecs, SayInOneLineWhatIsWrong) {
    EXPECT_THAT(spec_error("{\n \"cases\": [\"*\"],\n}"), StartsWith("fuzzingclient.json:3:"));
    EXPECT_THAT(spec_error("[]"), HasSubstr("a JSON object"));
    EXPECT_THAT(spec_error("{}"), HasSubstr(R"("cases": ["*"])"));
    EXPECT_THAT(spec_error(R"({"cases": "*"})"), HasSubstr("cases: expected a list"));
    EXPECT_THAT(spec_error(R"({"cases": [1]})"), HasSubstr("cases: expected a string"));
    EXPECT_THAT(spec_error(R"({"cases": ["1.1.99"]})"), HasSubstr("no case '1.1.99'"));
    EXPECT_THAT(spec_error(R"({"cases": ["*"], "servers": {}})"), HasSubstr("servers: expected"));
    EXPECT_THAT(spec_error(R"({"cases": ["*"], "servers": [{}]})"), HasSubstr("servers[0].url"));
    EXPECT_THAT(spec_error(R"({"cases": ["*"], "servers": [{"url": "ftp://x"}]})"),
                HasSubstr("servers[0].url: "));
    EXPECT_THAT(spec_error(R"({"cases": ["*"], "options": {"version": 8}})"),
                HasSubstr("options.version"));
    EXPECT_THAT(spec_error(R"({"url": "ws://127.0.0.1:9001", "cases": ["*"]})"),
                HasSubstr("fuzzingserver"));
    EXPECT_THAT(spec_error(R"({"cases": ["*"], "exclude-agent-cases": ["*"]})"),
                HasSubstr("exclude-agent-cases: expected an object"));
}

TEST(Init, QuotesWhatTomlWouldMisread) {
    auto const catalogue = one_case_a_number();
    auto const spec = spec_of(R"({"cases": ["1.*"], "exclude-cases": ["1.2.*"], "outdir": "o\\\"ut",
        "servers": [{"agent": "helpers/low \"x\"", "url": "ws://127.0.0.1:9001"},
                    {"url": "wss://[::1]:9002/"}, {"agent": "plain", "url": "wss://h:1/"},
                    {"agent": "plain", "url": "ws://h:2/"}],
        "exclude-agent-cases": {"plain": ["1.1.2"]}})");
    AutobahnChoice const choice(spec, catalogue);
    auto const targets = targets_of(spec);
    auto const text = config_text(spec, choice, targets);
    EXPECT_THAT(text, HasSubstr(R"(select = ["autobahn:1.*", "!autobahn:1.2.*"])"));
    EXPECT_THAT(text, HasSubstr("profile = \"full\""));
    EXPECT_THAT(text, HasSubstr(R"([target."helpers/low \"x\""])"));
    EXPECT_THAT(text, HasSubstr(R"([target."::1-9002"])"));
    EXPECT_THAT(text, HasSubstr("[target.plain_2]"));
    EXPECT_THAT(text, HasSubstr(R"("autobahn=o\\\"ut")"));
    EXPECT_THAT(text, HasSubstr("insecure = true"));
    EXPECT_THAT(text, HasSubstr("[[skip]]\ncases  = \"autobahn:1.1.2\"\ntarget = \"plain\"\n"
                                "why    = \"was excluded in Autobahn\"\n"));
    EXPECT_THAT(baseline_text(spec, choice, targets),
                HasSubstr("[[known]]\ntarget    = \"plain_2\"\ncase      = \"autobahn:1.1.2\"\n"));
}

}  // namespace
}  // namespace wsproof::cli
