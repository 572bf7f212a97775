// Boost.Beast 1.81's websocket::stream as a server, with its opening handshake and
// permessage-deflate, over a stream in memory.
#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/_experimental/test/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <wsproof/kit.hpp>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace kit = wsproof::kit;
namespace websocket = boost::beast::websocket;

/// A connection that echoes every message.
class Connection {
public:
    Connection() {
        websocket::permessage_deflate deflate;
        deflate.server_enable = true;
        stream_.set_option(deflate);
        stream_.next_layer().connect(client_);
        stream_.async_accept([this](beast::error_code error) { error ? end() : read(); });
    }

    kit::Answer operator()(std::optional<kit::ByteView> arrived) {
        beast::error_code gone;  // whoever has closed hears no more
        if (arrived)
            asio::write(client_, asio::buffer(arrived->data(), arrived->size()), gone);
        else
            client_.close();
        io_.restart();
        io_.poll();
        auto const written = std::as_bytes(std::span(client_.str()));
        kit::Answer answer{{written.begin(), written.end()}, is_over_};
        client_.clear();
        return answer;
    }

private:
    void read() {
        stream_.async_read(
            buffer_, [this](beast::error_code error, std::size_t) { error ? end() : write(); });
    }

    void write() {
        stream_.text(stream_.got_text());
        stream_.async_write(buffer_.data(), [this](beast::error_code error, std::size_t) {
            buffer_.clear();
            error ? end() : read();
        });
    }

    void end() { is_over_ = true; }

    asio::io_context io_{1};
    beast::test::stream client_{io_};  ///< the other end
    websocket::stream<beast::test::stream> stream_{io_};
    /// Bounded: for a compressed frame Beast asks its buffer for as much as the header declares,
    /// and an unbounded one throws std::bad_alloc out of the io_context, or has it (RFC 6455 10.4).
    beast::flat_buffer buffer_{std::size_t{1} << 18U};
    bool is_over_ = false;
};

constexpr auto final_block =
    "cannot read a block with BFINAL set, which RFC 7692 7.2.3.4 shows, and drops TCP";

/// Where Beast departs from the RFCs, so that everything else is found.
std::vector<kit::Difference> const known{
    {"6455/8.1/truncated-character-fails", "\"continuation\": \"\"",
     "takes a text that an empty fragment ends within a character (RFC 6455 8.1)"},
    {"6455/5.4/fragments-reassembled", "\"rsv1\": true", final_block},
    {"6455/5.5.2/ping-answered", "\"rsv1\": true", final_block},
    {"the end depends on how the bytes are cut", "\"declares\"",
     "a compressed frame that declares more than the buffer takes is waited for, or dropped at "
     "once "
     "(RFC 6455 10.4 leaves limits to everybody)"},
};

}  // namespace

WSPROOF_FUZZ_SERVER({.offers_deflate = true, .known = known}, kit::factory_of<Connection>())
