// Whom the reference lets in by a token, and what its mutants let in besides.
#include <gtest/gtest.h>

#include "tests/reference/kit.hpp"

namespace wsproof::reference {
namespace {

using namespace kit;
using namespace std::chrono_literals;
using Scheme = Authentication::Scheme;

Options by(Scheme scheme) {
    Options options;
    options.authentication = {.scheme = scheme,
                              .token = "good",
                              .expired_token = "old",
                              .name = scheme == Scheme::cookie ? "__Host-sid" : "token",
                              .message = "auth {token}",
                              .patience = 3s};
    return options;
}

unsigned status_of(std::string const& asked, Options const& options, Faults const& faults = {}) {
    Endpoint endpoint{wire::Role::server, options, faults};
    auto const output = wire::to_text(feed(endpoint, wire::as_bytes(asked)).output);
    auto const line = wire::parse_status_line(output.substr(0, output.find('\r')));
    return line ? line->status : 0;
}

std::string with_field(std::string const& name, std::string const& value) {
    return request({{name, value}});
}

TEST(Authentication, OfAHeaderIsARightBearerToken) {
    auto const options = by(Scheme::header);
    EXPECT_EQ(status_of(with_field("Authorization", "Bearer good"), options), 101U);
    EXPECT_EQ(status_of(with_field("Authorization", "bearer  good"), options), 101U);
    EXPECT_EQ(status_of(request(), options), 401U);
    EXPECT_EQ(status_of(with_field("Authorization", "Bearer goo"), options), 401U);
    EXPECT_EQ(status_of(with_field("Authorization", "Basic good"), options), 401U);
}

TEST(Authentication, OfAQueryIsOneParameter) {
    auto const options = by(Scheme::query);
    auto const asked = [](std::string const& target) {
        return request({}, "GET " + target + " HTTP/1.1");
    };
    EXPECT_EQ(status_of(asked("/?a=1&token=good"), options), 101U);
    EXPECT_EQ(status_of(asked("/"), options), 403U);
    EXPECT_EQ(status_of(asked("/?token="), options), 403U);
    EXPECT_EQ(status_of(asked("/?token=good&token=bad"), options), 403U);
    EXPECT_EQ(
        status_of(asked("/?token=good&token=bad"), options, {Fault::takes_first_of_two_tokens}),
        101U);
    EXPECT_EQ(status_of(asked("/?token=old"), options, {Fault::takes_expired_tokens}), 101U);
}

TEST(Authentication, OfACookieAndOfASubprotocol) {
    EXPECT_EQ(status_of(with_field("Cookie", "a=1; __Host-sid=good"), by(Scheme::cookie)), 101U);
    EXPECT_EQ(status_of(with_field("Cookie", "sid=good"), by(Scheme::cookie)), 403U);
    auto options = by(Scheme::subprotocol);
    options.subprotocols = {"chat"};
    EXPECT_EQ(status_of(with_field("Sec-WebSocket-Protocol", "chat, good"), options), 101U);
    EXPECT_EQ(status_of(with_field("Sec-WebSocket-Protocol", "chat"), options), 403U);
}

TEST(Authentication, OfTicketsIsGoodForOneConnection) {
    auto options = by(Scheme::header);
    options.authentication.tickets = std::make_shared<TicketBook>();
    auto const asked =
        with_field("Authorization", "Bearer " + options.authentication.tickets->issue());
    EXPECT_EQ(status_of(asked, options), 101U);
    EXPECT_EQ(status_of(asked, options), 401U);
}

TEST(Authentication, ByTheFirstMessageComesBeforeEverything) {
    auto endpoint = server(by(Scheme::first_message));
    auto const outcome = feed(endpoint, joined({masked(text("auth good")), masked(text("Hello"))}));
    EXPECT_EQ(frames_in(outcome.output), std::vector<Frame>{text("Hello")});
    auto stranger = server(by(Scheme::first_message));
    EXPECT_EQ(close_code_in(feed(stranger, masked(text("Hello"))).output), 1008U);
}

TEST(Authentication, ByTheFirstMessageHasATimeThatNothingExtends) {
    auto endpoint = server(by(Scheme::first_message));
    EXPECT_EQ(endpoint.next_deadline(), 3000ms);
    endpoint.time_passed(2s);
    feed(endpoint, masked(ping("a")));
    EXPECT_EQ(endpoint.next_deadline(), 1000ms);
    endpoint.time_passed(1s);
    EXPECT_EQ(close_code_in(endpoint.take_output()), 1008U);
    EXPECT_FALSE(endpoint.next_deadline());
}

TEST(Authentication, EndsTheTimeWithTheFirstMessage) {
    auto endpoint = server(by(Scheme::first_message));
    feed(endpoint, masked(text("auth good")));
    EXPECT_FALSE(endpoint.next_deadline());
    endpoint.time_passed(1h);
    EXPECT_EQ(endpoint.state(), State::open);
}

TEST(Authentication, HasALoginPageThatSetsTheCookie) {
    auto options = by(Scheme::cookie);
    options.authentication.login_resource = "/login";
    Endpoint endpoint{wire::Role::server, options};
    auto const outcome =
        feed(endpoint, wire::as_bytes("GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    auto const text = wire::to_text(outcome.output);
    EXPECT_NE(text.find("HTTP/1.1 200 OK"), std::string::npos);
    EXPECT_NE(text.find("__Host-sid=fresh-session; Path=/; Secure; HttpOnly; SameSite=Lax\r\n"),
              std::string::npos);
    EXPECT_TRUE(outcome.transport_closes);
}

}  // namespace
}  // namespace wsproof::reference
