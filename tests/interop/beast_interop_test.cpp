// The reference against Boost.Beast's websocket::stream, a voice of its own, in both roles.
#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "reference_impl/client/client.hpp"
#include "reference_impl/server/server.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "tests/net/listener.hpp"

namespace wsproof {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
namespace event = reference::event;
using asio::ip::tcp;
using PlainStream = websocket::stream<tcp::socket>;
using TlsStream = websocket::stream<asio::ssl::stream<tcp::socket>>;

constexpr std::chrono::seconds patience{20};

/// How the two sides meet.
struct Meeting {
    bool tls = false;
    bool deflate = false;
    bool no_context_takeover = false;
    int window_bits = 15;
};

std::string name_of(::testing::TestParamInfo<Meeting> const& meeting) {
    std::string name = meeting.param.tls ? "Tls" : "Plain";
    if (meeting.param.deflate) name += "Deflate";
    if (meeting.param.no_context_takeover) name += "NoContextTakeover";
    if (meeting.param.window_bits != 15) name += "Bits" + std::to_string(meeting.param.window_bits);
    return name;
}

websocket::permessage_deflate deflate_of(Meeting const& meeting) {
    websocket::permessage_deflate deflate;
    deflate.server_enable = meeting.deflate;
    deflate.client_enable = meeting.deflate;
    deflate.server_no_context_takeover = meeting.no_context_takeover;
    deflate.client_no_context_takeover = meeting.no_context_takeover;
    deflate.server_max_window_bits = meeting.window_bits;
    deflate.client_max_window_bits = meeting.window_bits;
    deflate.msg_size_threshold = 0;
    return deflate;
}

struct Sample {
    bool text = true;
    std::string data = {};
};

/// Sizes around every length form, what compresses and what does not.
std::vector<Sample> samples() {
    std::vector<Sample> list{{true, "Hello"}, {true, "κόσμε"}, {false, std::string(3, '\0')}};
    for (std::size_t const size : {1U, 125U, 126U, 127U, 65535U, 65536U, 1000000U}) {
        std::string noise(size, '\0');
        std::uint32_t state = 12345;
        for (char& c : noise) {
            state = state * 1664525U + 1013904223U;
            c = static_cast<char>(state >> 24U);
        }
        list.push_back({false, noise});
        list.push_back({true, std::string(size, 'x')});
    }
    return list;
}

template <typename Stream>
void open_client(Stream& stream, tcp::endpoint const& endpoint) {
    if constexpr (std::is_same_v<Stream, TlsStream>) {
        stream.next_layer().next_layer().connect(endpoint);
        stream.next_layer().handshake(asio::ssl::stream_base::client);
    } else {
        stream.next_layer().connect(endpoint);
    }
}

template <typename Stream>
void expect_echoes(Stream& stream, server::Server const& server, Meeting const& meeting) {
    open_client(stream, {asio::ip::address_v4::loopback(), server.port()});
    stream.set_option(deflate_of(meeting));
    websocket::response_type response;
    stream.handshake(response, "localhost", "/");
    EXPECT_EQ(response.count("Sec-WebSocket-Extensions") == 1, meeting.deflate);
    for (auto const& sample : samples()) {
        stream.text(sample.text);
        stream.write(asio::buffer(sample.data));
        beast::flat_buffer buffer;
        stream.read(buffer);
        EXPECT_EQ(stream.got_text(), sample.text);
        EXPECT_TRUE(beast::buffers_to_string(buffer.data()) == sample.data)
            << sample.data.size() << " bytes came back otherwise";
    }
    stream.close({websocket::close_code::normal, "bye"});
    EXPECT_EQ(stream.reason().code, websocket::close_code::normal);
}

class BeastClient : public ::testing::TestWithParam<Meeting> {};

TEST_P(BeastClient, IsEchoedByOurServer) {
    auto const& meeting = GetParam();
    server::ServerOptions options;
    options.tls = meeting.tls;
    server::Server const server{options};
    asio::io_context io;
    if (meeting.tls) {
        asio::ssl::context context{asio::ssl::context::tls_client};
        TlsStream stream{io, context};
        expect_echoes(stream, server, meeting);
    } else {
        PlainStream stream{io};
        expect_echoes(stream, server, meeting);
    }
}

/// Boost.Beast as a server that echoes one connection, on a thread of its own.
class BeastServer {
public:
    explicit BeastServer(Meeting const& meeting) : meeting_(meeting) {
        if (meeting.tls) {
            context_.use_certificate_chain_file(certificate_.certificate_file());
            context_.use_private_key_file(certificate_.key_file(), asio::ssl::context::pem);
        }
        thread_ = std::thread{[this] { serve(); }};
    }
    ~BeastServer() { thread_.join(); }
    BeastServer(BeastServer const&) = delete;
    BeastServer& operator=(BeastServer const&) = delete;

    std::uint16_t port() const { return port_; }
    beast::error_code end() {
        thread_.join();
        thread_ = std::thread{[] {}};
        return end_;
    }

private:
    void serve() {
        auto socket = acceptor_.accept();
        if (meeting_.tls) {
            TlsStream stream{std::move(socket), context_};
            stream.next_layer().handshake(asio::ssl::stream_base::server, end_);
            echo(stream);
        } else {
            PlainStream stream{std::move(socket)};
            echo(stream);
        }
    }

    template <typename Stream>
    void echo(Stream& stream) {
        stream.set_option(deflate_of(meeting_));
        if (!end_) stream.accept(end_);
        while (!end_) {
            beast::flat_buffer buffer;
            stream.read(buffer, end_);
            stream.text(stream.got_text());
            if (!end_) stream.write(buffer.data(), end_);
        }
    }

    Meeting meeting_;
    net::testing::Certificate certificate_;
    asio::io_context io_;
    asio::ssl::context context_{asio::ssl::context::tls_server};
    tcp::acceptor acceptor_{io_, {asio::ip::address_v4::loopback(), 0}};
    std::uint16_t port_ = acceptor_.local_endpoint().port();
    beast::error_code end_;
    std::thread thread_;
};

template <typename Kind>
std::optional<Kind> next(client::Client& client) {
    auto event = client.next(patience);
    if (!event || !std::holds_alternative<Kind>(*event)) return std::nullopt;
    return std::get<Kind>(std::move(*event));
}

class BeastEcho : public ::testing::TestWithParam<Meeting> {};

TEST_P(BeastEcho, IsUnderstoodByOurClient) {
    auto const& meeting = GetParam();
    BeastServer server{meeting};
    client::ClientOptions options;
    options.port = server.port();
    options.tls = meeting.tls;
    options.verify = false;
    client::Client client{options};
    auto const opened = next<event::Opened>(client);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->permessage_deflate, meeting.deflate);
    for (auto const& sample : samples()) {
        auto const kind =
            sample.text ? reference::MessageKind::text : reference::MessageKind::binary;
        client.send({kind, wire::to_bytes(sample.data)});
        auto const received = next<event::Received>(client);
        ASSERT_TRUE(received) << sample.data.size() << " bytes";
        EXPECT_EQ(received->message.kind, kind);
        EXPECT_TRUE(wire::as_text(received->message.data) == sample.data)
            << sample.data.size() << " bytes came back otherwise";
    }
    client.close(wire::status::normal_closure, "bye");
    auto const close = next<event::CloseReceived>(client);
    ASSERT_TRUE(close);
    EXPECT_EQ(close->code, wire::status::normal_closure);
    auto const closed = next<event::Closed>(client);
    ASSERT_TRUE(closed);
    EXPECT_TRUE(closed->clean);
    EXPECT_EQ(server.end(), websocket::error::closed);
}

auto const meetings = ::testing::Values(
    Meeting{}, Meeting{.deflate = true}, Meeting{.deflate = true, .no_context_takeover = true},
    Meeting{.deflate = true, .window_bits = 9}, Meeting{.tls = true},
    Meeting{.tls = true, .deflate = true});

INSTANTIATE_TEST_SUITE_P(Interop, BeastClient, meetings, name_of);
INSTANTIATE_TEST_SUITE_P(Interop, BeastEcho, meetings, name_of);

}  // namespace
}  // namespace wsproof
