// The verb `measure`, against the reference and against peers that only just hold.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/play/endpoint_peer.hpp"
#include "harness/play/recorded_peer.hpp"
#include "tests/play/kit.hpp"

namespace wsproof::play {
namespace {

using kit::behave;
using kit::FakePeer;
using kit::run;
using kit::SeenFrame;
using kit::server;
using kit::told;
using reference::Fault;
using testing::HasSubstr;
using wire::Opcode;

constexpr std::string_view rule = "6455/10.4/limits-told";

std::string steps(std::string_view limit, std::string_view most) {
    return R"(["open", "alive", {"open": {}, "on": 1}, {"measure": {"limit": ")" +
           std::string(limit) + R"(", "most": )" + std::string(most) +
           R"(}}, {"alive": {}, "on": 1}])";
}

Result measured(std::string_view limit, std::string_view most, reference::Options options = {},
                reference::Faults faults = {}) {
    return run(steps(limit, most), to_reference(wire::Role::server, std::move(options), faults), {},
               rule);
}

TEST(Measure, FindsTheLimitsOfTheReference) {
    reference::Options options;
    options.max_message_size = 70'000;
    options.max_fragments = 1'234;
    options.max_head_size = 9'000;
    for (std::string const limit : {"frame-size", "message-size"}) {
        auto const result = measured(limit, "1000000", options);
        EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
        EXPECT_EQ(result.metrics.at(limit), 70'000);
        EXPECT_EQ(result.metrics.at("status-code"), 1009);
        EXPECT_FALSE(result.metrics.contains("at-least"));
    }
    for (std::string const limit : {"fragments", "empty-fragments"})
        EXPECT_EQ(measured(limit, "65536", options).metrics.at(limit), 1'234) << limit;
    for (std::string const limit : {"header-field-size", "request-line-size"}) {
        auto const result = measured(limit, "100000", options);
        EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
        EXPECT_GT(result.metrics.at(limit), 8'000);
        EXPECT_LT(result.metrics.at(limit), 9'000);
    }
    EXPECT_EQ(measured("header-field-size", "100000", options).metrics.at("status-code"), 431);
}

TEST(Measure, SaysWhenThereWasNoLimit) {
    auto const result = measured("frame-size", "1000000");
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
    EXPECT_EQ(result.metrics.at("frame-size"), 1'000'000);
    EXPECT_EQ(result.metrics.at("at-least"), 1);
}

/// With permessage-deflate agreed on by the first connection.
Result measured_compressed(std::string_view limit, reference::Options options,
                           reference::Faults faults = {}) {
    auto const text = R"([{"open": {"extension": "permessage-deflate"}}, {"measure": {"limit": ")" +
                      std::string(limit) + R"(", "least": 1024, "most": 16777216}}])";
    return run(text, to_reference(wire::Role::server, std::move(options), faults), {}, rule);
}

reference::Options small() {
    reference::Options options;
    options.max_message_size = 70'000;
    return options;
}

TEST(Measure, FindsTheLimitOfCompressedMessages) {
    for (std::string const limit : {"compressed-size", "compressed-fragments-size"}) {
        auto const result = measured_compressed(limit, small());
        EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
        EXPECT_EQ(result.metrics.at(limit), 70'000);
        EXPECT_EQ(result.metrics.at("status-code"), 1009);
        EXPECT_FALSE(result.metrics.contains("refused-plain"));
    }
}

TEST(Measure, InflatesAtMostTwiceWhatIsRefusedPlain) {
    auto const result =
        measured_compressed("compressed-size", small(), {Fault::limits_compressed_bytes_alone});
    EXPECT_EQ(result.verdict, Verdict::note) << told(result);
    EXPECT_EQ(result.metrics.at("refused-plain"), 131'072);
    EXPECT_EQ(result.metrics.at("compressed-size"), 262'144);
    EXPECT_EQ(result.metrics.at("at-least"), 1);
    EXPECT_THAT(result.reason, HasSubstr("in one frame and uncompressed it refuses 131,072 bytes"));
}

TEST(Measure, TellsALimitOnFramesFromOneOnMessages) {
    auto const result = measured("message-size", "1000000", small(), {Fault::limits_frames_alone});
    EXPECT_EQ(result.verdict, Verdict::note) << told(result);
    EXPECT_EQ(result.metrics.at("refused-plain"), 131'072);
    EXPECT_EQ(measured("frame-size", "1000000", small(), {Fault::limits_frames_alone})
                  .metrics.at("frame-size"),
              70'000);
    EXPECT_FALSE(measured("message-size", "1000000").metrics.contains("refused-plain"));
}

TEST(Measure, CountsConnectionsAndRates) {
    EXPECT_EQ(measured("connections", "256").metrics.at("connections"), 256);
    EXPECT_EQ(measured("idle-time", "60000").metrics.at("idle-time"), 60'000);
    for (std::string const limit :
         {"messages-per-second", "pings-per-second", "connections-per-second"}) {
        auto const result = measured(limit, "100");
        EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
        EXPECT_GT(result.metrics.at(limit), 0) << limit;
    }
}

TEST(Measure, FailsWhereOthersSuffer) {
    reference::Options options;
    options.max_message_size = 70'000;
    auto const crashed =
        measured("frame-size", "1000000", options, {Fault::crashes_beyond_its_limits});
    EXPECT_EQ(crashed.verdict, Verdict::fail) << told(crashed);
    auto const forgot = measured("connections", "64", options, {Fault::forgets_older_connections});
    EXPECT_EQ(forgot.verdict, Verdict::fail) << told(forgot);
    EXPECT_THAT(forgot.reason, HasSubstr("answer"));
}

TEST(Measure, FailsOnHalfAnEcho) {
    auto const result = measured("frame-size", "100000", {}, {Fault::truncates_at_65535});
    EXPECT_EQ(result.verdict, Verdict::fail) << told(result);
    EXPECT_THAT(result.reason, HasSubstr("echoed 65,535 of 100,000 bytes"));
}

TEST(Measure, FailsWhereAHeadIsLeftWaiting) {
    auto const result =
        measured("request-line-size", "100000", {}, {Fault::never_answers_long_heads});
    EXPECT_EQ(result.verdict, Verdict::fail) << told(result);
}

/// Closes with the code when a message is longer than 1,000 bytes.
Connect closing_with(std::uint16_t code) {
    return server([code](FakePeer& peer, SeenFrame const& frame) {
        if (frame.payload.size() <= 1'000) return behave(peer, frame);
        peer.say_close(code);
        peer.end();
    });
}

TEST(Measure, IsLenientWithAnotherCode) {
    auto const fitting = run(steps("frame-size", "100000"), closing_with(1009), {}, rule);
    EXPECT_EQ(fitting.verdict, Verdict::pass) << told(fitting);
    EXPECT_EQ(fitting.metrics.at("frame-size"), 1'000);
    auto const other = run(steps("frame-size", "100000"), closing_with(1008), {}, rule);
    EXPECT_EQ(other.verdict, Verdict::lenient) << told(other);
    EXPECT_EQ(other.metrics.at("status-code"), 1008);
    EXPECT_EQ(run(steps("frame-size", "100000"), closing_with(1006), {}, rule).verdict,
              Verdict::fail);
}

TEST(Measure, AsksTargetsThatDoNotEchoByPing) {
    Setting setting;
    setting.echoes_text = setting.echoes_binary = false;
    auto const silent = server([](FakePeer& peer, SeenFrame const& frame) {
        if (wire::is_control(frame.header.opcode)) behave(peer, frame);
    });
    auto const result = run(steps("frame-size", "100000"), silent, setting, rule);
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
    EXPECT_EQ(result.metrics.at("frame-size"), 100'000);
}

TEST(Measure, IsNoAccusationWhereNothingIsTaken) {
    auto const picky = server([](FakePeer& peer, SeenFrame const& frame) {
        if (wire::is_control(frame.header.opcode)) return behave(peer, frame);
        peer.say_close(1008);
        peer.end();
    });
    auto const result = run(steps("frame-size", "100000"), picky, {}, rule);
    EXPECT_EQ(result.verdict, Verdict::note) << told(result);
    EXPECT_TRUE(result.metrics.empty() || !result.metrics.contains("frame-size"));
}

TEST(Measure, CanBeJudgedAgain) {
    reference::Options options;
    options.max_message_size = 500;
    auto const connect = to_reference(wire::Role::server, options);
    auto const text = steps("frame-size", "2000");
    auto const first = run(text, connect, {}, rule);
    ASSERT_TRUE(first.transcript.complete);
    auto const again = run(text, replaying(first.transcript), {}, rule);
    EXPECT_EQ(told(again), told(first));
    EXPECT_EQ(again.metrics, first.metrics);
}

}  // namespace
}  // namespace wsproof::play
