#include "harness/play/authentication.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/play/cookie_check.hpp"
#include "harness/play/tickets.hpp"
#include "tests/play/kit.hpp"

namespace wsproof::play {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

Setting with(AuthScheme scheme, Setting setting = {}) {
    authenticate(setting, {.schemes = {scheme},
                           .token = "eyJhbGciOiJIUzI1NiJ9.eyJzIjoxfQ.signature",
                           .parameter = "access",
                           .cookie = "sid",
                           .message = R"({"auth":"{token}"})"});
    return setting;
}

TEST(Authentication, PutsTheTokenIntoTheQueryInPlaceOfTheOneThere) {
    Setting setting;
    setting.resource_name = "/chat?access=old&room=1";
    setting = with(AuthScheme::query, setting);
    EXPECT_EQ(setting.resource_name,
              "/chat?room=1&access=eyJhbGciOiJIUzI1NiJ9.eyJzIjoxfQ.signature");
    EXPECT_EQ(setting.words.at("auth_query_missing"), "/chat?room=1");
    EXPECT_EQ(setting.words.at("auth_query_before"), "/chat?room=1&access=");
    EXPECT_EQ(setting.words.at("auth_query_elsewhere"), "/chat/?room=1&access=");
}

TEST(Authentication, KeepsTheOtherCookies) {
    Setting setting;
    setting.headers = {{"Cookie", "theme=dark; sid=old"}};
    setting = with(AuthScheme::cookie, setting);
    EXPECT_EQ(setting.headers.at(0).value,
              "theme=dark; sid=eyJhbGciOiJIUzI1NiJ9.eyJzIjoxfQ.signature");
    EXPECT_EQ(setting.words.at("auth_cookie_before"), "theme=dark; sid=");
    EXPECT_EQ(setting.session_cookie, "sid");
}

TEST(Authentication, KeepsTheSchemeOfAuthorization) {
    Setting setting;
    setting.headers = {{"authorization", "Basic dTpw"}};
    setting = with(AuthScheme::header, setting);
    EXPECT_EQ(setting.headers.size(), 1U);
    EXPECT_EQ(setting.words.at("auth_header_before"), "Basic ");
    EXPECT_EQ(with(AuthScheme::header).headers.at(0).value,
              "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzIjoxfQ.signature");
}

TEST(Authentication, SendsTheFirstMessageBeforeTheOthers) {
    Setting setting;
    setting.opening_messages = {"join"};
    setting = with(AuthScheme::first_message, setting);
    EXPECT_THAT(setting.opening_messages,
                ElementsAre(R"({"auth":"eyJhbGciOiJIUzI1NiJ9.eyJzIjoxfQ.signature"})", "join"));
}

TEST(Authentication, OffersTheTokenBehindTheSubprotocols) {
    Setting setting;
    setting.subprotocols = {"chat"};
    setting = with(AuthScheme::subprotocol, setting);
    EXPECT_EQ(setting.words.at("auth_offer"), "chat, eyJhbGciOiJIUzI1NiJ9.eyJzIjoxfQ.signature");
    EXPECT_THAT(setting.subprotocols, ElementsAre("chat"));
}

TEST(Authentication, MakesWrongTokensOfAGoodOne) {
    auto const words = with(AuthScheme::header).words;
    EXPECT_EQ(words.at("auth_token_truncated"), "eyJhbGciOiJIUzI1NiJ9.eyJzIjoxfQ.signatur");
    EXPECT_EQ(words.at("auth_token_changed"), "eyJhbGciOiJIUzI1NiJ9.eyJzIjoxfQ.signaAure");
    EXPECT_EQ(words.at("auth_token_unsigned"), "eyJhbGciOiJub25lIn0.eyJzIjoxfQ.");
    EXPECT_FALSE(words.contains("auth_token_expired")) << "there is none at hand";
}

TEST(Authentication, KeepsEverythingSecretThatIsMadeOfTheToken) {
    auto const secrets = with(AuthScheme::header).secrets;
    EXPECT_THAT(secrets, Contains("eyJhbGciOiJIUzI1NiJ9.eyJzIjoxfQ.signature"));
    EXPECT_THAT(secrets, Contains("eyJhbGciOiJIUzI1NiJ9.eyJzIjoxfQ.signatur"));
    EXPECT_THAT(secrets, Contains("eyJhbGciOiJub25lIn0.eyJzIjoxfQ."));
}

TEST(CookieCheck, AsksForEveryCookieOfTheName) {
    std::vector<std::string> const fields{"sid=1; Secure; Path=/", "theme=dark"};
    EXPECT_TRUE(every_cookie(fields, "sid", "Secure"));
    EXPECT_FALSE(every_cookie(fields, "", "Secure"));
    EXPECT_FALSE(every_cookie(fields, "sid", "HttpOnly"));
    EXPECT_FALSE(every_cookie(fields, "other", "name")) << "there is none";
    EXPECT_TRUE(every_cookie(fields, "__Host-sid", "name")) << "the prefix may be what is missing";
}

TEST(CookieCheck, PassesOverCookiesThatAreTakenAway) {
    EXPECT_TRUE(every_cookie({"sid=; Max-Age=0", "sid=1; Secure"}, "sid", "Secure"));
    EXPECT_FALSE(every_cookie({"sid=; Max-Age=-1"}, "sid", "name"));
}

TEST(CookieCheck, KnowsWhatAttributesMean) {
    EXPECT_TRUE(every_cookie({"a=1; samesite=strict"}, "", "SameSite"));
    EXPECT_FALSE(every_cookie({"a=1; SameSite=None"}, "", "SameSite"));
    EXPECT_TRUE(every_cookie({"__Host-a=1; Secure; Path=/"}, "", "kept-prefix"));
    EXPECT_FALSE(every_cookie({"__Host-a=1; Secure; Path=/x"}, "", "kept-prefix"));
    EXPECT_FALSE(every_cookie({"__Host-a=1; Secure; Path=/; Domain=x"}, "", "kept-prefix"));
    EXPECT_FALSE(every_cookie({"__Secure-a=1"}, "", "kept-prefix"));
    EXPECT_TRUE(every_cookie({"a=1"}, "", "kept-prefix")) << "it promises nothing";
    EXPECT_FALSE(every_cookie({"a=1"}, "", "prefix"));
    EXPECT_FALSE(every_cookie({"a=1; Domain=good.example"}, "", "host-only"));
}

/// A connection with tickets, and what arrived at its other end.
struct Ticketed {
    kit::FakePeer* other = nullptr;
    std::unique_ptr<Peer> peer = nullptr;
};

Ticketed ticketed(std::shared_ptr<Tickets> const& tickets) {
    Ticketed made;
    made.peer = with_tickets(
        [&]() -> std::unique_ptr<Peer> {
            auto fake = std::make_unique<kit::FakePeer>();
            made.other = fake.get();
            return fake;
        },
        tickets)();
    return made;
}

std::shared_ptr<Tickets> numbered() {
    return std::make_shared<Tickets>(
        [number = 0]() mutable { return "ticket" + std::to_string(++number); });
}

TEST(Tickets, AreFreshForEachConnectionAndTheSameUnderALabel) {
    auto const tickets = numbered();
    auto const first = ticketed(tickets);
    auto const second = ticketed(tickets);
    first.peer->send(wire::as_bytes("GET /?t={ticket} HTTP/1.1\r\nA: {ticket-a}\r\n\r\n"));
    second.peer->send(wire::as_bytes("GET /?t={ticket} HTTP/1.1\r\nA: {ticket-a}\r\n\r\n"));
    EXPECT_EQ(first.other->got, "GET /?t=ticket1 HTTP/1.1\r\nA: ticket2\r\n\r\n");
    EXPECT_EQ(second.other->got, "GET /?t=ticket3 HTTP/1.1\r\nA: ticket2\r\n\r\n");
}

TEST(Tickets, StandInHeadsThatComeByteByByteAndNowhereElse) {
    auto const one = ticketed(numbered());
    for (char const c : std::string{"GET /{x}?t={ticket} HTTP/1.1\r\n\r\n{ticket}"})
        one.peer->send(wire::as_bytes(std::string_view{&c, 1}));
    EXPECT_EQ(one.other->got, "GET /{x}?t=ticket1 HTTP/1.1\r\n\r\n{ticket}");
}

TEST(Tickets, LoseNothingThatOnlyBeginsLikeAMark) {
    auto const one = ticketed(numbered());
    one.peer->send(wire::as_bytes("GET /?t={tick"));
    static_cast<void>(one.peer->receive(one.peer->now()));
    EXPECT_EQ(one.other->got, "GET /?t={tick");
}

TEST(Tickets, AreHiddenWhereThePeerRepeatsThem) {
    auto const one = ticketed(numbered());
    one.peer->send(wire::as_bytes("GET /?t={ticket} HTTP/1.1\r\n\r\n"));
    one.other->say("no ticket1 here");
    EXPECT_EQ(wire::to_text(one.peer->receive(one.peer->now()).data), "no ******* here");
}

TEST(Repeats, LooksIntoHeadsContentMessagesAndReasons) {
    constexpr std::string_view steps = R"([ { "send": { "request": {} } },
        { "expect": [ { "repeats": "secret", "grade": "fail" }, { "response": {} }, "accepted" ] },
        { "expect": [ { "repeats": "secret", "grade": "fail" }, "closed", "silence" ] } ])";
    auto const verdict = [&](std::string const& response) {
        auto const end = [](kit::FakePeer& peer) { peer.end(); };
        return kit::run(steps, kit::answering(response, end), {},
                        "6455/4.2.1/valid-handshake-accepted")
            .verdict;
    };
    EXPECT_EQ(verdict("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno"), Verdict::pass);
    EXPECT_EQ(verdict("HTTP/1.1 403 No\r\nX: a secret\r\nContent-Length: 0\r\n\r\n"),
              Verdict::fail);
    EXPECT_EQ(verdict("HTTP/1.1 403 No\r\nContent-Length: 8\r\n\r\na secret"), Verdict::fail);
}

}  // namespace
}  // namespace wsproof::play
