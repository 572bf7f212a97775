// What a server takes for proof of identity, seen from the difference that it makes.
#include "harness/run/exposure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/run/kit.hpp"

namespace wsproof::run {
namespace {

using ::testing::HasSubstr;

/// What such a server asks of a request, and where it looks.
struct Guard {
    std::string field = "Cookie: session=1";  ///< empty: nothing is asked for
    bool late = false;                        ///< refuses by Close 1008, after the 101
    bool for_messages = false;                ///< lets everybody in, and answers nobody unknown
    std::string extra = {};                   ///< a field of the 101
};

/// The honest reference behind a guard.
class GuardedPeer : public play::Peer {
public:
    explicit GuardedPeer(Guard const& guard)
        : guard_(guard),
          honest_(play::to_reference(
              wire::Role::server,
              {.extra_fields = guard.extra.empty() ? std::vector<wire::HeaderField>{}
                                                   : std::vector<wire::HeaderField>{
                                                         {"Set-Cookie", guard.extra}}})()) {}

    void send(std::span<std::byte const> bytes) override {
        bool const is_head = !knows_;
        if (is_head) knows_ = wire::as_text(bytes).find(guard_.field) != std::string_view::npos;
        bool const mute = guard_.for_messages && !is_head && !*knows_;
        if (!mute) honest_->send(bytes);
    }

    play::Received receive(play::Deadline deadline) override {
        if (guard_.for_messages || *knows_) return honest_->receive(deadline);
        if (guard_.late && !told_) {
            told_ = true;
            auto received = honest_->receive(deadline);
            wire::append(received.data, wire::to_bytes("\x88\x02\x03\xf0"));
            return received;
        }
        if (std::exchange(told_, true)) return {.kind = play::Received::Kind::eof};
        return {.kind = play::Received::Kind::bytes,
                .data = wire::to_bytes("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")};
    }

    void half_close() override { honest_->half_close(); }
    void reset() override { honest_->reset(); }
    play::Clock::time_point now() const override { return honest_->now(); }
    void sleep(std::chrono::milliseconds pause) override { honest_->sleep(pause); }

private:
    Guard guard_;
    std::unique_ptr<play::Peer> honest_;
    std::optional<bool> knows_ = std::nullopt;
    bool told_ = false;
};

play::Connect guarded(Guard const& guard) {
    return [guard] { return std::make_unique<GuardedPeer>(guard); };
}

play::Setting with(std::string name, std::string value) {
    play::Setting setting;
    setting.words["hostname"] = "app.example";
    setting.headers = {{std::move(name), std::move(value)}};
    return setting;
}

TEST(Exposure, ACookieThatIsAskedForIsProven) {
    for (auto const late : {false, true}) {
        auto const exposure = expose(with("Cookie", "session=1"), guarded({.late = late}), {});
        EXPECT_EQ(exposure.credentials, Credentials::cookie);
        EXPECT_TRUE(exposure.proven);
        EXPECT_FALSE(exposure.on_loopback);
    }
    EXPECT_THAT(expose(with("Cookie", "session=1"), guarded({}), {}).words, HasSubstr("401"));
}

TEST(Exposure, ACookieThatMakesNoDifferenceIsNone) {
    auto const exposure = expose(with("Cookie", "theme=dark"), guarded({.field = ""}), {});
    EXPECT_EQ(exposure.credentials, Credentials::none);
    EXPECT_THAT(exposure.words, HasSubstr("makes no difference"));
    EXPECT_THAT(exposure.words, HasSubstr("--canary-send"));
}

TEST(Exposure, AServerThatIsOutOfReachProvesNothing) {
    auto asked = std::make_shared<int>(0);
    auto const exposure = expose(with("Cookie", "session=1"),
                                 [asked, connect = guarded({})]() -> std::unique_ptr<play::Peer> {
                                     if (++*asked > 1) throw play::Unreachable("refused");
                                     return connect();
                                 },
                                 {});
    EXPECT_EQ(exposure.credentials, Credentials::none);
    EXPECT_FALSE(exposure.proven);
    EXPECT_THAT(exposure.words, HasSubstr("could not be reached"));
}

TEST(Exposure, ACanaryLooksBehindTheHandshake) {
    auto const target = guarded({.for_messages = true});
    auto const setting = with("Cookie", "session=1");
    EXPECT_EQ(expose(setting, target, {}).credentials, Credentials::none);
    Claims claims;
    claims.canary = {.send = "whoami", .expect = "whoami"};
    auto const exposure = expose(setting, target, claims);
    EXPECT_EQ(exposure.credentials, Credentials::cookie);
    EXPECT_TRUE(exposure.proven);
}

TEST(Exposure, AuthorizationIsSentUnaskedUnlessItIsABearerToken) {
    auto const basic =
        expose(with("Authorization", "Basic dTpw"), guarded({.field = "Basic dTpw"}), {});
    EXPECT_EQ(basic.credentials, Credentials::http_authentication);
    EXPECT_TRUE(basic.proven);
    auto const bearer = expose(with("Authorization", "Bearer x"), guarded({.field = ""}), {});
    EXPECT_EQ(bearer.credentials, Credentials::token);
}

TEST(Exposure, ACookieThatIsSetIsSuspected) {
    auto const exposure = expose({}, guarded({.field = "", .extra = "sid=1"}), {});
    EXPECT_EQ(exposure.credentials, Credentials::cookie);
    EXPECT_FALSE(exposure.proven);
}

TEST(Exposure, WithoutCredentialsThereAreNone) {
    auto const exposure = expose({}, guarded({.field = ""}), {});
    EXPECT_EQ(exposure.credentials, Credentials::none);
    EXPECT_FALSE(exposure.proven);
}

TEST(Exposure, TheOwnersWordCounts) {
    Claims claims;
    claims.credentials = Credentials::token;
    EXPECT_EQ(expose({}, guarded({.field = ""}), claims).credentials, Credentials::token);
    Claims local;
    local.local = true;
    play::Setting setting;
    setting.words["hostname"] = "127.0.0.1";
    auto const exposure = expose(setting, guarded({.field = ""}), local);
    EXPECT_EQ(exposure.credentials, Credentials::network);
    EXPECT_TRUE(exposure.on_loopback);
}

TEST(Exposure, ASecondLookSeesWhatIsLetInAndAnswered) {
    Canary const canary{.send = "whoami", .expect = "whoami"};
    auto const seen =
        look_again(with("Cookie", "session=1"), guarded({}), "https://evil.example", canary);
    EXPECT_TRUE(seen.let_in);
    EXPECT_TRUE(seen.answered);
    auto const refused = look_again({}, guarded({}), "https://evil.example", canary);
    EXPECT_FALSE(refused.let_in);
    EXPECT_FALSE(refused.answered);
}

}  // namespace
}  // namespace wsproof::run
