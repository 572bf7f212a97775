// The same work done by websocketpp.
#include <websocketpp/frame.hpp>
#include <websocketpp/utf8_validator.hpp>

#include "bench/inputs.hpp"

namespace wsproof::bench {
namespace {

[[gnu::flatten]] void mask_with_websocketpp(benchmark::State& state, std::size_t offset) {
    Payload payload(static_cast<std::size_t>(state.range(0)), offset);
    websocketpp::frame::masking_key_type key;
    key.i = 0x3D21FA37;
    for (auto _ : state) {
        auto const prepared = websocketpp::frame::prepare_masking_key(key);
        websocketpp::frame::word_mask_circ(payload.data(), payload.size(), prepared);
        benchmark::ClobberMemory();
    }
    count_bytes(state, payload.size());
}

void mask_aligned(benchmark::State& state) {
    mask_with_websocketpp(state, 0);
}
void mask_behind_header(benchmark::State& state) {
    mask_with_websocketpp(state, 6);
}

BENCHMARK(mask_aligned)->Name("masking/websocketpp")->Apply(masking_sizes);
BENCHMARK(mask_behind_header)->Name("masking_unaligned/websocketpp")->Apply(masking_sizes);

[[gnu::flatten]] void mask_short_ones(benchmark::State& state) {
    Payload payload(256 * 1024, 0);
    ShortLengths const lengths(payload.size());
    websocketpp::frame::masking_key_type key;
    key.i = 0x3D21FA37;
    for (auto _ : state) {
        auto* at = payload.data();
        for (auto const length : lengths.all()) {
            auto const prepared = websocketpp::frame::prepare_masking_key(key);
            websocketpp::frame::word_mask_circ(at, length, prepared);
            at += length;
        }
        benchmark::ClobberMemory();
    }
    count_bytes(state, lengths.sum());
}

BENCHMARK(mask_short_ones)->Name("masking_short_ones/websocketpp");

bool valid_for_websocketpp(char const* text, std::size_t size) {
    websocketpp::utf8_validator::validator validator;
    return validator.decode(text, text + size) && validator.complete();
}

class WebsocketppValidator {
public:
    bool feed(char const* text, std::size_t size) { return validator_.decode(text, text + size); }
    bool complete() { return validator_.complete(); }

private:
    websocketpp::utf8_validator::validator validator_ = {};
};

BENCHMARK_CAPTURE(measure_texts, websocketpp, Alphabet::ascii, valid_for_websocketpp)
    ->Name("utf8_ascii/websocketpp")
    ->Apply(text_sizes);
BENCHMARK_CAPTURE(measure_texts, websocketpp, Alphabet::mixed, valid_for_websocketpp)
    ->Name("utf8_mixed/websocketpp")
    ->Apply(text_sizes);
BENCHMARK(measure_chunks<WebsocketppValidator>)->Name("utf8_mixed_chunks/websocketpp")->Arg(65536);

}  // namespace
}  // namespace wsproof::bench
