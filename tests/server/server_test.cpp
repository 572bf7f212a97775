#include "reference_impl/server/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>
#include <string>
#include <vector>

#include "reference_impl/client/client.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "tests/net/listener.hpp"
#include "tests/server/conversation.hpp"

namespace wsproof::server {
namespace {

using namespace std::chrono_literals;
using namespace testing;
using client::Client;
using net::testing::Certificate;
using net::testing::make_folder;
using net::testing::remove_folder;
using ::testing::HasSubstr;
using Kind = play::Received::Kind;
namespace event = reference::event;

std::string why_not(ServerOptions options) {
    try {
        Server const server{std::move(options)};
    } catch (std::runtime_error const& error) {
        return error.what();
    }
    return "it listens";
}

void expect_echoes(client::ClientOptions const& options) {
    Client client{options};
    ASSERT_TRUE(next<event::Opened>(client));
    EXPECT_EQ(echo(client, text("Hello")), "Hello");
    EXPECT_EQ(echo(client, binary(std::string{"\0\xff\x80", 3})), (std::string{"\0\xff\x80", 3}));
    std::string const much(3U << 20U, 'x');
    EXPECT_TRUE(echo(client, text(much)) == much);
    client.ping("token");
    auto const pong = next<event::Ponged>(client);
    ASSERT_TRUE(pong);
    EXPECT_EQ(wire::as_text(pong->data), "token");
    client.close(wire::status::normal_closure, "bye");
    auto const close = next<event::CloseReceived>(client);
    ASSERT_TRUE(close);
    EXPECT_EQ(close->code, wire::status::normal_closure);
    auto const closed = next<event::Closed>(client);
    ASSERT_TRUE(closed);
    EXPECT_TRUE(closed->clean);
}

TEST(Server, EchoesOverTcp) {
    Server const server{{}};
    expect_echoes(reach(server));
}

TEST(Server, EchoesWithoutCompression) {
    ServerOptions options;
    options.endpoint.deflate.enabled = false;
    Server const server{options};
    expect_echoes(reach(server));
}

TEST(Server, EchoesOverTls) {
    ServerOptions options;
    options.tls = true;
    Server const server{options};
    auto reached = reach(server);
    reached.tls = true;
    expect_echoes(reached);
}

TEST(Server, EchoesOverIpv6) {
    ServerOptions options;
    options.address = "::1";
    Server const server{options};
    auto reached = reach(server);
    reached.address = "::1";
    expect_echoes(reached);
}

TEST(Server, EchoesOverAUnixSocket) {
    auto const folder = make_folder();
    ServerOptions options;
    options.unix_socket = folder + "/socket";
    {
        Server const server{options};
        client::ClientOptions reached;
        reached.unix_socket = options.unix_socket;
        expect_echoes(reached);
    }
    EXPECT_FALSE(std::ifstream{options.unix_socket}.good()) << "the socket file is gone with it";
    remove_folder(folder);
}

TEST(Server, SpeaksTls12AndTls13) {
    ServerOptions options;
    options.tls = true;
    Server const server{options};
    for (auto const* const version : {"1.2", "1.3"}) {
        net::TlsOptions const tls{.insecure = true, .minimum = version, .maximum = version};
        auto const peer = opened_peer(server.port(), &tls);
        peer->send(wire::as_bytes(frame(1, "Hello")));
        EXPECT_EQ(hear_bytes(*peer, 7), "\x81\x05Hello") << version;
        peer->send(wire::as_bytes(frame(8, "\x03\xe8")));
        auto const heard = hear_until_end(*peer);
        EXPECT_EQ(heard.text, "\x88\x02\x03\xe8");
        EXPECT_EQ(heard.end, Kind::eof);
    }
}

TEST(Server, ShowsTheCertificateItWasGiven) {
    Certificate const certificate{"IP:127.0.0.1"};
    ServerOptions options;
    options.tls = true;
    options.tls_files = {certificate.certificate_file(), certificate.key_file()};
    Server const server{options};
    auto reached = reach(server);
    reached.tls = true;
    reached.verify = true;
    EXPECT_THROW(Client{reached}, std::runtime_error) << "nobody vouches for it";
    reached.ca_file = certificate.certificate_file();
    Client client{reached};
    EXPECT_TRUE(next<event::Opened>(client));
}

TEST(Server, CompressesWhenAskedTo) {
    Server const server{{}};
    Client with{reach(server)};
    auto const opened = next<event::Opened>(with);
    ASSERT_TRUE(opened);
    EXPECT_TRUE(opened->permessage_deflate);
    auto reached = reach(server);
    reached.endpoint.deflate.enabled = false;
    Client without{reached};
    auto const plain = next<event::Opened>(without);
    ASSERT_TRUE(plain);
    EXPECT_FALSE(plain->permessage_deflate);
    EXPECT_EQ(echo(without, text("Hello")), "Hello");
}

TEST(Server, GreetsEveryConnection) {
    ServerOptions options;
    options.greeting = "welcome";
    Server const server{options};
    Client client{reach(server)};
    ASSERT_TRUE(next<event::Opened>(client));
    auto const greeting = next<event::Received>(client);
    ASSERT_TRUE(greeting);
    EXPECT_EQ(wire::as_text(greeting->message.data), "welcome");
    EXPECT_EQ(echo(client, text("Hello")), "Hello");
}

TEST(Server, StaysSilentWhenItIsNotToEcho) {
    ServerOptions options;
    options.echo = false;
    Server const server{options};
    Client client{reach(server)};
    ASSERT_TRUE(next<event::Opened>(client));
    client.send(text("Hello"));
    client.ping("fence");
    EXPECT_TRUE(next<event::Ponged>(client)) << "and nothing before it";
}

TEST(Server, HandsItsFaultsToTheEndpoint) {
    ServerOptions options;
    options.faults.add(reference::Fault::never_answers_pings);
    Server const server{options};
    Client client{reach(server)};
    ASSERT_TRUE(next<event::Opened>(client));
    client.ping("token");
    EXPECT_EQ(echo(client, text("fence")), "fence") << "no Pong came before it";
}

TEST(Server, EndsConnectionsOnWhichNobodyAuthenticates) {
    ServerOptions options;
    options.endpoint.authentication = {.scheme = reference::Authentication::Scheme::first_message,
                                       .token = "good",
                                       .patience = std::chrono::milliseconds{100}};
    Server const server{options};
    auto const stranger = opened_peer(server.port());
    auto const heard = hear_until_end(*stranger);
    EXPECT_EQ(heard.text, "\x88\x1a\x03\xf0nobody has authenticated");
    EXPECT_EQ(heard.end, Kind::eof);
    Client client{reach(server)};
    ASSERT_TRUE(next<event::Opened>(client));
    client.send(text("good"));
    EXPECT_EQ(echo(client, text("Hello")), "Hello");
    EXPECT_FALSE(client.next(std::chrono::milliseconds{300})) << "it has authenticated";
}

TEST(Server, AnswersMessagesInOrderAndTheCloseLastWhenAllComeAtOnce) {
    Server const server{{}};
    auto const peer = opened_peer(server.port());
    peer->send(wire::as_bytes(frame(1, "one") + frame(2, "two") + frame(8, "\x03\xe8")));
    auto const heard = hear_until_end(*peer);
    EXPECT_EQ(heard.text, "\x81\x03one\x82\x03two\x88\x02\x03\xe8");
    EXPECT_EQ(heard.end, Kind::eof);
}

TEST(Server, EndsTheTransportWhenThePeerDoes) {
    Server const server{{}};
    auto const peer = opened_peer(server.port());
    peer->half_close();
    EXPECT_EQ(hear_until_end(*peer).end, Kind::eof);
    EXPECT_TRUE(comes_true([&] { return server.connections() == 0; }));
}

TEST(Server, SurvivesResets) {
    Server const server{{}};
    for (int i = 0; i < 20; ++i) {
        auto const peer = opened_peer(server.port());
        peer->send(wire::as_bytes(frame(2, std::string(1U << 20U, 'x'))));
        peer->reset();
    }
    EXPECT_TRUE(comes_true([&] { return server.connections() == 0; }));
    expect_echoes(reach(server));
}

void allow_many_files() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

TEST(Server, HoldsAThousandConnections) {
    allow_many_files();
    ServerOptions options;
    options.threads = 2;
    Server server{options};
    std::vector<std::unique_ptr<play::Peer>> peers;
    for (int i = 0; i < 1000; ++i) peers.push_back(opened_peer(server.port()));
    EXPECT_EQ(server.connections(), 1000U);
    for (auto const& peer : peers) peer->send(wire::as_bytes(frame(1, "Hello")));
    int answered = 0;
    for (auto const& peer : peers) {
        if (hear_bytes(*peer, 7) == "\x81\x05Hello") ++answered;
    }
    EXPECT_EQ(answered, 1000);
    peers.clear();
    EXPECT_TRUE(comes_true([&] { return server.connections() == 0; }));
}

TEST(Server, SaysWhyItCannotListen) {
    EXPECT_THAT(why_not({.address = "nonsense"}), HasSubstr("'nonsense' is no IP address"));
    Server const first{{}};
    EXPECT_THAT(why_not({.port = first.port()}),
                HasSubstr("cannot listen on 127.0.0.1:" + std::to_string(first.port()) +
                          ": Address already in use: is another server running there?"));
    EXPECT_THAT(why_not({.unix_socket = "/nonexistent/socket"}), HasSubstr("No such file"));
    EXPECT_THAT(why_not({.unix_socket = "/" + std::string(200, 'x')}), HasSubstr("too long"));
    EXPECT_THAT(why_not({.tls = true, .tls_files = {"/nonexistent", "/nonexistent"}}),
                HasSubstr("cannot read the certificate from /nonexistent: No such file"));
    EXPECT_THAT(why_not({.tls = true, .tls_files = {"/nonexistent", ""}}),
                HasSubstr("a certificate file and a key file, or neither"));
}

TEST(Server, TakesTheSocketFileOfADeadServerAndOfNoOther) {
    auto const folder = make_folder();
    auto const path = folder + "/socket";
    Server const server{{.unix_socket = path}};
    EXPECT_THAT(why_not({.unix_socket = path}), HasSubstr("Address already in use"));
    auto const left_over = folder + "/left-over";
    net::testing::leave_socket_file(left_over);
    EXPECT_EQ(why_not({.unix_socket = left_over}), "it listens");
    remove_folder(folder);
}

}  // namespace
}  // namespace wsproof::server
