#include "reference_impl/protocol/endpoint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/reference/kit.hpp"

namespace wsproof::reference {
namespace {

using namespace kit;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Endpoint, OpensAsTheRfcPrintsIt) {
    Endpoint endpoint{wire::Role::server};
    auto const outcome = feed(endpoint, wire::as_bytes(request()));
    EXPECT_EQ(wire::to_text(outcome.output),
              "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
    EXPECT_THAT(outcome.events, ElementsAre("opened - false"));
    EXPECT_EQ(endpoint.state(), State::open);
}

TEST(Endpoint, CanBeginBehindAnOpeningHandshakeOfSomebodyElse) {
    for (auto const role : {wire::Role::server, wire::Role::client}) {
        auto endpoint = Endpoint::opened(role, {.deflate = {.server_max_window_bits = 9}});
        EXPECT_EQ(endpoint.state(), State::open);
        EXPECT_FALSE(endpoint.has_output());
        EXPECT_THAT(endpoint.take_events(), IsEmpty());
        endpoint.send({MessageKind::text, wire::to_bytes("Hello")});
        EXPECT_TRUE(wire::decode_header(endpoint.take_output())->header.rsv1);
    }
    auto plain = Endpoint::opened(wire::Role::server, {.deflate = {.enabled = false}});
    plain.send({MessageKind::text, wire::to_bytes("Hello")});
    EXPECT_THAT(frames_in(plain.take_output()), ElementsAre(text("Hello")));
}

TEST(Endpoint, EchoesThroughTheApplication) {
    auto endpoint = server();
    auto const outcome = feed(endpoint, masked(text("Hello")));
    EXPECT_THAT(frames_in(outcome.output), ElementsAre(text("Hello")));
}

TEST(Endpoint, AnswersEveryPingAlsoBetweenFragments) {
    auto endpoint = server();
    auto const bytes = joined({masked(first(text("Hel"))), masked(ping("a")), masked(ping("b")),
                               masked(continuation("lo"))});
    EXPECT_THAT(frames_in(feed(endpoint, bytes).output),
                ElementsAre(pong("a"), pong("b"), text("Hello")));
}

TEST(Endpoint, LeavesPongsUnanswered) {
    auto endpoint = server();
    EXPECT_THAT(feed(endpoint, masked(pong("x"))).output, IsEmpty());
}

TEST(Endpoint, AnswersACloseWithItsCodeAndClosesTheTransport) {
    auto endpoint = server();
    auto const outcome = feed(endpoint, masked(close_frame(4001, "bye")));
    EXPECT_THAT(frames_in(outcome.output), ElementsAre(close_frame(4001)));
    EXPECT_TRUE(outcome.transport_closes);
    endpoint.receive_end();
    EXPECT_EQ(endpoint.state(), State::closed);
    auto const events = endpoint.take_events();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(describe(events.front()), "closed cleanly");
}

TEST(Endpoint, AnswersAnEmptyCloseWithAnEmptyOne) {
    auto endpoint = server();
    EXPECT_THAT(frames_in(feed(endpoint, masked(close_frame(std::nullopt))).output),
                ElementsAre(close_frame(std::nullopt)));
}

TEST(Endpoint, DiscardsWhatComesBehindAClose) {
    auto endpoint = server();
    auto const bytes = joined({masked(close_frame(1000)), masked(text("late")), masked(ping("")),
                               masked(close_frame(1001)), hex("ffff")});
    auto const outcome = feed(endpoint, bytes);
    EXPECT_THAT(frames_in(outcome.output), ElementsAre(close_frame(1000)));
    EXPECT_THAT(outcome.events, ElementsAre("close 1000 "));
}

TEST(Endpoint, EchoesMessagesThatCameBeforeAClose) {
    auto endpoint = server();
    auto const bytes = joined({masked(text("a")), masked(text("b")), masked(close_frame(1000))});
    EXPECT_THAT(frames_in(feed(endpoint, bytes).output),
                ElementsAre(text("a"), text("b"), close_frame(1000)));
}

TEST(Endpoint, SendsNothingAfterFailing) {
    auto endpoint = server();
    auto const outcome =
        feed(endpoint,
             joined({hex("8100"), masked(text("a")), masked(ping("")), masked(close_frame(1000))}));
    EXPECT_EQ(close_code_in(outcome.output), 1002U);
    EXPECT_EQ(frames_in(outcome.output).size(), 1U);
    EXPECT_TRUE(outcome.transport_closes);
    endpoint.send({MessageKind::text, {}});
    endpoint.ping({});
    endpoint.close(1000);
    endpoint.receive(masked(ping("")));
    EXPECT_FALSE(endpoint.has_output());
}

TEST(Endpoint, ClosesWhenTheTransportEndsWithoutAClose) {
    auto endpoint = server();
    feed(endpoint, masked(first(text("part"))));
    endpoint.receive_end();
    EXPECT_FALSE(endpoint.has_output());
    EXPECT_TRUE(endpoint.transport_should_close());
    auto const events = endpoint.take_events();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(describe(events.front()), "closed");
}

TEST(Endpoint, StartsTheClosingHandshakeOnce) {
    auto endpoint = server();
    endpoint.close(1001, "going away");
    endpoint.close(1000);
    endpoint.send({MessageKind::text, {}});
    EXPECT_THAT(frames_in(endpoint.take_output()), ElementsAre(close_frame(1001, "going away")));
    EXPECT_FALSE(endpoint.transport_should_close());
    auto const outcome = feed(endpoint, masked(close_frame(1001)));
    EXPECT_THAT(outcome.output, IsEmpty());
    EXPECT_TRUE(outcome.transport_closes);
}

TEST(Endpoint, StillReadsMessagesBetweenItsCloseAndThePeers) {
    auto endpoint = server();
    endpoint.close(1000);
    endpoint.take_output();
    auto const outcome = feed(endpoint, masked(text("late but legal")));
    EXPECT_EQ(outcome.events.size(), 1U);
    EXPECT_THAT(outcome.output, IsEmpty());
}

TEST(Endpoint, AsAClientWaitsForTheServerToCloseTheTransport) {
    auto endpoint = opened(wire::Role::client);
    auto const outcome = feed(endpoint, unmasked(close_frame(1000)));
    EXPECT_EQ(close_code_in(outcome.output), 1000U);
    EXPECT_FALSE(outcome.transport_closes);
    endpoint.receive_end();
    EXPECT_TRUE(endpoint.transport_should_close());
}

TEST(Endpoint, AsAClientClosesTheTransportAfterFailing) {
    auto endpoint = opened(wire::Role::client);
    auto const outcome = feed(endpoint, masked(text("x")));
    EXPECT_EQ(close_code_in(outcome.output), 1002U);
    EXPECT_TRUE(outcome.transport_closes);
}

TEST(Endpoint, MasksEveryFrameAsAClientWithChangingKeys) {
    auto endpoint = opened(wire::Role::client);
    endpoint.send({MessageKind::binary, wire::Bytes(4)});
    endpoint.send({MessageKind::binary, wire::Bytes(4)});
    auto const output = endpoint.take_output();
    ASSERT_EQ(output.size(), 20U);
    EXPECT_EQ(output[1], std::byte{0x84});
    EXPECT_NE(wire::to_hex(wire::ByteView{output}.first(10)),
              wire::to_hex(wire::ByteView{output}.subspan(10)));
}

TEST(Endpoint, DerivesKeysFromTheSeed) {
    auto const request_of = [](std::uint64_t seed) {
        return wire::to_text(Endpoint{wire::Role::client, {.seed = seed}}.take_output());
    };
    EXPECT_EQ(request_of(1), request_of(1));
    EXPECT_NE(request_of(1), request_of(2));
}

TEST(Endpoint, ReadsFramesBehindTheHeadInTheSameRead) {
    Endpoint endpoint{wire::Role::server};
    auto const outcome = feed(endpoint, joined({wire::to_bytes(request()), masked(text("hi"))}));
    EXPECT_THAT(outcome.events, ElementsAre("opened - false", "text 6869"));
}

}  // namespace
}  // namespace wsproof::reference
