// A server that stops: both sweeps, without a clock.
#include <gtest/gtest.h>

#include "tests/reference/kit.hpp"

namespace wsproof::reference {
namespace {

using namespace kit;

TEST(GoingAway, SaysSoAndWaitsForTheAnswer) {
    auto endpoint = server();
    endpoint.go_away();
    EXPECT_EQ(frames_in(endpoint.take_output()), std::vector{close_frame(1001)});
    EXPECT_EQ(endpoint.state(), State::closing);
    EXPECT_FALSE(endpoint.transport_should_close());
    auto const outcome = feed(endpoint, masked(close_frame(1001)));
    EXPECT_TRUE(outcome.output.empty());
    EXPECT_TRUE(outcome.transport_closes);
}

TEST(GoingAway, WritesWhatWasToBeWrittenFirst) {
    auto endpoint = server();
    endpoint.send({MessageKind::text, wire::to_bytes("Hello")});
    endpoint.go_away();
    endpoint.send({MessageKind::text, wire::to_bytes("too late")});
    EXPECT_EQ(frames_in(endpoint.take_output()), (std::vector{text("Hello"), close_frame(1001)}));
}

TEST(GoingAway, DoesNotSayItTwice) {
    auto endpoint = server();
    endpoint.go_away();
    endpoint.go_away();
    EXPECT_EQ(frames_in(endpoint.take_output()), std::vector{close_frame(1001)});
}

TEST(GoingAway, LetsGoOfWhoHasNotOpened) {
    Endpoint endpoint{wire::Role::server};
    endpoint.receive(wire::as_bytes(request().substr(0, 20)));
    endpoint.go_away();
    EXPECT_TRUE(endpoint.take_output().empty());
    EXPECT_TRUE(endpoint.transport_should_close());
}

TEST(GoingAway, EndsWhoeverIsLeftWhateverIsUnwritten) {
    auto endpoint = server();
    endpoint.go_away();
    endpoint.terminate();
    EXPECT_EQ(endpoint.state(), State::closed);
    EXPECT_FALSE(endpoint.has_output());
    EXPECT_TRUE(endpoint.transport_should_close());
    EXPECT_TRUE(feed(endpoint, masked(text("Hello"))).events.empty());
}

TEST(GoingAway, WithAFaultItWaitsForEver) {
    auto endpoint = server({}, {Fault::waits_for_silent_peers_at_shutdown});
    endpoint.go_away();
    endpoint.terminate();
    EXPECT_FALSE(endpoint.transport_should_close());
}

}  // namespace
}  // namespace wsproof::reference
