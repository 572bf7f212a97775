#include "harness/run/calibrate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/run/kit.hpp"

namespace wsproof::run {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

Profile calibrated(reference::Options const& options, reference::Faults const& faults = {}) {
    return calibrate({}, play::to_reference(wire::Role::server, options, faults));
}

TEST(Calibrate, FindsAllCapabilitiesOfTheHonestReference) {
    auto const profile = calibrated({});
    EXPECT_TRUE(profile.reachable);
    EXPECT_TRUE(profile.opens);
    EXPECT_EQ(profile.status, 101U);
    EXPECT_TRUE(profile.answers_pings);
    EXPECT_TRUE(profile.answers_close);
    EXPECT_TRUE(profile.echoes_text);
    EXPECT_TRUE(profile.echoes_binary);
    EXPECT_FALSE(profile.talks_unasked);
    EXPECT_THAT(profile.accepted_extension, HasSubstr("permessage-deflate"));
    EXPECT_THAT(profile.capabilities(), Contains("echo"));
    EXPECT_THAT(profile.capabilities(), Contains("permessage-deflate"));
    EXPECT_THAT(profile.capabilities(), Not(Contains("tls")));
}

TEST(Calibrate, SeesThatPermessageDeflateIsDeclined) {
    auto const profile = calibrated({.deflate = {.enabled = false}});
    EXPECT_EQ(profile.accepted_extension, "");
    EXPECT_THAT(profile.capabilities(), Not(Contains("permessage-deflate")));
}

TEST(Calibrate, SeesThatPingsAreNotAnswered) {
    auto const profile = calibrated({}, {reference::Fault::never_answers_pings});
    EXPECT_FALSE(profile.answers_pings);
    EXPECT_TRUE(profile.echoes_text);
    EXPECT_TRUE(profile.echoes_binary);
}

TEST(Calibrate, SeesThatCloseIsNotAnswered) {
    auto const profile = calibrated({}, {reference::Fault::never_answers_close});
    EXPECT_FALSE(profile.answers_close);
    EXPECT_TRUE(profile.answers_pings);
}

TEST(Calibrate, TellsWhichSubprotocolIsSpoken) {
    play::Setting setting;
    setting.subprotocols = {"chat.v1", "chat.v2"};
    auto const profile =
        calibrate(setting, play::to_reference(wire::Role::server, {.subprotocols = {"chat.v2"}}));
    EXPECT_EQ(profile.accepted_subprotocol, "chat.v2");
}

/// A server that is not made of the reference: a response, some frames, the end.
Profile of_answer(std::string const& bytes, std::string const& resource = "/") {
    play::Setting setting;
    setting.host = "example.test:9001";
    setting.resource_name = resource;
    return calibrate(setting, test::answering(bytes));
}

TEST(Calibrate, TellsTheCureForEveryUsualAnswer) {
    auto const reason = [](std::string const& bytes) {
        auto const profile = of_answer(bytes);
        EXPECT_FALSE(profile.reachable);
        return profile.unreachable_reason;
    };
    EXPECT_THAT(reason("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
                ::testing::AllOf(HasSubstr("404 to /"), HasSubstr("ws://example.test:9001/ws")));
    EXPECT_THAT(reason("HTTP/1.1 403 Forbidden\r\n\r\n"), HasSubstr("--allowed-origin"));
    EXPECT_THAT(reason("HTTP/1.1 401 Unauthorized\r\n\r\n"), HasSubstr("-u USER:PASSWORD"));
    EXPECT_THAT(reason("HTTP/1.1 426 Upgrade Required\r\n\r\n"), HasSubstr("proxy"));
    EXPECT_THAT(reason("HTTP/1.1 302 Found\r\nLocation: /chat\r\n\r\n"), HasSubstr("/chat"));
    EXPECT_THAT(reason("HTTP/1.1 200 OK\r\n\r\nHello"), HasSubstr("--path"));
    EXPECT_THAT(reason("HTTP/1.1 503 Service Unavailable\r\n\r\n"), HasSubstr("503"));
    EXPECT_THAT(reason("\x15\x03\x01\x02\x02\x16 alert"), HasSubstr("wss://"));
    EXPECT_THAT(reason("SSH-2.0-OpenSSH_9.2\r\n"), HasSubstr("not HTTP"));
    EXPECT_THAT(reason(""), HasSubstr("without an answer"));
}

TEST(Calibrate, CallsATargetUnreachableThatAnswersNothing) {
    auto const profile = calibrate({}, test::deaf_target());
    EXPECT_FALSE(profile.reachable);
    EXPECT_THAT(profile.unreachable_reason, HasSubstr("did not answer"));
}

TEST(Calibrate, KeepsTheWordsOfARefusedConnection) {
    auto const profile = calibrate({}, []() -> std::unique_ptr<play::Peer> {
        throw play::Unreachable("connection refused: is it running?");
    });
    EXPECT_FALSE(profile.reachable);
    EXPECT_EQ(profile.unreachable_reason, "connection refused: is it running?");
}

TEST(Calibrate, ReachesATargetWhoseAcceptValueIsWrong) {
    auto const profile = of_answer(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: wrong\r\n\r\n");
    EXPECT_TRUE(profile.reachable);
    EXPECT_FALSE(profile.opens);
}

TEST(Calibrate, PassesInformationalResponsesOver) {
    auto const profile = of_answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n");
    EXPECT_EQ(profile.status, 404U);
}

TEST(Calibrate, ShowsNothingOfThePeerThatATerminalWouldObey) {
    auto const profile =
        of_answer("HTTP/1.1 302 Found\r\nLocation: /\x1b[2J\r\nServer: a\x1b]0;b\r\n\r\n");
    EXPECT_THAT(profile.unreachable_reason, Not(HasSubstr("\x1b")));
    EXPECT_THAT(profile.server_software, Not(HasSubstr("\x1b")));
}

/// The honest reference, with a message of its own after every opening handshake.
class GreetingPeer : public play::Peer {
public:
    explicit GreetingPeer(std::unique_ptr<play::Peer> honest) : honest_(std::move(honest)) {}
    void send(std::span<std::byte const> bytes) override { honest_->send(bytes); }
    play::Received receive(play::Deadline deadline) override {
        auto received = honest_->receive(deadline);
        if (!greeted_ && received.kind == play::Received::Kind::bytes) {
            greeted_ = true;
            auto const hello = wire::as_bytes("hello\x1b");
            wire::append(
                received.data,
                wire::encode_frame(wire::header_for(wire::Opcode::text, hello.size()), hello));
        }
        return received;
    }
    void half_close() override { honest_->half_close(); }
    void reset() override { honest_->reset(); }
    play::Clock::time_point now() const override { return honest_->now(); }
    void sleep(std::chrono::milliseconds time) override { honest_->sleep(time); }

private:
    std::unique_ptr<play::Peer> honest_;
    bool greeted_ = false;
};

TEST(Calibrate, HearsAGreetingAndFindsTheEchoBehindIt) {
    auto const honest = play::to_reference(wire::Role::server);
    auto const profile =
        calibrate({}, [honest] { return std::make_unique<GreetingPeer>(honest()); });
    EXPECT_TRUE(profile.talks_unasked);
    EXPECT_EQ(profile.greeting, "text 'hello\\x1b'");
    EXPECT_TRUE(profile.echoes_text);
    EXPECT_TRUE(profile.answers_pings);
}

TEST(Apply, PutsTheFindingsIntoTheSetting) {
    auto profile = test::honest_profile();
    profile.answers_pings = false;
    profile.talks_unasked = true;
    auto const setting = apply(profile, {});
    EXPECT_FALSE(setting.answers_pings);
    EXPECT_TRUE(setting.talks_unasked);
    EXPECT_TRUE(setting.echoes_text);
}

TEST(Apply, GivesASlowTargetMoreTimeAndAFastOneNoLess) {
    auto profile = test::honest_profile();
    profile.round_trip = std::chrono::microseconds(100);
    EXPECT_EQ(apply(profile, {}).time_scale, 1.0);
    profile.round_trip = std::chrono::milliseconds(200);
    EXPECT_EQ(apply(profile, {}).time_scale, 4.0);
    EXPECT_EQ(apply(profile, {}).case_time, std::chrono::seconds(40));
    profile.round_trip = std::chrono::minutes(5);
    EXPECT_EQ(apply(profile, {}).time_scale, 10.0);
}

}  // namespace
}  // namespace wsproof::run
