#include "cli/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "cli/print_config.hpp"
#include "cli/target.hpp"

namespace wsproof::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Environment environment_of(std::map<std::string, std::string> variables) {
    return
        [variables = std::move(variables)](std::string const& name) -> std::optional<std::string> {
            auto const at = variables.find(name);
            return at == variables.end() ? std::nullopt : std::optional(at->second);
        };
}

struct Read {
    Invocation invocation = {};
    Config config = {};
};

Read read(std::string const& text, std::vector<std::string> words = {},
          std::map<std::string, std::string> const& variables = {}) {
    words.insert(words.begin(), {"wsproof", "test"});
    auto const environment = environment_of(variables);
    Read all;
    all.invocation = parse(words, environment);
    all.config = read_config("wsproof.toml", text, all.invocation, environment);
    return all;
}

std::string error_of(std::string const& text, std::vector<std::string> const& words = {}) {
    try {
        read(text, words);
    } catch (UsageError const& error) {
        return error.what();
    }
    return "no error";
}

constexpr auto whole = R"(#:schema https://wsproof.example/schema/config-1.json
format = 1

[run]
select  = ["@must", "!limits/*"]
fail_on = "should"
jobs    = 3
timeout = "5s"
strict  = true

[report]
dir  = "out"
make = ["json"]

[target.echo]
spawn   = "./echo --port {port}"
ready   = "tcp"
headers = { Authorization = "Bearer ${TOKEN}", X-Id = "${ID:-none}" }

[target.staging]
url          = "wss://staging.example.test/chat"
subprotocols = ["chat.v2"]
echo         = "none"

[[skip]]
cases  = "deflate/*"
target = "staging"
why    = "switched off at the edge"
)";

TEST(Config, FillsWhatFlagsAndEnvironmentLeaveOpen) {
    auto const all = read(whole, {"--target", "echo", "-j", "5"}, {{"TOKEN", "secret"}});
    auto const& values = all.invocation.values;
    EXPECT_THAT(values.list("select"), ElementsAre("@must", "!limits/*"));
    EXPECT_EQ(values.text("jobs"), "5");
    EXPECT_EQ(values.text("fail-on"), "should");
    EXPECT_EQ(values.text("report-dir"), "out");
    EXPECT_THAT(values.list("report"), ElementsAre("json"));
    EXPECT_TRUE(values.flag("strict"));
    EXPECT_EQ(values.duration("timeout", {}), std::chrono::seconds(5));
    EXPECT_THAT(values.list("header"), ElementsAre("Authorization: Bearer secret", "X-Id: none"));
    EXPECT_EQ(values.text("ready"), "tcp");
}

TEST(Config, HasASectionForAuthentication) {
    constexpr auto file =
        "[target.a]\nurl = \"ws://a/\"\ncanary_send = \"who\"\n[target.a.auth]\n"
        "scheme = [\"query\", \"cookie\"]\ntoken = \"${TOKEN}\"\ntimeout = \"10s\"\n";
    auto const all = read(file, {}, {{"TOKEN", "secret"}});
    auto const& values = all.invocation.values;
    EXPECT_THAT(values.list("auth-scheme"), ElementsAre("query", "cookie"));
    EXPECT_EQ(values.text("auth-token"), "secret");
    EXPECT_EQ(values.duration("auth-timeout", {}), std::chrono::seconds(10));
    EXPECT_EQ(values.text("canary-send"), "who");
    auto const text = print_config(all.invocation, all.config);
    EXPECT_THAT(text, ::testing::ContainsRegex("auth-scheme +.*query, cookie +# wsproof.toml:5"));
    EXPECT_THAT(text, Not(HasSubstr("secret")));
}

TEST(Config, PutsTheTargetSectionAboveTheRunSection) {
    auto const all = read("[run]\ntimeout_scale = 2\n[target.a]\nurl = \"ws://a/\"\n");
    EXPECT_EQ(all.invocation.values.text("timeout-scale"), "2");
    Values values;
    values.set("jobs", {.words = {"1"}, .source = Source::run_section});
    values.set("jobs", {.words = {"2"}, .source = Source::target_section});
    values.set("jobs", {.words = {"3"}, .source = Source::run_section});
    EXPECT_EQ(values.text("jobs"), "2");
    values.set("jobs", {.words = {"4"}, .source = Source::environment});
    values.set("jobs", {.words = {"5"}, .source = Source::flag});
    values.set("jobs", {.words = {"6"}, .source = Source::environment});
    EXPECT_EQ(values.text("jobs"), "5");
}

TEST(Config, PicksTheTargetAndItsSkips) {
    auto const all = read(whole, {"--target", "staging"});
    EXPECT_EQ(all.config.target_name, "staging");
    EXPECT_EQ(all.config.url, "wss://staging.example.test/chat");
    ASSERT_EQ(all.config.skips.size(), 1U);
    EXPECT_EQ(all.config.skips.front().why, "switched off at the edge");
    EXPECT_TRUE(read(whole, {"--target", "echo"}, {{"TOKEN", ""}}).config.skips.empty());
    EXPECT_THAT(error_of(whole), HasSubstr("several targets (echo, staging)"));
    EXPECT_THAT(error_of(whole, {"--target", "stagin"}), HasSubstr("did you mean 'staging'?"));
}

TEST(Config, LeavesTheTargetSectionsAloneWhenAUrlIsGiven) {
    auto const all = read(whole, {"ws://localhost:1/"});
    EXPECT_EQ(all.config.target_name, "");
    EXPECT_FALSE(all.invocation.values.is_set("subprotocol"));
}

TEST(Config, NamesFileLineAndTheNearestKey) {
    EXPECT_EQ(error_of("format = 1\n[run]\njbos = 3\n"),
              "wsproof.toml:3: unknown key 'jbos' in [run]: did you mean 'jobs'?");
    EXPECT_THAT(error_of("[target.a]\nurl = \"ws://a/\"\norign = \"x\"\n"),
                HasSubstr("wsproof.toml:3: unknown key 'orign' in [target.a]: did you mean "
                          "'origin'?"));
    EXPECT_THAT(error_of("[rum]\n"), HasSubstr("wsproof.toml:1: unknown key 'rum'"));
    // A target that is not used is read strictly all the same.
    EXPECT_THAT(error_of("[target.a]\nulr = \"x\"\n", {"ws://b/"}), HasSubstr("'url'"));
}

TEST(Config, NamesFileAndLineOfWrongValues) {
    EXPECT_THAT(error_of("format = 2\n"), HasSubstr("wsproof.toml:1: format"));
    EXPECT_THAT(error_of("[run]\n\nfail_on = \"most\"\n"),
                HasSubstr("wsproof.toml:3: fail_on: 'most' is not one of must"));
    EXPECT_THAT(error_of("[run]\njobs = [1, 2]\n"), HasSubstr("wsproof.toml:2: jobs"));
    EXPECT_THAT(error_of("run = 3\n"), HasSubstr("wsproof.toml:1"));
    EXPECT_THAT(error_of("[run\n"), HasSubstr("wsproof.toml:1:"));
    EXPECT_THAT(error_of("[[skip]]\ncases = \"a/*\"\n"), HasSubstr("needs cases"));
}

TEST(Config, SaysWhereTomlIsMalformed) {
    for (std::string const text :
         {"[/run]", "[run", "[run]\njobs = ", "= 1", "[[skip]", "[\xEF\xBB\xBE\n",
          "\xEF\xB8\x8F = 1", "[run]\njobs = \xEF\xBA\x80"})
        EXPECT_THAT(error_of(text), HasSubstr("wsproof.toml:")) << text;
}

TEST(Config, ExpandsVariablesAndRefusesThoseThatAreNotSet) {
    EXPECT_THAT(error_of("[target.a]\nurl = \"ws://${HOST}/\"\n"),
                HasSubstr("wsproof.toml:2: the environment has no variable HOST"));
    EXPECT_THAT(error_of("[target.a]\nurl = \"ws://${HOST/\"\n"), HasSubstr("without its }"));
    EXPECT_EQ(
        read("[target.a]\nurl = \"ws://${HOST:-b}:${PORT}/\"\n", {}, {{"PORT", "7"}}).config.url,
        "ws://b:7/");
}

TEST(Config, IsFoundUpwardsToTheRootOfTheRepository) {
    namespace fs = std::filesystem;
    auto const root =
        fs::path(::testing::TempDir()) / ("wsproof-config-test-" + std::to_string(::getpid()));
    fs::remove_all(root);
    fs::create_directories(root / "repository/.git");
    fs::create_directories(root / "repository/a/b");
    std::ofstream(root / "wsproof.toml") << "format = 1\n";
    EXPECT_EQ(find_config(root / "repository/a/b"), std::nullopt);
    std::ofstream(root / "repository/wsproof.toml") << "format = 1\n";
    EXPECT_EQ(find_config(root / "repository/a/b"), root / "repository/wsproof.toml");
    fs::remove_all(root);
}

TEST(PrintConfig, ShowsEveryValueWithItsSourceAndNoSecret) {
    auto const all = read(whole, {"--target", "echo", "-j", "5"}, {{"TOKEN", "secret"}});
    auto const text = print_config(all.invocation, all.config);
    EXPECT_THAT(text, HasSubstr("# config file: wsproof.toml"));
    EXPECT_THAT(text, ::testing::ContainsRegex("jobs +.*5 +# --jobs"));
    EXPECT_THAT(text, ::testing::ContainsRegex("fail-on +.*should +# wsproof.toml:6"));
    EXPECT_THAT(text, ::testing::ContainsRegex("delivery +.*whole +# default"));
    EXPECT_THAT(text, Not(HasSubstr("secret")));
}

// ---- what becomes of the values --------------------------------------------------------------

Invocation invocation_of(std::vector<std::string> words) {
    words.insert(words.begin(), {"wsproof", "test"});
    return parse(words, environment_of({}));
}

std::string target_error(std::vector<std::string> const& words) {
    try {
        Target const target(invocation_of(words), {});
    } catch (UsageError const& error) {
        return error.what();
    }
    return "no error";
}

TEST(Target, PutsCredentialsCookiesAndHeadersIntoTheRequest) {
    Target const target(
        invocation_of({"ws://h:9001/chat", "-u", "me:pass", "-b", "a=1", "-b", "b=2", "-H",
                       "X-Id:  7", "-A", "probe", "--origin", "https://a", "--subprotocol", "x"}),
        {});
    auto const& setting = target.setting();
    EXPECT_THAT(setting.headers,
                ElementsAre(wire::HeaderField{"X-Id", "7"},
                            wire::HeaderField{"Authorization", "Basic bWU6cGFzcw=="},
                            wire::HeaderField{"User-Agent", "probe"},
                            wire::HeaderField{"Cookie", "a=1; b=2"}));
    EXPECT_EQ(setting.host, "h:9001");
    EXPECT_EQ(setting.resource_name, "/chat");
    EXPECT_EQ(setting.origin, "https://a");
    EXPECT_THAT(setting.subprotocols, ElementsAre("x"));
}

TEST(Target, FillsThePortOfASpawnedServerIntoItsUrl) {
    Target const target(invocation_of({"ws://localhost:{port}/x", "--spawn", "true"}), {});
    EXPECT_GT(target.options().url.port, 0);
    EXPECT_EQ(target.options().url.resource_name, "/x");
}

TEST(Target, ScalesTheDeadlines) {
    Target const target(invocation_of({"ws://h/", "--timeout", "4s", "--timeout-scale", "3"}), {});
    EXPECT_EQ(target.setting().case_time, std::chrono::seconds(12));
    EXPECT_EQ(target.setting().close_time, std::chrono::seconds(3));
}

TEST(Target, SaysWhatIsWrongInOneLine) {
    EXPECT_THAT(target_error({}), HasSubstr("no target"));
    EXPECT_THAT(target_error({"ws:/h/"}), HasSubstr("ws:/h/"));
    EXPECT_THAT(target_error({"ws://h/", "-H", "no colon"}), HasSubstr("without a colon"));
    for (auto const* const origin : {"app.example", "https://app.example/", "null"})
        EXPECT_THAT(target_error({"ws://h/", "--allowed-origin", origin}),
                    HasSubstr("is no origin: write scheme://host"))
            << origin;
    EXPECT_THAT(target_error({"ws://h/", "--canary-send", "x"}), HasSubstr("--canary-expect"));
    EXPECT_THAT(target_error({"ws://h/", "-b", "a=\x01"}), HasSubstr("control byte"));
    EXPECT_THAT(target_error({"ws://h/", "-H", "A: b\r\nC: d"}), HasSubstr("control byte"));
    EXPECT_THAT(target_error({"ws://h/", "--path", "chat"}), HasSubstr("must begin with /"));
    EXPECT_THAT(target_error({"ws://h/", "-4", "-6"}), HasSubstr("exclude"));
    EXPECT_THAT(target_error({"ws://h/", "--env", "novalue"}), HasSubstr("NAME=VALUE"));
    EXPECT_THAT(target_error({"ws://h/", "--ready", "soon"}), HasSubstr("tcp, ws"));
    EXPECT_THAT(target_error({"ws://h/", "--ready", "log:("}), HasSubstr("regular expression"));
    EXPECT_THAT(target_error({"ws://h/", "--stop-signal", "BANG"}), HasSubstr("BANG"));
    EXPECT_THAT(target_error({"wss://h/", "--cacert", "/nonexistent.pem"}),
                HasSubstr("/nonexistent.pem"));
    for (auto const& words : std::vector<std::vector<std::string>>{
             {}, {"ws:/h/"}, {"wss://h/", "--cacert", "/nonexistent.pem"}})
        EXPECT_THAT(target_error(words), Not(HasSubstr("\n")));
}

TEST(Target, MakesAnIdOfAnyName) {
    auto const id = [](std::string const& name) {
        return Target(invocation_of({"ws://h/", "--name", name}), {}).id();
    };
    EXPECT_EQ(id("My Server 2.0"), "my-server-2.0");
    EXPECT_EQ(id("--"), "target");
    EXPECT_EQ(id("ü"), "target");
}

TEST(Target, KnowsTheOriginsThatGetIn) {
    auto const setting_of = [](std::vector<std::string> const& words) {
        return Target(invocation_of(words), {}).setting();
    };
    auto const setting = setting_of({"ws://h:81/", "--allowed-origin", "https://*.a.example",
                                     "--allowed-origin", "https://b.example"});
    EXPECT_EQ(setting.origin, "https://www.a.example");
    EXPECT_EQ(setting.words.at("origin"), "https://www.a.example");
    EXPECT_EQ(setting.allowed_origins.size(), 2U);
    auto const given = setting_of(
        {"ws://h/", "--allowed-origin", "https://a.example", "--origin", "https://c.example"});
    EXPECT_EQ(given.origin, "https://c.example");
    EXPECT_EQ(setting_of({"ws://h/"}).words.count("origin"), 0U);
}

}  // namespace
}  // namespace wsproof::cli
