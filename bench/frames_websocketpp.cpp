// The same frames decoded by websocketpp over its iostream transport.
#include <sstream>
#include <websocketpp/config/core.hpp>
#include <websocketpp/server.hpp>

#include "bench/frames_inputs.hpp"

namespace wsproof::bench {
namespace {

using Server = websocketpp::server<websocketpp::config::core>;

void read_with_websocketpp(benchmark::State& state) {
    FrameStream const stream(static_cast<std::size_t>(state.range(0)));
    std::ostringstream output;
    Server server;
    server.clear_access_channels(websocketpp::log::alevel::all);
    server.clear_error_channels(websocketpp::log::elevel::all);
    server.register_ostream(&output);
    std::size_t frames = 0;
    server.set_message_handler([&](auto const&, auto const&) { ++frames; });
    auto const connection = server.get_connection();
    connection->start();
    connection->read_all(opening_request, sizeof opening_request - 1);
    for (auto _ : state) {
        frames = 0;
        stream.deliver([&](std::uint8_t const* data, std::size_t size) {
            connection->read_all(reinterpret_cast<char const*>(data), size);
        });
        stop_unless(frames == stream.count());
    }
    count_frames(state, stream);
}

BENCHMARK(read_with_websocketpp)->Name("frames/websocketpp")->Apply(payload_sizes);

}  // namespace
}  // namespace wsproof::bench
