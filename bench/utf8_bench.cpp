// Validation of UTF-8 (RFC 6455 8.1); wslay's validator cannot be called on its own.
#include <boost/beast/websocket/detail/utf8_checker.hpp>

#include "bench/inputs.hpp"
#include "reference_impl/wire/utf8.hpp"

namespace wsproof::bench {
namespace {

bool valid_for_wsproof(char const* text, std::size_t size) {
    return wire::is_valid_utf8(wire::as_bytes({text, size}));
}

bool valid_for_beast(char const* text, std::size_t size) {
    return boost::beast::websocket::detail::check_utf8(text, size);
}

class WsproofValidator {
public:
    bool feed(char const* text, std::size_t size) {
        return validator_.feed(wire::as_bytes({text, size}));
    }
    bool complete() const { return validator_.complete(); }

private:
    wire::Utf8Validator validator_ = {};
};

class BeastValidator {
public:
    bool feed(char const* text, std::size_t size) {
        return checker_.write(reinterpret_cast<std::uint8_t const*>(text), size);
    }
    bool complete() { return checker_.finish(); }

private:
    boost::beast::websocket::detail::utf8_checker checker_ = {};
};

BENCHMARK_CAPTURE(measure_texts, wsproof, Alphabet::ascii, valid_for_wsproof)
    ->Name("utf8_ascii/wsproof")
    ->Apply(text_sizes);
BENCHMARK_CAPTURE(measure_texts, beast, Alphabet::ascii, valid_for_beast)
    ->Name("utf8_ascii/beast")
    ->Apply(text_sizes);
BENCHMARK_CAPTURE(measure_texts, wsproof, Alphabet::mixed, valid_for_wsproof)
    ->Name("utf8_mixed/wsproof")
    ->Apply(text_sizes);
BENCHMARK_CAPTURE(measure_texts, beast, Alphabet::mixed, valid_for_beast)
    ->Name("utf8_mixed/beast")
    ->Apply(text_sizes);
BENCHMARK(measure_chunks<WsproofValidator>)->Name("utf8_mixed_chunks/wsproof")->Arg(65536);
BENCHMARK(measure_chunks<BeastValidator>)->Name("utf8_mixed_chunks/beast")->Arg(65536);

}  // namespace
}  // namespace wsproof::bench
