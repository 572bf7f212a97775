// An echo server over WebSocket++, to test against: websocketpp PORT.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <websocketpp/config/asio_no_tls.hpp>
#include <websocketpp/extensions/permessage_deflate/enabled.hpp>
#include <websocketpp/server.hpp>

namespace {

/// The library's own configuration, with permessage-deflate and larger messages.
struct Configuration : websocketpp::config::asio {
    struct permessage_deflate_config {
        using request_type = websocketpp::config::asio::request_type;
        static bool const allow_disabling_context_takeover = true;
        static std::uint8_t const minimum_outgoing_window_bits = 8;
    };
    using permessage_deflate_type =
        websocketpp::extensions::permessage_deflate::enabled<permessage_deflate_config>;
    static std::size_t const max_message_size = std::size_t{64} << 20U;
};

using Server = websocketpp::server<Configuration>;

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("usage: websocketpp PORT\n", stderr);
        return 2;
    }
    try {
        Server server;
        server.clear_access_channels(websocketpp::log::alevel::all);
        server.clear_error_channels(websocketpp::log::elevel::all);
        server.init_asio();
        server.set_reuse_addr(true);
        server.set_message_handler(
            [&server](websocketpp::connection_hdl connection, Server::message_ptr message) {
                websocketpp::lib::error_code ignored;
                server.send(connection, message->get_payload(), message->get_opcode(), ignored);
            });
        server.listen("127.0.0.1", arguments[1]);
        server.start_accept();
        server.run();
    } catch (std::exception const& error) {
        std::fprintf(stderr, "websocketpp: %s\n", error.what());
        return 1;
    }
}
