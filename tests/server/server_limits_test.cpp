#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "harness/net/address.hpp"
#include "harness/net/socket.hpp"
#include "reference_impl/client/client.hpp"
#include "reference_impl/server/server.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "tests/server/conversation.hpp"

namespace wsproof::server {
namespace {

using namespace std::chrono_literals;
using namespace testing;
using client::Client;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Clock = std::chrono::steady_clock;
using Kind = play::Received::Kind;
namespace event = reference::event;

constexpr char const* close_1001 = "\x88\x02\x03\xe9";

TEST(ServerLimits, RefusesConnectionsBeyondTheLimit) {
    Server const server{{.max_connections = 2}};
    auto first = opened_peer(server.port());
    auto const second = opened_peer(server.port());
    auto const third = raw_peer(server.port());
    third->send(wire::as_bytes(opening_request));
    auto const heard = hear_until_end(*third);
    EXPECT_THAT(heard.text, StartsWith("HTTP/1.1 503 "));
    EXPECT_EQ(heard.end, Kind::eof);
    first.reset();
    ASSERT_TRUE(comes_true([&] { return server.connections() < 2; }));
    EXPECT_NO_THROW(opened_peer(server.port()));
}

TEST(ServerLimits, RefusesByClosingOverTls) {
    ServerOptions options;
    options.tls = true;
    options.max_connections = 1;
    Server const server{options};
    net::TlsOptions const tls{.insecure = true};
    auto const first = opened_peer(server.port(), &tls);
    EXPECT_THROW(raw_peer(server.port(), &tls), play::Unreachable);
}

TEST(ServerLimits, EndsOpeningHandshakesThatTakeTooLong) {
    Server const server{{.handshake_timeout = 400ms}};
    auto const silent = raw_peer(server.port());
    auto const half = raw_peer(server.port());
    half->send(wire::as_bytes(opening_request.substr(0, 40)));
    EXPECT_NE(hear_until_end(*silent).end, Kind::timeout);
    EXPECT_NE(hear_until_end(*half).end, Kind::timeout);
    auto const opened = opened_peer(server.port());
    opened->sleep(500ms);
    opened->send(wire::as_bytes(frame(1, "Hello")));
    EXPECT_EQ(hear_bytes(*opened, 7), "\x81\x05Hello") << "the limit ends with the handshake";
}

TEST(ServerLimits, EndsTlsHandshakesThatTakeTooLong) {
    ServerOptions options;
    options.tls = true;
    options.handshake_timeout = 50ms;
    Server const server{options};
    auto const silent = raw_peer(server.port());
    EXPECT_NE(hear_until_end(*silent).end, Kind::timeout);
}

TEST(ServerLimits, HangsUpOnBytesThatAreNoTls) {
    ServerOptions options;
    options.tls = true;
    Server const server{options};
    auto const peer = raw_peer(server.port());
    peer->send(wire::as_bytes(opening_request));
    EXPECT_EQ(hear_until_end(*peer).end, Kind::eof);
}

/// Writes echoes-to-be and never reads, until nothing has gone out for half a second.
std::size_t pour_in(std::uint16_t port, std::size_t bound) {
    auto const addresses = net::resolve({.host = "127.0.0.1", .port = port}, net::Family::ipv4);
    auto socket = net::connect_to(addresses.front(), Clock::now() + patience);
    socket.write(wire::as_bytes(opening_request));
    auto const message = frame(2, std::string(1U << 20U, 'x'));
    std::size_t taken = 0;
    for (auto rest = wire::as_bytes(message); taken < bound;) {
        auto const moved = socket.write(rest);
        taken += moved.count;
        rest = rest.subspan(moved.count);
        if (rest.empty()) rest = wire::as_bytes(message);
        bool const blocked = moved.status == net::IoStatus::blocked;
        if (blocked && !socket.wait({false, true}, Clock::now() + 500ms).any()) break;
        if (!blocked && moved.status != net::IoStatus::ok) break;
    }
    return taken;
}

TEST(ServerLimits, ReadsNoMoreFromAPeerThatDoesNotTakeItsEchoes) {
    Server const server{{}};
    auto const other = opened_peer(server.port());
    auto const taken = pour_in(server.port(), 256U << 20U);
    EXPECT_GT(taken, 1U << 20U);
    EXPECT_LT(taken, 64U << 20U);
    other->send(wire::as_bytes(frame(1, "Hello")));
    EXPECT_EQ(hear_bytes(*other, 7), "\x81\x05Hello") << "nobody else is held up";
}

/// Writes all of it; false when the peer is gone or does not take it in time.
bool takes_all(net::Socket& socket, std::string const& bytes) {
    for (auto rest = wire::as_bytes(bytes); !rest.empty();) {
        auto const moved = socket.write(rest);
        rest = rest.subspan(moved.count);
        if (moved.status == net::IoStatus::ok) continue;
        if (moved.status != net::IoStatus::blocked) return false;
        if (!socket.wait({false, true}, Clock::now() + patience).any()) return false;
    }
    return true;
}

std::string read_until_end(net::Socket& socket) {
    std::string heard;
    std::array<std::byte, 4096> buffer;
    while (socket.wait({true, false}, Clock::now() + patience).any()) {
        auto const moved = socket.read(buffer);
        if (moved.status == net::IoStatus::eof) return heard;
        if (moved.status == net::IoStatus::reset) return "reset";
        heard += wire::as_text(wire::ByteView{buffer}.first(moved.count));
    }
    return "still open";
}

TEST(ServerLimits, TakesWhatComesAfterItsCloseSoThatNoRstOvertakesIt) {
    Server const server{{}};
    auto const addresses =
        net::resolve({.host = "127.0.0.1", .port = server.port()}, net::Family::ipv4);
    auto socket = net::connect_to(addresses.front(), Clock::now() + patience);
    // A Close with the code 1000, then what must be discarded (RFC 6455 1.4, 7.1.1).
    ASSERT_TRUE(takes_all(socket, std::string{opening_request} + frame(8, "\x03\xe8")));
    EXPECT_TRUE(read_until_end(socket).ends_with("\r\n\r\n\x88\x02\x03\xe8"));
    EXPECT_TRUE(takes_all(socket, frame(2, std::string(10U << 20U, 'x'))));
    EXPECT_EQ(server.connections(), 1U);
    socket.close();
    EXPECT_TRUE(comes_true([&] { return server.connections() == 0; }));
}

TEST(ServerLimits, LetsThePeerReadWhyItFailedThoughItStillSends) {
    Server const server{{}};
    auto const peer = opened_peer(server.port());
    std::string bytes = frame(3, "reserved");
    for (int i = 0; i < 10; ++i) bytes += frame(2, std::string(1U << 20U, 'x'));
    peer->send(wire::as_bytes(bytes));
    auto const heard = hear_until_end(*peer);
    EXPECT_THAT(heard.text, HasSubstr("\x03\xea"));
    EXPECT_EQ(heard.end, Kind::eof);
}

TEST(ServerLimits, DoesNotWaitForEverForThePeersEnd) {
    Server const server{{}};
    auto const peer = opened_peer(server.port());
    peer->send(wire::as_bytes(frame(8, "\x03\xe8")));
    EXPECT_EQ(hear_until_end(*peer).end, Kind::eof);
    EXPECT_TRUE(comes_true([&] { return server.connections() == 0; })) << "we never end our side";
}

TEST(ServerShutdown, SaysGoingAwayToEverybodyAndReturnsWhenAllAreGone) {
    Server server{{.shutdown_grace = 60s}};
    Client client{reach(server)};
    ASSERT_TRUE(next<event::Opened>(client));
    std::thread shutdown{[&] { server.shutdown(); }};
    auto const close = next<event::CloseReceived>(client);
    auto const closed = next<event::Closed>(client);
    shutdown.join();
    ASSERT_TRUE(close);
    EXPECT_EQ(close->code, wire::status::going_away);
    ASSERT_TRUE(closed);
    EXPECT_TRUE(closed->clean);
    EXPECT_EQ(server.connections(), 0U);
    EXPECT_THROW(raw_peer(server.port()), play::Unreachable);
}

TEST(ServerShutdown, DropsAfterTheGraceWhoeverIsLeft) {
    Server server{{.shutdown_grace = 200ms}};
    auto const deaf = opened_peer(server.port());
    auto const in_a_message = opened_peer(server.port());
    auto fragment = frame(1, "Hel");
    fragment[0] = '\x01';
    in_a_message->send(wire::as_bytes(fragment));
    auto const before = Clock::now();
    server.shutdown();
    auto const took = Clock::now() - before;
    EXPECT_GE(took, 200ms);
    EXPECT_LT(took, 5s);
    auto const heard = hear_until_end(*deaf);
    EXPECT_EQ(heard.text, close_1001);
    EXPECT_NE(heard.end, Kind::timeout);
    EXPECT_EQ(hear_until_end(*in_a_message).text, close_1001);
}

TEST(ServerShutdown, EndsAtOnceWhoHasNotOpened) {
    Server server{{.shutdown_grace = 60s}};
    auto const idle = raw_peer(server.port());
    auto const half = raw_peer(server.port());
    half->send(wire::as_bytes(opening_request.substr(0, 40)));
    ASSERT_TRUE(comes_true([&] { return server.connections() == 2; }));
    server.shutdown();
    EXPECT_NE(hear_until_end(*idle).end, Kind::timeout);
    EXPECT_NE(hear_until_end(*half).end, Kind::timeout);
}

TEST(ServerShutdown, GivesUpOnACloseThatIsNotAnsweredInTime) {
    Server server{{.closing_timeout = 50ms, .shutdown_grace = 60s}};
    auto const deaf = opened_peer(server.port());
    std::thread shutdown{[&] { server.shutdown(); }};
    auto const heard = hear_until_end(*deaf);
    EXPECT_EQ(heard.text, close_1001);
    EXPECT_EQ(heard.end, Kind::eof);
    deaf->half_close();
    shutdown.join();
}

TEST(ServerShutdown, DropsAPeerThatTakesNothing) {
    Server server{{.shutdown_grace = 100ms}};
    auto const deaf = opened_peer(server.port());
    for (int i = 0; i < 4; ++i) deaf->send(wire::as_bytes(frame(2, std::string(4U << 20U, 'x'))));
    server.shutdown();
    EXPECT_EQ(server.connections(), 0U);
}

TEST(ServerShutdown, MayBeCalledTwiceAndFromTheDestructor) {
    Server server{{.shutdown_grace = 50ms}};
    auto const peer = opened_peer(server.port());
    server.shutdown();
    server.shutdown();
}

TEST(ServerShutdown, TheDestructorDropsEverybody) {
    std::unique_ptr<play::Peer> peer;
    {
        Server const server{{.shutdown_grace = 60s}};
        peer = opened_peer(server.port());
    }
    EXPECT_NE(hear_until_end(*peer).end, Kind::timeout);
}

TEST(ServerShutdown, ComesInTheMiddleOfManyNewConnections) {
    Server server{{.shutdown_grace = 100ms, .threads = 2}};
    std::atomic<bool> stop = false;
    std::vector<std::thread> threads;
    std::atomic<int> opened = 0;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            while (!stop) {
                try {
                    auto const peer = opened_peer(server.port());
                    ++opened;
                    peer->send(wire::as_bytes(frame(1, "Hello")));
                } catch (std::runtime_error const&) {  // it has gone away
                }
            }
        });
    }
    EXPECT_TRUE(comes_true([&] { return opened > 100; }));
    server.shutdown();
    EXPECT_EQ(server.connections(), 0U);
    stop = true;
    for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace wsproof::server
