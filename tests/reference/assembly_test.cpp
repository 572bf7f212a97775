#include "reference_impl/protocol/assembly.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/reference/kit.hpp"

namespace wsproof::reference {
namespace {

using namespace kit;
using ::testing::ElementsAre;

/// Payload data of a text whose frame or message never ends; true if that was enough to fail.
bool fails_before_the_end(std::string_view payload) {
    auto frame = masked(first(text(std::string{payload} + "....")));
    frame.resize(frame.size() - 4);
    auto endpoint = server();
    return close_code_in(feed(endpoint, frame).output) == 1007;
}

TEST(Assembly, FailsAtTheFirstImpossibleByteOfAText) {
    for (auto const* impossible :
         {"\x80", "\xC0", "\xFF", "\xF5", "a\xC3\x28", "\xE0\x80", "\xED\xA0", "\xF0\x8F",
          "\xF4\x90", "\xCE\xBA\xE1\xBD\xB9\xCF\x83\xCE\xBC\xCE\xB5\xED\xA0"})
        EXPECT_TRUE(fails_before_the_end(impossible)) << impossible;
    for (auto const* possible : {"", "a", "\xC3", "\xE2\x82", "\xF4\x8F\xBF", "\xED\x9F\xBF"})
        EXPECT_FALSE(fails_before_the_end(possible)) << possible;
}

TEST(Assembly, LetsCharactersGoOnInTheNextFragment) {
    auto endpoint = server();
    auto const bytes = joined({masked(first(text("\xE2"))), masked(ping("")),
                               masked(first(continuation("\x82"))), masked(continuation("\xAC"))});
    EXPECT_THAT(feed(endpoint, bytes).events, ElementsAre("pinged ", "text e282ac"));
}

TEST(Assembly, KeepsNoPartOfACharacterForTheNextMessage) {
    auto endpoint = server();
    auto const outcome = feed(endpoint, joined({masked(text("a\xC3")), masked(text("\xA4"))}));
    EXPECT_EQ(close_code_in(outcome.output), 1007U);
}

TEST(Assembly, TakesAnyBytesAsBinary) {
    auto endpoint = server();
    EXPECT_THAT(feed(endpoint, masked(binary("\xFF\xC0\x80"))).events,
                ElementsAre("binary ffc080"));
}

TEST(Assembly, JoinsFragmentsOfEverySize) {
    auto endpoint = server();
    auto const bytes =
        joined({masked(first(text(""))), masked(first(continuation("Hel"))),
                masked(first(continuation(""))), masked(first(continuation("lo"))),
                masked(continuation("")), masked(first(binary(""))), masked(continuation(""))});
    EXPECT_THAT(feed(endpoint, bytes).events, ElementsAre("text 48656c6c6f", "binary "));
}

TEST(Assembly, DeliversEveryLengthAroundTheLimitsOfItsForms) {
    for (std::size_t const size : {0U, 1U, 125U, 126U, 127U, 65535U, 65536U, 65537U, 200000U}) {
        std::string payload(size, '\0');
        for (std::size_t i = 0; i < size; ++i) payload[i] = static_cast<char>(i * 7);
        for (std::size_t const piece : {0U, 1000U, 65536U}) {
            auto endpoint = server();
            EXPECT_THAT(frames_in(feed(endpoint, masked(binary(payload)), piece).output),
                        ElementsAre(binary(payload)))
                << size;
        }
    }
}

TEST(Assembly, BoundsMessagesNotConnections) {
    auto endpoint = server({.max_message_size = 10});
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(feed(endpoint, masked(binary("0123456789"))).events.size(), 1U);
    EXPECT_EQ(endpoint.state(), State::open);
}

}  // namespace
}  // namespace wsproof::reference
