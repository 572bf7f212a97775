#include "reports/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "tests/report/golden.hpp"
#include "tests/report/sample.hpp"

namespace wsproof::report {
namespace {

using testing::HasSubstr;
using testing::Not;

nlohmann::json parsed(Report const& report, KeepTranscripts keep = KeepTranscripts::all) {
    return nlohmann::json::parse(write_json(report, keep));
}

std::string error_of(std::string const& text) {
    try {
        read_json(text, "report.json");
    } catch (ReportError const& error) {
        return error.what();
    }
    return "no error";
}

TEST(ReportJson, MatchesTheGoldenFile) {
    expect_golden("ordinary.json", write_json(sample::ordinary()));
}

TEST(ReportJson, ReadsBackWhatItWrote) {
    for (auto const& report : {sample::ordinary(), sample::everything(), sample::hostile()}) {
        auto const text = write_json(report, KeepTranscripts::all);
        EXPECT_TRUE(same_text(write_json(read_json(text), KeepTranscripts::all), text));
    }
}

TEST(ReportJson, KeepsProfileAndShards) {
    auto report = sample::ordinary();
    report.run.profile = "smoke";
    std::vector<std::vector<run::Shard>> const parts{{{2, 4}}, {{1, 4}, {3, 4}}};
    for (auto const& shards : parts) {
        report.run.shards = shards;
        auto const again = read_json(write_json(report));
        EXPECT_EQ(again.run.profile, "smoke");
        EXPECT_EQ(again.run.shards, shards);
    }
    auto wrong = write_json(report);
    wrong.replace(wrong.find("\"1/4\""), 5, "\"9/4\"");
    EXPECT_THROW(read_json(wrong), ReportError);
}

TEST(ReportJson, KeepsWhatJudgingAgainNeeds) {
    auto const report = read_json(write_json(sample::everything(), KeepTranscripts::all));
    auto const original = sample::everything();
    ASSERT_EQ(report.results.size(), original.results.size());
    auto const& arrivals = report.results[0].transcript.arrivals;
    ASSERT_EQ(arrivals.size(), original.results[0].transcript.arrivals.size());
    EXPECT_EQ(arrivals[0].data, original.results[0].transcript.arrivals[0].data);
    EXPECT_EQ(arrivals.back().kind, play::Arrival::Kind::unreachable);
    EXPECT_TRUE(report.results[0].transcript.complete);
    EXPECT_FALSE(report.results[1].transcript.complete);
    EXPECT_EQ(report.setting.delivery, play::Delivery::bytewise);
    EXPECT_EQ(report.setting.depth, play::Depth::full);
    EXPECT_EQ(report.setting.run_seed, original.run.seed);
    EXPECT_EQ(report.setting.words, original.setting.words);
    EXPECT_EQ(report.setting.opening_messages, original.setting.opening_messages);
    EXPECT_EQ(report.setting.time_scale, 2.5);
    EXPECT_EQ(report.run.state, run::State::unreachable);
    EXPECT_EQ(report.exit_code, 130);
    auto const& frame = *report.results[2].transcript.entries.back().frame;
    EXPECT_EQ(frame, *original.results[2].transcript.entries.back().frame);
}

TEST(ReportJson, KeepsTranscriptsAsAsked) {
    auto const kept = [](KeepTranscripts keep) {
        std::vector<bool> has;
        auto const json = parsed(sample::ordinary(), keep);
        for (auto const& result : json["results"]) has.push_back(result.contains("transcript"));
        return has;
    };
    EXPECT_EQ(kept(KeepTranscripts::failed), (std::vector<bool>{true, true, true, false}));
    EXPECT_EQ(kept(KeepTranscripts::all), (std::vector<bool>{true, true, true, true}));
    EXPECT_EQ(kept(KeepTranscripts::none), (std::vector<bool>{false, false, false, false}));
    auto report = sample::ordinary();
    report.results[1].breaches.clear();
    EXPECT_FALSE(parsed(report, KeepTranscripts::failed)["results"][1].contains("transcript"));
}

TEST(ReportJson, SaysWhyACaseWasSkipped) {
    EXPECT_EQ(parsed(sample::ordinary())["results"][3]["reason"],
              "needs-capability:permessage-deflate");
}

TEST(ReportJson, NamesWhatBreaksTheGate) {
    auto const json = parsed(sample::ordinary());
    EXPECT_EQ(json["gate"]["verdict"], "failed");
    EXPECT_EQ(json["gate"]["broke"], (nlohmann::json{"target:closing/reserved-code-not-sent#1005",
                                                     "target:6455/5.1/server-never-masks"}));
    EXPECT_EQ(json["results"][0]["gate"], "breaks");
    EXPECT_EQ(json["results"][1]["gate"], "ok");
}

TEST(ReportJson, NeverHoldsCredentials) {
    auto report = sample::ordinary();
    report.run.argv.insert(report.run.argv.end(),
                           {"-u", "me:passw0rd", "--cookie=session=passw0rd",
                            "wss://me:passw0rd@localhost/", "-HCookie: passw0rd"});
    report.setting.headers.push_back({"Proxy-Authorization", "Basic bWU6cGFzc3cwcmQ="});
    report.setting.headers.push_back({"cOOkie", "id=passw0rd"});
    report.results[0].reason = "the peer said 'Bearer s3cr3t-token'";
    report.results[0].transcript.arrivals[0].data = wire::to_bytes("you sent s3cr3t-token!");
    auto& entry = report.results[0].transcript.entries[1];
    entry.words = "Set-Cookie: passw0rd";
    entry.bytes = wire::to_bytes("HTTP/1.1 400 Bad\r\nX: s3cr3t-token\r\n\r\n");
    report.target.profile.greeting = "text 'welcome s3cr3t-token'";
    auto const text = write_json(report, KeepTranscripts::all);
    EXPECT_THAT(text, Not(HasSubstr("s3cr3t")));
    EXPECT_THAT(text, Not(HasSubstr("passw0rd")));
    EXPECT_THAT(text, Not(HasSubstr("bWU6cGFzc3cwcmQ")));
    EXPECT_THAT(text, Not(HasSubstr(wire::to_hex(wire::as_bytes("s3cr3t")))));
    EXPECT_THAT(text, Not(HasSubstr(wire::to_hex(wire::as_bytes("passw0rd")))));
    EXPECT_THAT(text, HasSubstr(wire::to_hex(wire::as_bytes("you sent ************!"))));
    EXPECT_THAT(text, HasSubstr("the peer said '•••'"));
}

TEST(ReportJson, HidesSecretsInMaskedFramesAndBeforeAnEllipsis) {
    auto report = sample::ordinary();
    report.setting.secrets = {"a-token-of-the-test-account"};
    auto& entry = report.results[0].transcript.entries[1];
    auto const frame = [](std::string_view payload) {
        wire::FrameHeader header{.opcode = wire::Opcode::text};
        header.masking_key =
            wire::MaskingKey{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}};
        header.payload_length = payload.size();
        return wire::encode_frame(header, wire::as_bytes(payload));
    };
    entry.kind = play::EntryKind::frame;
    entry.bytes = frame("login a-token-of-the-test-account");
    entry.words = "text 'login a-token-of-the-t…'";
    report.results[0].transcript.entries[0].words = "text 'nothing of the kind…'";
    auto const text = write_json(report, KeepTranscripts::all);
    EXPECT_THAT(text, HasSubstr("text 'login •••…'"));
    EXPECT_THAT(text, HasSubstr("text 'nothing of the kind…'"));
    EXPECT_THAT(text, HasSubstr(wire::to_hex(frame("login ***************************"))));
}

TEST(ReportJson, HidesTheRestOfALineThatWasCut) {
    auto report = sample::ordinary();
    auto& entry = report.results[0].transcript.entries[0];
    std::string const line = "GET / HTTP/1.1\r\nCookie: " + std::string(20, 'a');
    std::string const tail = std::string(22, 'b') + "\r\nX: yes\r\n\r\n";
    entry.bytes = wire::to_bytes(line + tail);
    entry.omitted = 100;
    auto const text = write_json(report, KeepTranscripts::all);
    EXPECT_THAT(text, Not(HasSubstr("62626262")));
    EXPECT_THAT(text, HasSubstr(wire::to_hex(wire::as_bytes("X: yes"))));
}

TEST(ReportJson, StaysJsonWhateverThePeerSends) {
    auto const json = parsed(sample::hostile());
    EXPECT_THAT(json["results"][0]["reason"].get<std::string>(), HasSubstr("\\xff\\xc3("));
}

TEST(ReportJson, KeepsTargetIdsWithinTheFormat) {
    auto report = sample::ordinary();
    report.target.id = "-My Echo/1";
    EXPECT_EQ(parsed(report)["targets"][0]["id"], "my-echo-1");
    report.target.id = "";
    EXPECT_EQ(parsed(report)["results"][0]["target"], "target");
}

TEST(ReportJson, RefusesACutFileInOneLine) {
    auto const text = write_json(sample::ordinary());
    for (std::size_t size = 0; size + 2 < text.size(); size += 97) {
        auto const error = error_of(text.substr(0, size));
        EXPECT_THAT(error, HasSubstr("report.json: expected")) << size;
        EXPECT_THAT(error, Not(HasSubstr("\n"))) << size;
    }
    EXPECT_THAT(error_of(text.substr(0, 500)), HasSubstr("ends in the middle (byte 500)"));
}

TEST(ReportJson, RefusesForeignFiles) {
    EXPECT_THAT(error_of("<html>"), HasSubstr("expected JSON"));
    EXPECT_THAT(error_of("[1]"), HasSubstr("expected an object"));
    EXPECT_THAT(error_of("{\"a\":1}"), HasSubstr("a report of wsproof"));
    EXPECT_THAT(error_of(R"({"format":{"name":"wsproof-report","version":"2.0"}})"),
                HasSubstr("report.json.format.version: expected format 1"));
    EXPECT_THAT(error_of("{\"a\":\"\x1b[2J\"}"), Not(HasSubstr("\x1b")));
}

TEST(ReportJson, ReadsOrRefusesWhateverWasChanged) {
    auto const text = write_json(sample::everything(), KeepTranscripts::all);
    std::mt19937 random(7331);
    std::size_t refused = 0;
    for (int i = 0; i < 200; ++i) {
        auto changed = text;
        changed[random() % changed.size()] = static_cast<char>(random() % 256);
        changed[random() % changed.size()] = "{}[]\",:0-9"[random() % 11];
        try {
            write_json(read_json(changed), KeepTranscripts::all);
        } catch (ReportError const&) {
            ++refused;
        }
    }
    EXPECT_GT(refused, 100U);
}

TEST(ReportJson, ReadsNoDeeperThanItMust) {
    EXPECT_THAT(error_of(std::string(200'000, '[')), HasSubstr("report.json: expected"));
    EXPECT_THAT(error_of(std::string(200'000, '[') + std::string(200'000, ']')),
                HasSubstr("expected an object"));
}

TEST(ReportJson, NamesTheFieldThatIsWrong) {
    auto const broken = [](std::string const& pointer, nlohmann::json value) {
        auto json = parsed(sample::ordinary());
        json[nlohmann::json::json_pointer(pointer)] = std::move(value);
        return error_of(json.dump());
    };
    EXPECT_THAT(broken("/results/0/verdict", "fine"), HasSubstr("report.json.results[0].verdict"));
    EXPECT_THAT(broken("/results/0/duration_ms", -1), HasSubstr("duration_ms"));
    EXPECT_THAT(broken("/results/0/transcript/0/hex", "zz"), HasSubstr("hexadecimal digits"));
    EXPECT_THAT(broken("/results/0/transcript/0/t_us", -1), HasSubstr("not negative"));
    EXPECT_THAT(broken("/results/0/close/sent", 70000), HasSubstr("16 bits"));
    EXPECT_THAT(broken("/run/seed", "xyz"), HasSubstr("seed"));
    EXPECT_THAT(broken("/targets", nlohmann::json::array()), HasSubstr("one target"));
    EXPECT_THAT(broken("/results/0/case", nullptr), HasSubstr("the field \"case\""));
    EXPECT_EQ(broken("/extra", 1), "no error");
}

}  // namespace
}  // namespace wsproof::report
