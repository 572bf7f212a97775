#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "harness/net/target.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "tests/net/hearing.hpp"
#include "tests/net/listener.hpp"

namespace wsproof::net {
namespace {

using namespace std::chrono_literals;
using testing::Certificate;
using ::testing::HasSubstr;
using testing::hear;
using testing::Listener;
using testing::ServerTls;
using testing::why_unreachable;
using Kind = play::Received::Kind;

TargetOptions tls_target(std::uint16_t port, std::string const& host = "127.0.0.1") {
    TargetOptions options;
    options.url = {.tls = true, .host = host, .port = port};
    options.tls.insecure = true;
    return options;
}

std::string read_tls(SSL* session) {
    std::array<char, 65536> buffer{};
    int const count = SSL_read(session, buffer.data(), static_cast<int>(buffer.size()));
    return count <= 0 ? "" : std::string{buffer.data(), static_cast<std::size_t>(count)};
}

void write_tls(SSL* session, std::string const& text) {
    SSL_write(session, text.data(), static_cast<int>(text.size()));
}

/// Echoes until the end, then says close_notify.
Listener::Handler echo(ServerTls const& tls) {
    return [&tls](int peer) {
        auto const session = tls.accept(peer);
        if (!session) return;
        for (auto text = read_tls(session.get()); !text.empty(); text = read_tls(session.get())) {
            write_tls(session.get(), text);
        }
        SSL_shutdown(session.get());
    };
}

class LivePeerTls : public ::testing::TestWithParam<int> {};

TEST_P(LivePeerTls, SendsAndReceives) {
    Certificate const certificate;
    ServerTls const tls{certificate, GetParam()};
    Listener const listener{echo(tls)};
    auto const peer = connector(tls_target(listener.port()))();
    peer->send(wire::as_bytes("Hello"));
    auto const received = peer->receive(peer->now() + 5s);
    EXPECT_EQ(wire::as_text(received.data), "Hello");
    peer->half_close();
    EXPECT_EQ(peer->receive(peer->now() + 5s).kind, Kind::eof);
}

TEST_P(LivePeerTls, ReadsWhileItWritesSoThatAnEchoBlocksNobody) {
    Certificate const certificate;
    ServerTls const tls{certificate, GetParam()};
    Listener const listener{echo(tls)};
    auto const peer = connector(tls_target(listener.port()))();
    std::string const much(8U << 20U, 'x');
    peer->send(wire::as_bytes(much));
    peer->half_close();
    auto const heard = hear(*peer, 30s);
    EXPECT_EQ(heard.text.size(), much.size());
    EXPECT_EQ(heard.end, Kind::eof);
}

TEST_P(LivePeerTls, TakesAnEndWithoutCloseNotifyForAnEnd) {
    Certificate const certificate;
    ServerTls const tls{certificate, GetParam()};
    Listener const listener{[&](int peer) {
        auto const session = tls.accept(peer);
        if (session) write_tls(session.get(), "bye");
        ::shutdown(peer, SHUT_WR);
        testing::drain(peer);
    }};
    auto const peer = connector(tls_target(listener.port()))();
    auto received = peer->receive(peer->now() + 5s);
    EXPECT_EQ(wire::as_text(received.data), "bye");
    EXPECT_EQ(peer->receive(peer->now() + 5s).kind, Kind::eof);
}

TEST_P(LivePeerTls, TellsReset) {
    Certificate const certificate;
    ServerTls const tls{certificate, GetParam()};
    Listener const listener{[&](int peer) {
        auto const session = tls.accept(peer);
        if (session) read_tls(session.get());
        testing::close_with_reset(peer);
    }};
    auto const peer = connector(tls_target(listener.port()))();
    peer->send(wire::as_bytes("x"));
    EXPECT_EQ(hear(*peer).end, Kind::reset);
}

TEST_P(LivePeerTls, TakesBytesThatAreNoTlsForABrokenTransport) {
    Certificate const certificate;
    ServerTls const tls{certificate, GetParam()};
    Listener const listener{[&](int peer) {
        auto const session = tls.accept(peer);
        if (session) testing::write_all(peer, std::string(100, '\x7f'));
        testing::drain(peer);
    }};
    auto const peer = connector(tls_target(listener.port()))();
    EXPECT_EQ(peer->receive(peer->now() + 5s).kind, Kind::reset);
}

TEST_P(LivePeerTls, NamesTheVersion) {
    Certificate const certificate;
    ServerTls const tls{certificate, GetParam()};
    Listener const listener{echo(tls)};
    EXPECT_EQ(negotiated_tls(tls_target(listener.port())),
              GetParam() == TLS1_3_VERSION ? "TLSv1.3" : "TLSv1.2");
}

INSTANTIATE_TEST_SUITE_P(Versions, LivePeerTls, ::testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
                         [](auto const& version) {
                             return version.param == TLS1_3_VERSION ? "Tls13" : "Tls12";
                         });

TEST(ConnectorTls, HasNoVersionWithoutTls) {
    EXPECT_EQ(negotiated_tls(TargetOptions{}), "");
}

TEST(ConnectorTls, VerifiesTheCertificateUnlessTold) {
    Certificate const certificate{"IP:127.0.0.1,DNS:localhost"};
    ServerTls const tls{certificate, TLS1_3_VERSION};
    Listener const listener{echo(tls)};
    auto options = tls_target(listener.port());
    options.tls.insecure = false;
    auto const words = why_unreachable(options);
    EXPECT_THAT(words, HasSubstr("is not trusted: self-signed certificate"));
    EXPECT_THAT(words, HasSubstr("--cacert"));
    EXPECT_THAT(words, HasSubstr("--insecure"));

    options.tls.ca_file = certificate.certificate_file();
    auto const peer = connector(options)();
    peer->send(wire::as_bytes("x"));
    EXPECT_EQ(peer->receive(peer->now() + 5s).kind, Kind::bytes);
}

TEST(ConnectorTls, VerifiesTheName) {
    Certificate const certificate{"DNS:other.example"};
    ServerTls const tls{certificate, TLS1_3_VERSION};
    Listener const listener{echo(tls)};
    auto options = tls_target(listener.port(), "localhost");
    options.tls.insecure = false;
    options.tls.ca_file = certificate.certificate_file();
    EXPECT_THAT(why_unreachable(options), HasSubstr("hostname mismatch"));
    options.url.host = "127.0.0.1";
    EXPECT_THAT(why_unreachable(options), HasSubstr("IP address mismatch"));
    options.tls.server_name = "other.example";
    auto const peer = connector(options)();
    peer->send(wire::as_bytes("x"));
    EXPECT_EQ(peer->receive(peer->now() + 5s).kind, Kind::bytes);
    EXPECT_EQ(tls.server_name(), "other.example");
}

TEST(ConnectorTls, SendsNoServerNameForAnAddress) {
    Certificate const certificate;
    ServerTls const tls{certificate, TLS1_3_VERSION};
    Listener const listener{echo(tls)};
    connector(tls_target(listener.port()))();
    EXPECT_EQ(tls.server_name(), "");
    connector(tls_target(listener.port(), "localhost"))();
    EXPECT_EQ(tls.server_name(), "localhost");
}

TEST(ConnectorTls, KeepsToTheVersionsAskedFor) {
    Certificate const certificate;
    ServerTls const tls{certificate, TLS1_2_VERSION};
    Listener const listener{echo(tls)};
    auto options = tls_target(listener.port());
    options.tls.minimum = "1.3";
    EXPECT_THAT(why_unreachable(options), HasSubstr("TLS handshake with 127.0.0.1:"));
    options.tls.minimum = "";
    options.tls.maximum = "1.2";
    EXPECT_EQ(negotiated_tls(options), "TLSv1.2");
    options.tls.maximum = "1.4";
    EXPECT_THROW(connector(options), std::runtime_error);
    options.tls.minimum = "1.3";
    options.tls.maximum = "1.2";
    EXPECT_THROW(connector(options), std::runtime_error);
}

TEST(ConnectorTls, PresentsAClientCertificate) {
    Certificate const certificate;
    Certificate const client{"email:ann@example.com"};
    ServerTls const tls{certificate, TLS1_3_VERSION, client};
    Listener const listener{echo(tls)};
    auto options = tls_target(listener.port());
    EXPECT_EQ(why_unreachable(options), "dropped");
    options.tls.certificate_file = client.certificate_file();
    options.tls.key_file = client.key_file();
    auto const peer = connector(options)();
    peer->send(wire::as_bytes("x"));
    EXPECT_EQ(peer->receive(peer->now() + 5s).kind, Kind::bytes);
}

TEST(ConnectorTls, ComplainsAboutFilesThatItCannotUse) {
    auto const complaint = [](TlsOptions const& tls) -> std::string {
        TargetOptions options;
        options.url.tls = true;
        options.url.host = "localhost";
        options.tls = tls;
        try {
            connector(options);
        } catch (std::runtime_error const& error) {
            return error.what();
        }
        return "no complaint";
    };
    Certificate const one;
    Certificate const other;
    EXPECT_THAT(complaint({.ca_file = "/nonexistent"}),
                HasSubstr("CA certificates from /nonexistent: No such file"));
    EXPECT_THAT(complaint({.ca_file = one.key_file()}), HasSubstr("CA certificates"));
    EXPECT_THAT(complaint({.certificate_file = "/nonexistent"}),
                HasSubstr("client certificate from /nonexistent"));
    EXPECT_THAT(
        complaint({.certificate_file = one.certificate_file(), .key_file = other.key_file()}),
        HasSubstr("key values mismatch"));
    EXPECT_THAT(complaint({.key_file = one.key_file()}), HasSubstr("--cert"));
    EXPECT_THAT(complaint({.keylog_file = "/nonexistent/log"}),
                HasSubstr("key log /nonexistent/log: No such file"));
}

TEST(ConnectorTls, AppendsToTheKeyLog) {
    Certificate const certificate;
    ServerTls const tls{certificate, TLS1_3_VERSION};
    Listener const listener{echo(tls)};
    auto options = tls_target(listener.port());
    options.tls.keylog_file = certificate.folder() + "/keys";
    std::ofstream{options.tls.keylog_file} << "# kept\n";
    auto const connect = connector(options);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([&] { connect(); });
    for (auto& thread : threads) thread.join();

    std::ifstream file{options.tls.keylog_file};
    std::string line;
    std::getline(file, line);
    EXPECT_EQ(line, "# kept");
    int secrets = 0;
    while (std::getline(file, line)) {
        if (line.starts_with("CLIENT_TRAFFIC_SECRET_0 ")) ++secrets;
        EXPECT_THAT(line, ::testing::MatchesRegex("[A-Z_0-9]+ [0-9a-f]+ [0-9a-f]+"));
    }
    EXPECT_EQ(secrets, 4);
}

TEST(ConnectorTls, TellsThatTheOtherSideSpeaksNoTls) {
    Listener const talks{[](int peer) {
        testing::read_some(peer);
        testing::write_all(peer, "HTTP/1.1 400 Bad Request\r\n\r\n");
        testing::drain(peer);
    }};
    EXPECT_THAT(why_unreachable(tls_target(talks.port())), HasSubstr("ws:// server"));
    Listener const hangs_up{[](int peer) { testing::read_some(peer); }};
    EXPECT_THAT(why_unreachable(tls_target(hangs_up.port())),
                HasSubstr("closed the connection during the TLS handshake"));
    Listener const deaf{[](int peer) { testing::drain(peer); }};
    auto options = tls_target(deaf.port());
    options.connect_timeout = 50ms;
    EXPECT_THAT(why_unreachable(options), HasSubstr("did not finish the TLS handshake in time"));
}

}  // namespace
}  // namespace wsproof::net
