// Boost.Beast's websocket::stream over a stream in memory, for comparison.
#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/_experimental/test/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>

#include "fuzz/targets/hearing_endpoint.hpp"
#include "fuzz/targets/input.hpp"

namespace wsproof::fuzz {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;

class BeastListener {
public:
    BeastListener(wire::Role role, bool deflate) {
        websocket::permessage_deflate option;
        option.server_enable = option.client_enable = deflate;
        stream_.set_option(option);
        stream_.read_message_max(largest_message);
        stream_.control_callback([this](websocket::frame_type kind, beast::string_view data) {
            if (kind == websocket::frame_type::ping)
                heard_.pings.push_back(wire::to_bytes(std::string_view{data.data(), data.size()}));
        });
        stream_.next_layer().connect(other_end_);
        auto const opened = [this](beast::error_code error) { error ? end(error) : read(); };
        if (role == wire::Role::server) {
            stream_.async_accept(opened);
            receive(wire::as_bytes(request_offering(deflate)));
        } else {
            stream_.async_handshake("localhost", "/", opened);
            io_.poll();
            auto const request = other_end_.str();
            auto const response = response_to({request.data(), request.size()}, deflate);
            other_end_.clear();
            receive(wire::as_bytes(response));
        }
    }

    void receive(wire::ByteView bytes) {
        beast::error_code gone;  // whoever has closed hears no more
        asio::write(other_end_, asio::buffer(bytes.data(), bytes.size()), gone);
        io_.restart();
        io_.poll();
    }

    Heard finish() {
        auto const output = other_end_.str();
        heard_.sent = code_sent_in(
            behind_head(wire::as_bytes(std::string_view{output.data(), output.size()})));
        return std::move(heard_);
    }

private:
    void read() {
        stream_.async_read(buffer_, [this](beast::error_code error, std::size_t) {
            if (error) return end(error);
            auto const* const data = static_cast<std::byte const*>(buffer_.data().data());
            heard_.messages.push_back({stream_.got_text(), {data, data + buffer_.size()}});
            buffer_.clear();
            read();
        });
    }

    void end(beast::error_code error) {
        auto const is_closed = error == websocket::error::closed;
        heard_.end = is_closed ? Heard::End::closed : Heard::End::failed;
        heard_.why = error.message();
        auto const code = stream_.reason().code;
        if (is_closed && code != websocket::close_code::none) heard_.got = code;
    }

    asio::io_context io_{1};
    beast::test::stream other_end_{io_};
    websocket::stream<beast::test::stream> stream_{io_};
    beast::flat_buffer buffer_{2 * largest_message};
    Heard heard_ = {};
};

}  // namespace

Heard heard_by_beast(wire::Role role, bool deflate, wire::ByteView stream, std::size_t piece) {
    BeastListener listener(role, deflate);
    Input input(stream);
    while (!input.empty()) listener.receive(input.take(piece == 0 ? stream.size() : piece));
    return listener.finish();
}

}  // namespace wsproof::fuzz
