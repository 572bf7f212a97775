// Text in pieces: the validator finds the same first impossible byte as arithmetic does, whatever
// the pieces, and says the same of the end (RFC 6455 8.1).
#include "fuzz/target.hpp"
#include "fuzz/targets/input.hpp"
#include "fuzz/targets/plain_utf8.hpp"
#include "reference_impl/wire/utf8.hpp"

namespace wsproof::fuzz {

/// The number of sizes (8 at most), these, and the text, which goes in pieces of these sizes.
WSPROOF_FUZZ_TARGET(utf8) {
    Input input(data);
    auto const sizes = input.take(1 + input.byte() % 8);
    auto const text = input.rest();
    wire::Utf8Validator validator;
    bool valid = true;
    for (std::size_t piece = 0; !input.empty(); ++piece)
        valid = validator.feed(
            input.take(std::max(1U, std::to_integer<unsigned>(sizes[piece % sizes.size()]))));

    auto const plain = read_plain_utf8(text);
    auto const position = validator.error_position();
    require(valid == !plain.impossible, "the same verdict as arithmetic gives");
    require(position.has_value() == plain.impossible.has_value() &&
                position.value_or(0) == plain.impossible.value_or(0),
            "the same first impossible byte", [&] { return std::to_string(position.value_or(0)); });
    require(plain.impossible || validator.complete() == plain.complete,
            "the same about the last character");
    require(wire::is_valid_utf8(text) == (valid && plain.complete), "the same of the whole text");
}

}  // namespace wsproof::fuzz
