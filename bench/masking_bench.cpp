// Masking in place (RFC 6455 5.3), with memcpy between two buffers as the limit.
#include <benchmark/benchmark.h>
#include <wslay/wslay.h>

#include <boost/beast/websocket/detail/mask.hpp>
#include <cstring>

#include "bench/inputs.hpp"
#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/masking_paths.hpp"

namespace wsproof::bench {
namespace {

constexpr wire::MaskingKey key{std::byte{0x37}, std::byte{0xFA}, std::byte{0x21}, std::byte{0x3D}};

/// Where payload data begin behind a masked header of two bytes in a buffer of its own.
constexpr std::size_t after_header = 6;

void mask_with_wsproof(benchmark::State& state, std::size_t offset) {
    Payload payload(static_cast<std::size_t>(state.range(0)), offset);
    auto const bytes = std::as_writable_bytes(std::span(payload.data(), payload.size()));
    for (auto _ : state) {
        wire::mask(bytes, key);
        benchmark::ClobberMemory();
    }
    count_bytes(state, payload.size());
}

[[gnu::flatten]] void mask_with_beast(benchmark::State& state, std::size_t offset) {
    namespace detail = boost::beast::websocket::detail;
    Payload payload(static_cast<std::size_t>(state.range(0)), offset);
    boost::asio::mutable_buffer const buffer(payload.data(), payload.size());
    for (auto _ : state) {
        detail::prepared_key prepared;
        detail::prepare_key(prepared, 0x3D21FA37);
        detail::mask_inplace(buffer, prepared);
        benchmark::ClobberMemory();
    }
    count_bytes(state, payload.size());
}

void copy_with_memcpy(benchmark::State& state, std::size_t offset) {
    Payload from(static_cast<std::size_t>(state.range(0)), offset);
    Payload to(static_cast<std::size_t>(state.range(0)), offset);
    for (auto _ : state) {
        std::memcpy(to.data(), from.data(), from.size());
        benchmark::ClobberMemory();
    }
    count_bytes(state, from.size());
}

void aligned(benchmark::State& state, void (*measure)(benchmark::State&, std::size_t)) {
    measure(state, 0);
}
void behind_header(benchmark::State& state, void (*measure)(benchmark::State&, std::size_t)) {
    measure(state, after_header);
}

BENCHMARK_CAPTURE(aligned, wsproof, mask_with_wsproof)
    ->Name("masking/wsproof")
    ->Apply(masking_sizes);
BENCHMARK_CAPTURE(aligned, beast, mask_with_beast)->Name("masking/beast")->Apply(masking_sizes);
BENCHMARK_CAPTURE(aligned, memcpy, copy_with_memcpy)->Name("masking/memcpy")->Apply(masking_sizes);
BENCHMARK_CAPTURE(behind_header, wsproof, mask_with_wsproof)
    ->Name("masking_unaligned/wsproof")
    ->Apply(masking_sizes);
BENCHMARK_CAPTURE(behind_header, beast, mask_with_beast)
    ->Name("masking_unaligned/beast")
    ->Apply(masking_sizes);
BENCHMARK_CAPTURE(behind_header, memcpy, copy_with_memcpy)
    ->Name("masking_unaligned/memcpy")
    ->Apply(masking_sizes);

/// Payload data of 16 to 125 bytes one after another, as short frames come.
template <typename Mask>
void mask_short_ones(benchmark::State& state, Mask mask) {
    Payload payload(256 * 1024, 0);
    ShortLengths const lengths(payload.size());
    for (auto _ : state) {
        auto* at = payload.data();
        for (auto const length : lengths.all()) {
            mask(at, length);
            at += length;
        }
        benchmark::ClobberMemory();
    }
    count_bytes(state, lengths.sum());
}

void mask_short_ones_with_wsproof(benchmark::State& state) {
    mask_short_ones(state, [](std::uint8_t* data, std::size_t size) {
        wire::mask(std::as_writable_bytes(std::span(data, size)), key);
    });
}

[[gnu::flatten]] void mask_short_ones_with_beast(benchmark::State& state) {
    mask_short_ones(state, [](std::uint8_t* data, std::size_t size) {
        boost::beast::websocket::detail::prepared_key prepared;
        boost::beast::websocket::detail::prepare_key(prepared, 0x3D21FA37);
        boost::beast::websocket::detail::mask_inplace(boost::asio::mutable_buffer(data, size),
                                                      prepared);
    });
}

BENCHMARK(mask_short_ones_with_wsproof)->Name("masking_short_ones/wsproof");
BENCHMARK(mask_short_ones_with_beast)->Name("masking_short_ones/beast");

void mask_by_path(benchmark::State& state, std::string_view name) {
    for (auto const& path : wire::masking_paths()) {
        if (path.name != name || !path.supported) continue;
        Payload payload(static_cast<std::size_t>(state.range(0)), 0);
        auto* const data = reinterpret_cast<std::byte*>(payload.data());
        for (auto _ : state) {
            path.mask(data, payload.size(), wire::repeated_key(key));
            benchmark::ClobberMemory();
        }
        return count_bytes(state, payload.size());
    }
    state.SkipWithError("not on this processor");
}

BENCHMARK_CAPTURE(mask_by_path, sse2, "sse2")->Name("masking/wsproof-sse2")->Range(64, 1 << 20);
BENCHMARK_CAPTURE(mask_by_path, portable, "portable")
    ->Name("masking/wsproof-portable")
    ->Range(64, 1 << 20);

/// wslay unmasks nowhere but in its frame reader, which copies through a buffer of 4 KiB.
struct WslayInput {
    wire::Bytes frame = {};
    std::size_t at = 0;
};

ssize_t receive_for_wslay(std::uint8_t* buffer, std::size_t size, int, void* user) {
    auto& input = *static_cast<WslayInput*>(user);
    auto const taken = std::min(size, input.frame.size() - input.at);
    std::memcpy(buffer, input.frame.data() + input.at, taken);
    input.at += taken;
    return static_cast<ssize_t>(taken);
}

void mask_with_wslay(benchmark::State& state) {
    auto const size = static_cast<std::size_t>(state.range(0));
    WslayInput input{.frame = wire::encode_frame(wire::header_for(wire::Opcode::binary, size, key),
                                                 wire::Bytes(size))};
    wslay_frame_callbacks const callbacks{nullptr, receive_for_wslay, nullptr};
    wslay_frame_context_ptr context = nullptr;
    stop_unless(wslay_frame_context_init(&context, &callbacks, &input) == 0);
    for (auto _ : state) {
        input.at = 0;
        for (std::size_t read = 0; read < size;) {
            wslay_frame_iocb iocb{};
            auto const got = wslay_frame_recv(context, &iocb);
            stop_unless(got >= 0);
            benchmark::DoNotOptimize(iocb.data);
            read += iocb.data_length;
        }
    }
    wslay_frame_context_free(context);
    count_bytes(state, size);
}

BENCHMARK(mask_with_wslay)->Name("masking/wslay")->Apply(masking_sizes);

}  // namespace
}  // namespace wsproof::bench
