#include "reports/autobahn/autobahn.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/autobahn/words.hpp"
#include "tests/report/sample.hpp"

namespace wsproof::report::autobahn {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using play::Ending;
using play::Verdict;
using Json = nlohmann::json;

std::string both(play::Result const& result) {
    Report report = sample::ordinary();
    auto const words = words_of(report, result);
    return words ? words->behavior + " / " + words->behavior_close : "absent";
}

std::string both(Verdict verdict, Ending ending, play::CloseRecord close = {}) {
    return both({.variant = "a/b", .verdict = verdict, .ending = ending, .close = close});
}

std::string skipped(std::string const& reason) {
    return both({.variant = "a/b", .verdict = Verdict::skipped, .skip_reason = reason});
}

// docs/autobahn.md has the same table for readers.
TEST(AutobahnWords, SpeakOfVerdictAndEnding) {
    EXPECT_EQ(both(Verdict::pass, Ending::clean), "OK / OK");
    EXPECT_EQ(both(Verdict::pass, Ending::close_then_drop), "OK / OK");
    EXPECT_EQ(both(Verdict::pass, Ending::drop), "OK / OK");
    EXPECT_EQ(both(Verdict::pass, Ending::drop, {.sent = 1000}), "OK / UNCLEAN");
    EXPECT_EQ(both(Verdict::pass, Ending::reset, {.sent = 1000}), "OK / UNCLEAN");
    EXPECT_EQ(both(Verdict::pass, Ending::timeout), "OK / FAILED BY CLIENT");
    EXPECT_EQ(both(Verdict::pass, Ending::refused), "OK / FAILED");
    EXPECT_EQ(both(Verdict::lenient, Ending::clean), "NON-STRICT / OK");
    EXPECT_EQ(both(Verdict::lenient, Ending::drop), "NON-STRICT / OK");
    EXPECT_EQ(both(Verdict::lenient, Ending::wrong_code), "NON-STRICT / WRONG CODE");
    EXPECT_EQ(both(Verdict::note, Ending::clean), "INFORMATIONAL / INFORMATIONAL");
    EXPECT_EQ(both(Verdict::fail, Ending::clean), "FAILED / OK");
    EXPECT_EQ(both(Verdict::fail, Ending::none), "FAILED / FAILED");
    EXPECT_EQ(both(Verdict::fail, Ending::reset), "FAILED / FAILED");
    EXPECT_EQ(both(Verdict::inconclusive, Ending::clean), "FAILED / FAILED");
    EXPECT_EQ(both(Verdict::broken, Ending::clean), "FAILED / FAILED");
}

TEST(AutobahnWords, TellWhatWasSkipped) {
    EXPECT_EQ(skipped("needs-capability:permessage-deflate"), "UNIMPLEMENTED / OK");
    EXPECT_EQ(skipped("needs-echo"), "FAILED / FAILED");
    EXPECT_EQ(skipped("target-lost"), "FAILED / FAILED");
    EXPECT_EQ(skipped("config"), "absent");
    EXPECT_EQ(skipped("budget"), "absent");
}

TEST(AutobahnWords, FailWhoBreaksAStandingRuleOfTheRfcs) {
    play::Result result{.variant = "a/b", .verdict = Verdict::pass, .ending = Ending::clean};
    result.breaches = {{"9110/8.6/no-content-length-in-101", "sent Content-Length"}};
    EXPECT_EQ(both(result), "OK / OK");
    result.breaches = {{"7692/6/rsv1-on-first-fragment-only", "a should only"}};
    EXPECT_EQ(both(result), "OK / OK");
    result.breaches = {{"6455/5.1/server-never-masks", "sent a masked frame"}};
    EXPECT_EQ(both(result), "FAILED / OK");
}

Report numbered() {
    auto report = sample::everything();
    for (std::size_t i = 0; i < report.cases.size(); ++i)
        report.cases[i].aliases = {"autobahn:5." + std::to_string(i + 1), "other:1"};
    return report;
}

std::string text_of(std::vector<File> const& files, std::string const& name) {
    auto const found = std::find_if(files.begin(), files.end(),
                                    [&](File const& file) { return file.name == name; });
    return found == files.end() ? "" : found->text;
}

std::vector<File> files_for(Report const& report, std::string const& name = "ws") {
    Agent const agent{.name = name, .report = &report};
    return files_of({&agent, 1});
}

TEST(AutobahnIndex, IsLaidOutAsAutobahnLaysItOut) {
    Report report;
    report.cases = {{.id = "a/b", .aliases = {"autobahn:1.1.1"}},
                    {.id = "a/c", .aliases = {"autobahn:1.1.2"}}};
    report.results = {{.variant = "a/b",
                       .verdict = Verdict::pass,
                       .ending = Ending::clean,
                       .close = {.sent = 1000, .received = 1000},
                       .duration = std::chrono::microseconds(2600)},
                      {.variant = "a/c", .verdict = Verdict::fail, .ending = Ending::drop}};
    EXPECT_EQ(text_of(files_for(report), "index.json"), R"({
   "ws": {
      "1.1.1": {
         "behavior": "OK",
         "behaviorClose": "OK",
         "duration": 3,
         "remoteCloseCode": 1000,
         "reportfile": "ws_case_1_1_1.json"
      },
      "1.1.2": {
         "behavior": "FAILED",
         "behaviorClose": "FAILED",
         "duration": 0,
         "remoteCloseCode": null,
         "reportfile": "ws_case_1_1_2.json"
      }
   }
})");
}

TEST(AutobahnIndex, TellsTheWorstOfSeveralCasesWithOneNumber) {
    Report report;
    for (auto const* const id : {"a/b", "a/c", "a/d"})
        report.cases.push_back({.id = id, .aliases = {"autobahn:1.1.1"}});
    report.results = {{.variant = "a/b", .verdict = Verdict::pass, .ending = Ending::clean},
                      {.variant = "a/c", .verdict = Verdict::fail, .ending = Ending::clean},
                      {.variant = "a/d", .verdict = Verdict::lenient, .ending = Ending::clean}};
    auto const index = Json::parse(text_of(files_for(report), "index.json"));
    EXPECT_EQ(index["ws"]["1.1.1"]["behavior"], "FAILED");
}

TEST(AutobahnIndex, TellsNoNumberThatWasNotAskedFor) {
    Report report;
    report.cases = {{.id = "a/b", .aliases = {"autobahn:1.1.1", "autobahn:6.1.1"}}};
    report.results = {{.variant = "a/b", .verdict = Verdict::pass, .ending = Ending::clean}};
    auto const numbers = [&](std::vector<std::string> const& selection) {
        report.run.selection = selection;
        auto const index = Json::parse(text_of(files_for(report), "index.json"));
        std::vector<std::string> all;
        for (auto const& [number, entry] : index["ws"].items()) all.push_back(number);
        return all;
    };
    using ::testing::ElementsAre;
    EXPECT_THAT(numbers({}), ElementsAre("1.1.1", "6.1.1"));
    EXPECT_THAT(numbers({"autobahn:1.*"}), ElementsAre("1.1.1"));
    EXPECT_THAT(numbers({"autobahn:1"}), ElementsAre("1.1.1"));
    EXPECT_THAT(numbers({"autobahn:*", "!autobahn:1.?.1"}), ElementsAre("6.1.1"));
    EXPECT_THAT(numbers({"!autobahn:6.*", "!@slow"}), ElementsAre("1.1.1"));
    EXPECT_THAT(numbers({"autobahn:1.*", "a/*"}), ElementsAre("1.1.1", "6.1.1"));
}

TEST(AutobahnIndex, FailsEveryCaseOfAServerThatWasNotReached) {
    Report report;
    report.run.state = run::State::unreachable;
    report.run.state_words = "connection refused";
    report.cases = {{.id = "a/b", .aliases = {"autobahn:1.1.1", "autobahn:1.1.2"}}};
    auto const files = files_for(report);
    auto const index = Json::parse(text_of(files, "index.json"));
    EXPECT_EQ(index["ws"]["1.1.2"]["behaviorClose"], "FAILED");
    auto const file = Json::parse(text_of(files, "ws_case_1_1_1.json"));
    EXPECT_EQ(file["result"], "connection refused");
    EXPECT_EQ(file["resultClose"], "The WebSocket opening handshake was never completed!");
}

TEST(AutobahnIndex, KeepsAgentsApartWhoseNamesCollide) {
    Report report;
    report.cases = {{.id = "a/b", .aliases = {"autobahn:1.1.1"}}};
    report.results = {{.variant = "a/b", .verdict = Verdict::pass, .ending = Ending::clean}};
    std::vector<Agent> const agents{{.name = "helpers/low", .report = &report},
                                    {.name = "Helpers Low", .report = &report},
                                    {.name = "helpers/low", .report = &report}};
    auto const files = files_of(agents);
    std::set<std::string> names;
    for (auto const& file : files) EXPECT_TRUE(names.insert(file.name).second) << file.name;
    auto const index = Json::parse(text_of(files, "index.json"));
    ASSERT_EQ(index.size(), 3U);
    std::set<std::string> referred;
    for (auto const& [agent, cases] : index.items())
        EXPECT_TRUE(referred.insert(cases["1.1.1"]["reportfile"]).second);
    EXPECT_THAT(referred, Contains("helpers_low_case_1_1_1.json"));
    for (auto const& name : referred) EXPECT_TRUE(names.contains(name)) << name;
}

TEST(AutobahnNames, BecomeFileNamesAsAutobahnMakesThem) {
    EXPECT_EQ(file_name_part("helpers/low"), "helpers_low");
    EXPECT_EQ(file_name_part("Python/3.10 websockets/10.4"), "python_3_10_websockets_10_4");
    EXPECT_EQ(file_name_part("  ../ws "), "ws");
    EXPECT_EQ(file_name_part("/../"), "agent");
}

TEST(AutobahnCaseFile, HasEveryKey) {
    auto const report = numbered();
    for (auto const& file : files_for(report)) {
        if (!file.name.ends_with(".json") || file.name == "index.json") continue;
        auto const json = Json::parse(file.text);
        for (auto const* const key : {"agent",
                                      "behavior",
                                      "behaviorClose",
                                      "case",
                                      "closedByMe",
                                      "createStats",
                                      "createWirelog",
                                      "description",
                                      "droppedByMe",
                                      "duration",
                                      "expectation",
                                      "expected",
                                      "expectedClose",
                                      "failedByMe",
                                      "httpRequest",
                                      "httpResponse",
                                      "id",
                                      "isServer",
                                      "localCloseCode",
                                      "localCloseReason",
                                      "received",
                                      "remoteCloseCode",
                                      "remoteCloseReason",
                                      "reportCompressionRatio",
                                      "reportTime",
                                      "result",
                                      "resultClose",
                                      "rxFrameStats",
                                      "rxOctetStats",
                                      "started",
                                      "trafficStats",
                                      "txFrameStats",
                                      "txOctetStats",
                                      "wasClean",
                                      "wasCloseHandshakeTimeout",
                                      "wasNotCleanReason",
                                      "wasOpenHandshakeTimeout",
                                      "wasServerConnectionDropTimeout",
                                      "wirelog"})
            EXPECT_TRUE(json.contains(key)) << file.name << " lacks " << key;
        EXPECT_EQ(json["id"].get<std::string>().substr(0, 2), "5.");
        EXPECT_GT(json["case"], 44);
    }
}

TEST(AutobahnCaseFile, TellsWhatWentOverTheWire) {
    Report report;
    report.cases = {{.id = "a/b", .title = "An <echo> & more.", .aliases = {"autobahn:1.1.1"}}};
    play::Result result{.variant = "a/b", .verdict = Verdict::pass, .ending = Ending::clean};
    result.close = {.sent = 1000, .received = 1000};
    constexpr wire::MaskingKey key{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}};
    auto& entries = result.transcript.entries;
    using play::Direction;
    using wire::Opcode;
    auto const add = [&](Direction direction, Opcode opcode, std::string const& payload) {
        auto const sent = direction == Direction::send;
        auto const header =
            wire::header_for(opcode, payload.size(), sent ? std::optional(key) : std::nullopt);
        entries.push_back({.direction = direction,
                           .kind = play::EntryKind::frame,
                           .frame = header,
                           .bytes = wire::encode_frame(header, wire::as_bytes(payload))});
    };
    add(Direction::send, Opcode::text, "Hello");
    add(Direction::recv, Opcode::text, "Hello");
    add(Direction::recv, Opcode::ping, "unasked");
    add(Direction::recv, Opcode::binary, std::string("\xff\x00", 2));
    add(Direction::recv, Opcode::text, std::string(63, 'a') + "\xc3\xa9 and more");
    add(Direction::recv, Opcode::pong, "");
    add(Direction::send, Opcode::close, "\x03\xe8");
    add(Direction::recv, Opcode::close,
        "\x03\xe8"
        "bye");
    report.results = {result};
    auto const json = Json::parse(text_of(files_for(report), "ws_case_1_1_1.json"));
    Json const received{{"message", "Hello", false},
                        {"message", "0xff00", true},
                        {"message", std::string(63, 'a') + " ...", false},
                        {"pong", ""}};
    EXPECT_EQ(json["received"], received);
    EXPECT_EQ(json["expected"]["OK"], received);
    EXPECT_EQ(json["wirelog"][0],
              (Json{"TF", {5, "Hello"}, 1, true, 0, "01020304", nullptr, nullptr, false}));
    EXPECT_EQ(json["wirelog"][1], (Json{"RF", {5, "Hello"}, 1, true, 0, false, nullptr}));
    EXPECT_EQ(json["txFrameStats"], (Json{{"1", 1}, {"8", 1}}));
    EXPECT_EQ(json["closedByMe"], true);
    EXPECT_EQ(json["remoteCloseReason"], "bye");
    EXPECT_EQ(json["description"], "An &lt;echo&gt; &amp; more.");
    EXPECT_EQ(json["result"], "Actual events match at least one expected.");
    EXPECT_EQ(json["resultClose"], "Connection was properly closed");
}

TEST(AutobahnFiles, KeepSecretsAndEscapeWhatPeersSay) {
    auto report = sample::hostile();
    for (auto& info : report.cases) info.aliases = {"autobahn:1.1.1"};
    auto const files = files_for(report, sample::hostile_text);
    for (auto const& file : files) {
        EXPECT_THAT(file.text, Not(HasSubstr("\x1b")));
        EXPECT_THAT(file.name, Not(HasSubstr("/")));
        if (file.name == "index.html") {
            EXPECT_THAT(file.text, Not(HasSubstr("<script")));
        }
    }
    auto ordinary = sample::ordinary();
    for (auto& info : ordinary.cases) info.aliases = {"autobahn:1.1.1"};
    for (auto const& file : files_for(ordinary)) EXPECT_THAT(file.text, Not(HasSubstr("s3cr3t")));
}

std::size_t count_of(std::string const& text, std::string const& word) {
    std::size_t count = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
    return count;
}

TEST(AutobahnPage, HasTheClassOfFailuresTwiceAndOnceMoreAFailure) {
    Report report;
    report.cases = {{.id = "a/b", .aliases = {"autobahn:1.1.1"}},
                    {.id = "a/c", .aliases = {"autobahn:1.1.2"}}};
    report.results = {{.variant = "a/b", .verdict = Verdict::pass, .ending = Ending::clean},
                      {.variant = "a/c", .verdict = Verdict::pass, .ending = Ending::clean}};
    EXPECT_EQ(count_of(text_of(files_for(report), "index.html"), "case_failed"), 2U);
    report.results[1].verdict = Verdict::fail;
    auto const page = text_of(files_for(report), "index.html");
    EXPECT_EQ(count_of(page, "case_failed"), 3U);
    EXPECT_THAT(page, HasSubstr("ws_case_1_1_2.json"));
}

}  // namespace
}  // namespace wsproof::report::autobahn
