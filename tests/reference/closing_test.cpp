#include "reference_impl/protocol/closing.hpp"

#include <gtest/gtest.h>

#include "reference_impl/wire/utf8.hpp"
#include "tests/reference/kit.hpp"

namespace wsproof::reference {
namespace {

using namespace kit;

/// The code that a Close with this one is answered with; 1002 stands for failing.
unsigned answer_to(unsigned code) {
    auto endpoint = server();
    auto const outcome = feed(endpoint, masked(close_frame(code)));
    EXPECT_TRUE(outcome.transport_closes);
    return close_code_in(outcome.output);
}

TEST(Closing, EchoesEveryCodeThatMayBeSentAndFailsOnTheOthers) {
    for (unsigned code = 0; code <= 5100; ++code) {
        bool const may_be_sent = (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
                                 (code >= 3000 && code <= 4999);
        EXPECT_EQ(answer_to(code), may_be_sent ? code : 1002U) << code;
    }
    EXPECT_EQ(answer_to(59395), 1002U);
    EXPECT_EQ(answer_to(65535), 1002U);
}

TEST(Closing, ReportsTheReason) {
    auto endpoint = server();
    auto const reason =
        "b\xC3\xBC"
        "cher " +
        std::string{'\0'} + "!";
    EXPECT_EQ(feed(endpoint, masked(close_frame(1000, reason))).events.front(),
              "close 1000 " + reason);
}

TEST(Closing, CutsItsOwnReasonBetweenCharacters) {
    std::string reason;
    while (reason.size() < 200) reason += "\xE2\x82\xAC";
    auto const payload = write_close(1000, reason);
    EXPECT_LE(payload.size(), 125U);
    EXPECT_GT(payload.size(), 122U);
    EXPECT_TRUE(wire::is_valid_utf8(wire::ByteView{payload}.subspan(2)));
}

TEST(Closing, HappensInTheMiddleOfAMessage) {
    auto endpoint = server();
    auto const bytes = joined({masked(first(text("\xE2\x82"))), masked(close_frame(1000))});
    auto const outcome = feed(endpoint, bytes);
    EXPECT_EQ(close_code_in(outcome.output), 1000U);
    EXPECT_EQ(outcome.events.size(), 1U);
}

TEST(Closing, FromBothSidesAtOnceNeedsOneCloseEach) {
    auto endpoint = server();
    endpoint.close(1001);
    auto const outcome = feed(endpoint, masked(close_frame(1000)));
    EXPECT_EQ(frames_in(outcome.output).size(), 1U);
    EXPECT_TRUE(outcome.transport_closes);
}

TEST(Closing, IsStillAnsweredWhenTheTransportEndsWithIt) {
    auto endpoint = server();
    endpoint.receive(joined({masked(text("a")), masked(close_frame(1000))}));
    endpoint.receive_end();
    EXPECT_EQ(close_code_in(endpoint.take_output()), 1000U);
    EXPECT_TRUE(endpoint.transport_should_close());
}

}  // namespace
}  // namespace wsproof::reference
