// Decoding masked frames that arrive in pieces of 64 KiB, every check on: the frame reader of the
// reference beside Beast's stream and wslay's event API (websocketpp in a file of its own).
#include <wslay/wslay.h>

#include <boost/asio/io_context.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <cstring>

#include "bench/frames_inputs.hpp"
#include "reference_impl/protocol/frame_reader.hpp"

namespace wsproof::bench {
namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using boost::beast::error_code;

struct Counter {
    bool on_piece(reference::FramePiece const& piece) {
        frames += piece.ends ? 1U : 0U;
        benchmark::DoNotOptimize(piece.payload.data());
        return true;
    }
    bool on_violation(reference::Violation const&) { std::abort(); }
    std::size_t frames = 0;
};

void read_with_wsproof(benchmark::State& state) {
    FrameStream const stream(static_cast<std::size_t>(state.range(0)));
    reference::FrameReader reader(reference::Receiving{});
    std::vector<std::byte> piece(piece_size);
    for (auto _ : state) {
        Counter counter;
        stream.deliver([&](std::uint8_t const* data, std::size_t size) {
            std::memcpy(piece.data(), data, size);
            reader.read({piece.data(), size}, counter);
        });
        stop_unless(counter.frames == stream.count());
    }
    count_frames(state, stream);
}

/// What Beast reads from: the stream over and over, a piece at most in one read.
class MemoryStream {
public:
    using executor_type = asio::io_context::executor_type;

    explicit MemoryStream(asio::io_context& context) : executor_(context.get_executor()) {}

    executor_type get_executor() { return executor_; }

    void give(void const* data, std::size_t size) {
        data_ = static_cast<std::uint8_t const*>(data);
        left_ = size;
    }

    template <typename Buffers>
    std::size_t read_some(Buffers const& buffers, error_code& error) {
        auto const size =
            asio::buffer_copy(buffers, asio::buffer(data_, std::min(left_, piece_size)));
        if (size == 0) error = asio::error::eof;
        data_ += size;
        left_ -= size;
        return size;
    }
    template <typename Buffers>
    std::size_t read_some(Buffers const& buffers) {
        error_code error;
        return read_some(buffers, error);
    }

    template <typename Buffers>
    std::size_t write_some(Buffers const& buffers, error_code&) {
        return boost::beast::buffer_bytes(buffers);
    }
    template <typename Buffers>
    std::size_t write_some(Buffers const& buffers) {
        return boost::beast::buffer_bytes(buffers);
    }

private:
    executor_type executor_;
    std::uint8_t const* data_ = nullptr;
    std::size_t left_ = 0;
};

void teardown(boost::beast::role_type, MemoryStream&, error_code&) {}

/// Reads until there is nothing left; the number of frames.
std::size_t read_all(websocket::stream<MemoryStream>& socket, std::vector<std::uint8_t>& buffer) {
    std::size_t frames = 0;
    while (true) {
        error_code error;
        socket.read_some(asio::buffer(buffer), error);
        if (error) return frames;
        frames += socket.is_message_done() ? 1U : 0U;
    }
}

void read_with_beast(benchmark::State& state) {
    FrameStream const stream(static_cast<std::size_t>(state.range(0)));
    std::vector<std::uint8_t> buffer(piece_size);
    asio::io_context context;
    websocket::stream<MemoryStream> socket(context);
    socket.next_layer().give(opening_request, sizeof opening_request - 1);
    socket.accept();
    std::size_t frames = 0;
    for (auto _ : state) {
        socket.next_layer().give(stream.data(), stream.size());
        for (frames = 0; frames < stream.count();) {
            socket.read_some(asio::buffer(buffer));
            frames += socket.is_message_done() ? 1U : 0U;
        }
    }
    stop_unless(read_all(socket, buffer) == 0);
    count_frames(state, stream);
}

struct WslayInput {
    std::uint8_t const* data = nullptr;
    std::size_t left = 0;
    std::size_t frames = 0;
};

ssize_t give_to_wslay(wslay_event_context_ptr context, std::uint8_t* to, std::size_t size, int,
                      void* user_data) {
    auto& input = *static_cast<WslayInput*>(user_data);
    auto const given = std::min(size, input.left);
    if (given == 0) {
        wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
        return -1;
    }
    std::memcpy(to, input.data, given);
    input.data += given;
    input.left -= given;
    return static_cast<ssize_t>(given);
}

void count_with_wslay(wslay_event_context_ptr, wslay_event_on_msg_recv_arg const*,
                      void* user_data) {
    ++static_cast<WslayInput*>(user_data)->frames;
}

void read_with_wslay(benchmark::State& state) {
    FrameStream const stream(static_cast<std::size_t>(state.range(0)));
    WslayInput input;
    wslay_event_callbacks callbacks{};
    callbacks.recv_callback = give_to_wslay;
    callbacks.on_msg_recv_callback = count_with_wslay;
    wslay_event_context_ptr context = nullptr;
    wslay_event_context_server_init(&context, &callbacks, &input);
    for (auto _ : state) {
        input.frames = 0;
        stream.deliver([&](std::uint8_t const* data, std::size_t size) {
            input.data = data;
            input.left = size;
            stop_unless(wslay_event_recv(context) == 0);
        });
        stop_unless(input.frames == stream.count());
    }
    wslay_event_context_free(context);
    count_frames(state, stream);
}

BENCHMARK(read_with_wsproof)->Name("frames/wsproof")->Apply(payload_sizes);
BENCHMARK(read_with_beast)->Name("frames/beast")->Apply(payload_sizes);
BENCHMARK(read_with_wslay)->Name("frames/wslay")->Apply(payload_sizes);

}  // namespace
}  // namespace wsproof::bench
