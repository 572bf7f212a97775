#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "harness/net/live_peer.hpp"
#include "harness/net/process.hpp"
#include "harness/net/socket.hpp"
#include "harness/net/target.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "tests/net/hearing.hpp"
#include "tests/net/listener.hpp"

namespace wsproof::net {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using testing::hear;
using testing::Listener;
using testing::why_unreachable;
using Kind = play::Received::Kind;

TargetOptions target(std::uint16_t port, std::string const& host = "127.0.0.1") {
    TargetOptions options;
    options.url = {.host = host, .port = port};
    return options;
}

TEST(LivePeer, WritesNoMoreThanTheOtherSideTakesWhenDeaf) {
    Listener const listener{[](int peer) {
        testing::write_all(peer, "before");
        while (!testing::read_some(peer).empty())
            testing::write_all(peer, std::string(1 << 20, 'x'));
    }};
    auto const peer = connector(target(listener.port()))();
    peer->turn_deaf();
    auto const before = play::Clock::now();
    peer->send(wire::Bytes(64U << 20U));
    EXPECT_LT(play::Clock::now() - before, 5s);
    auto const received = peer->receive(play::Clock::now() + 5s);
    EXPECT_EQ(wire::as_text(received.data).substr(0, 6), "before");
}

TEST(LivePeer, SendsAndReceivesOverIpv4) {
    Listener const listener{[](int peer) { testing::write_all(peer, testing::read_some(peer)); }};
    auto const peer = connector(target(listener.port()))();
    peer->send(wire::as_bytes("Hello"));
    auto const heard = hear(*peer);
    EXPECT_EQ(heard.text, "Hello");
    EXPECT_EQ(heard.end, Kind::eof);
}

TEST(LivePeer, SendsAndReceivesOverIpv6) {
    Listener const listener{[](int peer) { testing::write_all(peer, testing::read_some(peer)); },
                            Listener::Kind::ipv6};
    auto const peer = connector(target(listener.port(), "::1"))();
    peer->send(wire::as_bytes("Hello"));
    EXPECT_EQ(hear(*peer).text, "Hello");
}

TEST(LivePeer, SendsAndReceivesOverAUnixSocket) {
    Listener const listener{[](int peer) { testing::write_all(peer, testing::read_some(peer)); },
                            Listener::Kind::unix_socket};
    TargetOptions options;
    options.url.host = "app.example";
    options.unix_socket = listener.path();
    auto const peer = connector(options)();
    peer->send(wire::as_bytes("Hello"));
    EXPECT_EQ(hear(*peer).text, "Hello");
}

TEST(LivePeer, TriesEveryAddressOfAName) {
    Listener const listener{[](int peer) { testing::write_all(peer, "x"); }};
    auto const connect = connector(target(listener.port(), "localhost"));
    EXPECT_EQ(hear(*connect()).text, "x");
    EXPECT_EQ(hear(*connect()).text, "x");
}

TEST(LivePeer, TellsResetFromEnd) {
    Listener const resets{[](int descriptor) {
        testing::read_some(descriptor);
        testing::close_with_reset(descriptor);
    }};
    auto peer = connector(target(resets.port()))();
    peer->send(wire::as_bytes("x"));
    EXPECT_EQ(peer->receive(peer->now() + 5s).kind, Kind::reset);
    EXPECT_EQ(peer->receive(peer->now() + 5s).kind, Kind::reset) << "and it stays so";

    Listener const ends{[](int descriptor) { testing::read_some(descriptor); }};
    peer = connector(target(ends.port()))();
    peer->send(wire::as_bytes("x"));
    EXPECT_EQ(peer->receive(peer->now() + 5s).kind, Kind::eof);
    EXPECT_EQ(peer->receive(peer->now() + 5s).kind, Kind::eof) << "and it stays so";
}

TEST(LivePeer, StillReadsWhatCameBeforeAReset) {
    std::promise<void> written;
    Listener const listener{[&](int peer) {
        testing::write_all(peer, "last words");
        written.set_value();
        testing::read_some(peer);
        testing::close_with_reset(peer);
    }};
    auto const peer = connector(target(listener.port()))();
    written.get_future().wait();
    peer->send(wire::as_bytes("x"));
    auto const heard = hear(*peer);
    EXPECT_EQ(heard.text, "last words");
    EXPECT_EQ(heard.end, Kind::reset);
}

TEST(LivePeer, SaysEndWhenFinCameBeforeTheResetThatItsOwnBytesProvoked) {
    std::promise<void> closed;
    Listener const listener{[&](int peer) {
        testing::write_all(peer, "bye");
        ::shutdown(peer, SHUT_WR);
        testing::read_some(peer);
        ::shutdown(peer, SHUT_RDWR);
        testing::close_with_reset(peer);
        closed.set_value();
    }};
    auto const peer = connector(target(listener.port()))();
    peer->send(wire::as_bytes("x"));
    closed.get_future().wait();
    for (int i = 0; i < 20; ++i) peer->send(wire::as_bytes("more"));  // EPIPE, and no SIGPIPE
    auto const heard = hear(*peer);
    EXPECT_EQ(heard.text, "bye");
    EXPECT_EQ(heard.end, Kind::eof);
}

TEST(LivePeer, SaysTimeoutWhenNothingComes) {
    Listener const listener{[](int peer) { testing::drain(peer); }};
    auto const peer = connector(target(listener.port()))();
    auto const before = peer->now();
    EXPECT_EQ(peer->receive(before + 30ms).kind, Kind::timeout);
    EXPECT_GE(peer->now(), before + 30ms);
    EXPECT_LT(peer->now(), before + 3s);
    EXPECT_EQ(peer->receive(before).kind, Kind::timeout) << "a deadline that is over";
}

TEST(LivePeer, GoesOnReadingAfterItsOwnHalfClose) {
    Listener const listener{[](int peer) {
        testing::drain(peer);
        testing::write_all(peer, "heard the end");
    }};
    auto const peer = connector(target(listener.port()))();
    peer->send(wire::as_bytes("x"));
    peer->half_close();
    peer->send(wire::as_bytes("not sent"));
    auto const heard = hear(*peer);
    EXPECT_EQ(heard.text, "heard the end");
    EXPECT_EQ(heard.end, Kind::eof);
}

TEST(LivePeer, ResetIsAnRstAtTheOtherEnd) {
    std::promise<int> seen;
    Listener const listener{[&](int peer) {
        char byte = 0;
        seen.set_value(::recv(peer, &byte, 1, 0) < 0 ? errno : 0);
    }};
    auto const peer = connector(target(listener.port()))();
    peer->reset();
    EXPECT_EQ(seen.get_future().get(), ECONNRESET);
    EXPECT_EQ(peer->receive(peer->now() + 5s).kind, Kind::reset);
    peer->send(wire::as_bytes("x"));
    peer->half_close();
    peer->reset();
}

TEST(LivePeer, ReadsWhileItWritesSoThatAnEchoBlocksNobody) {
    Listener const listener{[](int peer) {
        for (auto text = testing::read_some(peer); !text.empty(); text = testing::read_some(peer)) {
            testing::write_all(peer, text);
        }
    }};
    auto const peer = connector(target(listener.port()))();
    std::string const much(16U << 20U, 'x');
    peer->send(wire::as_bytes(much));
    peer->half_close();
    auto const heard = hear(*peer, 20s);
    EXPECT_EQ(heard.text.size(), much.size());
    EXPECT_EQ(heard.end, Kind::eof);
}

TEST(LivePeer, GivesUpOnAPeerThatDoesNotRead) {
    std::promise<void> done;
    auto const wait = done.get_future().share();
    Listener const listener{[=](int) { wait.wait(); }};
    auto options = target(listener.port());
    options.send_timeout = 500ms;
    auto const peer = connector(options)();
    auto const before = peer->now();
    peer->send(wire::as_bytes(std::string(64U << 20U, 'x')));
    EXPECT_LT(peer->now() - before, 10s);
    EXPECT_EQ(peer->receive(peer->now() + 20ms).kind, Kind::timeout);
    auto const again = peer->now();
    peer->send(wire::as_bytes("x"));
    EXPECT_LT(peer->now() - again, 400ms) << "half a frame went out: nothing may follow it";
    done.set_value();
}

/// Floods until the other side is gone, never reads.
void flood(int peer) {
    std::string const much(1U << 20U, 'f');
    while (::send(peer, much.data(), much.size(), MSG_NOSIGNAL) > 0) {
    }
}

TEST(LivePeer, KeepsBoundedMemoryWhenAPeerFloodsAndDoesNotRead) {
    Listener const listener{flood};
    auto options = target(listener.port());
    options.send_timeout = 300ms;
    auto const peer = connector(options)();
    peer->send(wire::as_bytes(std::string(32U << 20U, 'x')));
    auto const received = peer->receive(peer->now() + 1s);
    EXPECT_EQ(received.kind, Kind::bytes);
    EXPECT_LE(received.data.size(), (64U << 20U) + (64U << 10U));
}

TEST(LivePeer, ServesManyThreadsAtOnce) {
    Listener const listener{[](int peer) { testing::write_all(peer, testing::read_some(peer)); }};
    auto const connect = connector(target(listener.port(), "localhost"));
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            for (int j = 0; j < 10; ++j) {
                auto const peer = connect();
                auto const text = std::to_string(i * 100 + j);
                peer->send(wire::as_bytes(text));
                if (hear(*peer).text == text) ++good;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, 80);
    EXPECT_EQ(listener.accepted(), 80U);
}

TEST(Connector, SaysThatNobodyListens) {
    auto const port = free_port();
    auto const words = why_unreachable(target(port));
    EXPECT_EQ(words, "connection refused by 127.0.0.1:" + std::to_string(port) +
                         ": is the server running?");
}

TEST(Connector, SaysThatAUnixSocketIsMissing) {
    TargetOptions options;
    options.unix_socket = "/nonexistent/wsproof.socket";
    EXPECT_EQ(why_unreachable(options),
              "there is no unix socket /nonexistent/wsproof.socket: is the server running?");
}

TEST(Connector, RefusesAUnixPathThatNoSocketCanHave) {
    TargetOptions options;
    options.unix_socket = "/" + std::string(200, 'x');
    EXPECT_THROW(connector(options), std::runtime_error);
}

TEST(Connector, SaysThatANameHasNoAddress) {
    EXPECT_THAT(why_unreachable(target(80, "no-such-host.invalid")),
                HasSubstr("cannot resolve host 'no-such-host.invalid'"));
}

TEST(Connector, KeepsToTheFamilyAskedFor) {
    auto options = target(1, "127.0.0.1");
    options.family = Family::ipv6;
    EXPECT_THAT(why_unreachable(options), HasSubstr("cannot resolve host '127.0.0.1'"));
}

TEST(Connector, StopsWaitingForAListenerThatNeverAccepts) {
    int const descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    Socket const owner{descriptor};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const name = reinterpret_cast<sockaddr*>(&address);
    ASSERT_EQ(::bind(descriptor, name, size), 0);
    ASSERT_EQ(::listen(descriptor, 0), 0);
    ASSERT_EQ(::getsockname(descriptor, name, &size), 0);
    auto options = target(ntohs(address.sin_port));
    options.connect_timeout = 50ms;
    auto const connect = connector(options);
    std::vector<std::unique_ptr<play::Peer>> queued;
    try {
        for (int i = 0; i < 8; ++i) queued.push_back(connect());
        FAIL() << "eight connections fitted into a backlog of none";
    } catch (play::Unreachable const& error) {
        EXPECT_THAT(error.what(), HasSubstr("no answer from 127.0.0.1:"));
    }
}

}  // namespace
}  // namespace wsproof::net
