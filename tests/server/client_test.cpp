#include "reference_impl/client/client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <string>

#include "harness/net/process.hpp"
#include "reference_impl/server/server.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "tests/net/listener.hpp"
#include "tests/server/conversation.hpp"

namespace wsproof::client {
namespace {

using namespace std::chrono_literals;
using namespace server::testing;
using net::testing::Listener;
using ::testing::HasSubstr;
namespace event = reference::event;

std::string why_not(ClientOptions const& options) {
    try {
        Client const client{options};
    } catch (std::runtime_error const& error) {
        return error.what();
    }
    return "connected";
}

TEST(Client, SaysWhyItCannotConnect) {
    auto const port = net::free_port();
    EXPECT_EQ(why_not({.port = port}),
              "cannot connect to 127.0.0.1:" + std::to_string(port) + ": Connection refused");
    EXPECT_THAT(why_not({.address = "no-such-host.invalid"}), HasSubstr("cannot resolve"));
    EXPECT_THAT(why_not({.unix_socket = "/nonexistent/socket"}),
                HasSubstr("unix socket /nonexistent/socket: No such file"));
}

TEST(Client, ChecksTheCertificateUnlessTold) {
    server::ServerOptions options;
    options.tls = true;
    server::Server const server{options};
    ClientOptions reached{.port = server.port(), .tls = true};
    EXPECT_THAT(why_not(reached), HasSubstr("certificate verify failed"));
    reached.verify = false;
    EXPECT_EQ(why_not(reached), "connected");
}

TEST(Client, DoesNotWaitForEverForATlsHandshake) {
    Listener const deaf{[](int peer) { net::testing::drain(peer); }};
    EXPECT_THAT(why_not({.port = deaf.port(), .tls = true, .timeout = 50ms}),
                HasSubstr("TLS handshake with 127.0.0.1:"));
}

TEST(Client, TellsThatNothingCameInTime) {
    server::Server const server{{}};
    Client client{reach(server)};
    ASSERT_TRUE(next<event::Opened>(client));
    auto const before = std::chrono::steady_clock::now();
    EXPECT_FALSE(client.next(30ms));
    EXPECT_GE(std::chrono::steady_clock::now() - before, 30ms);
    EXPECT_EQ(client.state(), reference::State::open);
}

TEST(Client, TellsOfARefusalWithItsStatus) {
    Listener const refuses{[](int peer) {
        net::testing::read_some(peer);
        net::testing::write_all(peer, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        net::testing::drain(peer);
    }};
    Client client{{.port = refuses.port()}};
    auto const refused = next<event::Refused>(client);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 404U);
    EXPECT_EQ(client.state(), reference::State::closed);
    EXPECT_FALSE(client.next(10s)) << "nothing can come any more, and it says so at once";
}

TEST(Client, TellsOfATransportThatEnds) {
    Listener const hangs_up{[](int peer) { net::testing::read_some(peer); }};
    Client client{{.port = hangs_up.port()}};
    EXPECT_TRUE(next<event::Refused>(client));
}

TEST(Client, ReadsWhileItWritesSoThatAnEchoBlocksNobody) {
    server::Server const server{{}};
    auto reached = reach(server);
    reached.endpoint.deflate.enabled = false;
    Client client{reached};
    ASSERT_TRUE(next<event::Opened>(client));
    std::string const much(16U << 20U, 'x');
    client.send(text(much));
    client.send(text(much));
    for (int i = 0; i < 2; ++i) {
        auto const received = next<event::Received>(client);
        ASSERT_TRUE(received);
        EXPECT_EQ(received->message.data.size(), much.size());
    }
}

TEST(Client, GivesUpOnAServerThatDoesNotRead) {
    std::promise<void> done;
    auto const wait = done.get_future().share();
    Listener const deaf{[=](int) { wait.wait(); }};
    ClientOptions options{.port = deaf.port(), .timeout = 50ms};
    options.endpoint.resource_name = "/" + std::string(32U << 20U, 'x');
    Client client{options};
    auto const before = std::chrono::steady_clock::now();
    client.ping("flushes the request");
    EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);
    EXPECT_EQ(client.state(), reference::State::closed);
    done.set_value();
}

TEST(Client, HandsItsFaultsToTheEndpoint) {
    server::Server const server{{}};
    auto reached = reach(server);
    reached.faults.add(reference::Fault::leaves_frames_unmasked);
    Client client{reached};
    ASSERT_TRUE(next<event::Opened>(client));
    client.send(text("Hello"));
    auto const close = next<event::CloseReceived>(client);
    ASSERT_TRUE(close);
    EXPECT_EQ(close->code, wire::status::protocol_error);
}

}  // namespace
}  // namespace wsproof::client
