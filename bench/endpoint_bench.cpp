// What a whole endpoint makes of a stream: masked messages in, echoes out, through events.
#include <benchmark/benchmark.h>

#include <string>

#include "bench/frames_inputs.hpp"
#include "reference_impl/protocol/endpoint.hpp"
#include "reference_impl/wire/frame.hpp"

namespace wsproof::bench {
namespace {

using reference::Endpoint;

Endpoint opened_server(std::string const& more_fields) {
    Endpoint endpoint(wire::Role::server);
    std::string request(opening_request);
    request.insert(request.size() - 2, more_fields);
    endpoint.receive(wire::as_bytes(request));
    endpoint.take_events();
    endpoint.take_output();
    return endpoint;
}

/// Sends every message back; the number of messages.
std::size_t echo(Endpoint& endpoint) {
    std::size_t messages = 0;
    for (auto const& event : endpoint.take_events()) {
        auto const* received = std::get_if<reference::event::Received>(&event);
        if (received == nullptr) continue;
        endpoint.send(received->message);
        ++messages;
    }
    return messages;
}

void echo_binary(benchmark::State& state) {
    FrameStream const stream(static_cast<std::size_t>(state.range(0)));
    auto endpoint = opened_server("");
    for (auto _ : state) {
        std::size_t messages = 0;
        stream.deliver([&](std::uint8_t const* data, std::size_t size) {
            endpoint.receive(std::as_bytes(std::span(data, size)));
            messages += echo(endpoint);
            benchmark::DoNotOptimize(endpoint.take_output());
        });
        stop_unless(messages == stream.count());
    }
    count_frames(state, stream);
}

void echo_text(benchmark::State& state, std::string const& more_fields) {
    auto const size = static_cast<std::size_t>(state.range(0));
    Texts texts(Alphabet::mixed, size);
    auto endpoint = opened_server(more_fields);
    for (auto _ : state) {
        auto const payload = wire::as_bytes(texts.next());
        auto const header = wire::header_for(wire::Opcode::text, size, wire::MaskingKey{});
        endpoint.receive(wire::encode_frame(header, payload));
        stop_unless(echo(endpoint) == 1);
        benchmark::DoNotOptimize(endpoint.take_output());
    }
    count_bytes(state, size);
}

void open_and_close(benchmark::State& state) {
    auto const header = wire::header_for(wire::Opcode::close, 0, wire::MaskingKey{});
    auto const close = wire::encode_frame(header, {});
    for (auto _ : state) {
        auto endpoint = opened_server("");
        endpoint.receive(close);
        benchmark::DoNotOptimize(endpoint.take_output());
        stop_unless(endpoint.transport_should_close());
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

BENCHMARK(echo_binary)->Name("endpoint_echo/wsproof")->Apply(payload_sizes);
BENCHMARK_CAPTURE(echo_text, text, "")->Name("endpoint_text/wsproof")->Apply(text_sizes);
BENCHMARK_CAPTURE(echo_text, deflate, "Sec-WebSocket-Extensions: permessage-deflate\r\n")
    ->Name("endpoint_deflate/wsproof")
    ->Apply(text_sizes);
BENCHMARK(open_and_close)->Name("endpoint_open_close/wsproof");

}  // namespace
}  // namespace wsproof::bench
