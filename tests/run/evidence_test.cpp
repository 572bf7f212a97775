#include "harness/run/evidence.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/play/authentication.hpp"
#include "tests/run/kit.hpp"

namespace wsproof::run {
namespace {

using ::testing::HasSubstr;

script::Variant needing(std::string need) {
    script::Variant variant{.id = "auth/x"};
    variant.needs = {std::move(need)};
    return variant;
}

std::string obstacle(script::Variant const& variant, play::Setting const& setting) {
    auto const result = ruled_out(variant, test::honest_profile(), setting);
    return result ? result->reason : std::string{};
}

play::Setting by(play::AuthScheme scheme, std::string const& token) {
    play::Setting setting;
    play::authenticate(setting, {.schemes = {scheme}, .token = token});
    return setting;
}

TEST(RuledOut, NamesTheOptionThatIsMissing) {
    EXPECT_THAT(obstacle(needing("auth-cookie"), {}), HasSubstr("--auth-scheme cookie"));
    EXPECT_THAT(obstacle(needing("auth-timeout"), {}), HasSubstr("--auth-timeout"));
    EXPECT_THAT(obstacle(needing("auth-ticket"), {}), HasSubstr("--ticket-command"));
    EXPECT_THAT(obstacle(needing("canary"), {}), HasSubstr("--canary-send"));
    EXPECT_THAT(obstacle(needing("login-url"), {}), HasSubstr("--login-url"));
}

TEST(RuledOut, LetsWhatIsDeclaredBePlayed) {
    auto const setting = by(play::AuthScheme::cookie, "good");
    EXPECT_EQ(obstacle(needing("auth-cookie"), setting), "");
    EXPECT_NE(obstacle(needing("auth-query"), setting), "");
    EXPECT_NE(obstacle(needing("auth-ticket"), setting), "");
    EXPECT_EQ(obstacle(needing("auth-ticket"), by(play::AuthScheme::query, "{ticket}")), "");
    play::Setting with_canary;
    with_canary.canary_send = "who am I";
    EXPECT_EQ(obstacle(needing("canary"), with_canary), "");
}

/// A request with this field, or one that is written byte by byte, and the wish to be accepted.
script::Variant asking(script::Output output) {
    script::Variant variant{.id = "opening/x"};
    variant.steps.push_back({.action = script::Send{.outputs = {std::move(output)}}});
    variant.steps.push_back({.action = script::Expect{.any_of = {{script::Word::accepted}}}});
    return variant;
}

TEST(RuledOut, DoesNotAskForA101WithoutTheToken) {
    auto const setting = by(play::AuthScheme::cookie, "good");
    auto const cookie = asking(script::RequestOutput{.headers = {{"cookie", {"a=1"}}}});
    auto const other = asking(script::RequestOutput{.headers = {{"X-Other", {"a=1"}}}});
    auto const bytes = asking(
        script::BytesOutput{script::Payload{script::Literal{"GET / HTTP/1.1\r\nHost: a\r\n\r\n"}}});
    EXPECT_THAT(obstacle(cookie, setting), HasSubstr("without the token"));
    EXPECT_THAT(obstacle(bytes, setting), HasSubstr("without the token"));
    EXPECT_EQ(obstacle(other, setting), "");
    EXPECT_EQ(obstacle(cookie, {}), "");
    EXPECT_EQ(obstacle(bytes, by(play::AuthScheme::first_message, "good")), "");
}

TEST(RuledOut, KeepsTokensOffTheClearOfASecurePort) {
    script::Variant variant{.id = "opening/x"};
    variant.in_the_clear = true;
    auto setting = by(play::AuthScheme::header, "good");
    EXPECT_EQ(obstacle(variant, setting), "") << "the target does not speak TLS anyway";
    setting.in_the_clear = [] { return nullptr; };
    EXPECT_THAT(obstacle(variant, setting), HasSubstr("in the clear"));
}

}  // namespace
}  // namespace wsproof::run
