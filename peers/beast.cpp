// An echo server over Boost.Beast's websocket::stream, to test against: beast PORT.
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket.hpp>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using asio::ip::tcp;

constexpr std::size_t largest_message = std::size_t{32} << 20U;

/// One connection; lives as long as an operation of it is under way.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    explicit Connection(tcp::socket socket) : stream_(std::move(socket)) {}

    void start() {
        websocket::permessage_deflate deflate;
        deflate.server_enable = true;
        stream_.set_option(deflate);
        stream_.read_message_max(largest_message);
        stream_.async_accept([self = shared_from_this()](beast::error_code error) {
            if (!error) self->read();
        });
    }

private:
    void read() {
        stream_.async_read(buffer_,
                           [self = shared_from_this()](beast::error_code error, std::size_t) {
                               if (!error) self->write();
                           });
    }

    void write() {
        stream_.text(stream_.got_text());
        stream_.async_write(buffer_.data(),
                            [self = shared_from_this()](beast::error_code error, std::size_t) {
                                self->buffer_.clear();
                                if (!error) self->read();
                            });
    }

    websocket::stream<beast::tcp_stream> stream_;
    beast::flat_buffer buffer_;
};

void accept(tcp::acceptor& acceptor) {
    acceptor.async_accept([&acceptor](beast::error_code error, tcp::socket socket) {
        if (!error) {
            beast::error_code ignored;
            socket.set_option(tcp::no_delay(true), ignored);
            std::make_shared<Connection>(std::move(socket))->start();
        }
        accept(acceptor);
    });
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("usage: beast PORT\n", stderr);
        return 2;
    }
    try {
        auto const port = static_cast<std::uint16_t>(std::strtoul(arguments[1], nullptr, 10));
        asio::io_context io{1};
        tcp::acceptor acceptor{io, {asio::ip::address_v4::loopback(), port}};
        accept(acceptor);
        io.run();
    } catch (std::exception const& error) {
        std::fprintf(stderr, "beast: %s\n", error.what());
        return 1;
    }
}
