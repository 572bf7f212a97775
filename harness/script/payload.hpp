// Payloads of the case language: text, bytes, and the few generators that a case may use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "harness/script/data_sets.hpp"
#include "reference_impl/wire/block_writer.hpp"
#include "reference_impl/wire/bytes.hpp"

namespace wsproof::script {

struct Payload;  // incomplete where the vectors below are declared: they go without "= {}"

/// Text of the case file; `${target.…}` in it is filled in when the case is played.
struct Literal {
    std::string text = {};
    bool operator==(Literal const&) const = default;
};
struct Hex {
    wire::Bytes bytes = {};
    bool operator==(Hex const&) const = default;
};
struct Times {
    std::size_t count = 0;
    std::vector<Payload> of;
    bool operator==(Times const&) const = default;
};  ///< exactly one element in `of`
struct Join {
    std::vector<Payload> parts;
    bool operator==(Join const&) const = default;
};
struct Random {
    std::size_t size = 0;
    bool operator==(Random const&) const = default;
};
/// permessage-deflate of one message (RFC 7692 7.2.1); exactly one element in `of`.
struct Deflate {
    std::vector<Payload> of;
    bool operator==(Deflate const&) const = default;
};
/// Within a DEFLATE block: so many bytes again from so far back (RFC 1951 3.2.5).
struct Copy {
    std::uint32_t length = 0;
    std::uint32_t distance = 0;
    bool operator==(Copy const&) const = default;
};
/// Bytes of a block, or a copy if there are none.
struct BlockPart {
    std::vector<Payload> literals;  ///< one or none
    Copy copy;
    bool operator==(BlockPart const&) const = default;
};
struct Block {
    wire::BlockKind kind = wire::BlockKind::stored;
    bool final = false;
    std::vector<BlockPart> parts;
    bool operator==(Block const&) const = default;
};
/// Compressed payload data of one message, block by block (RFC 7692 7.2.1).
struct Blocks {
    std::vector<Block> blocks;
    bool operator==(Blocks const&) const = default;
};
/// A Close frame's body: code and reason.
struct CloseBody {
    std::uint16_t code = 0;
    std::vector<Payload> reason;
    bool operator==(CloseBody const&) const = default;
};

struct Payload {
    std::variant<Literal, Hex, Times, Join, Random, Data, Deflate, Blocks, CloseBody> form =
        Literal{};
    bool operator==(Payload const&) const = default;
};

/// The bytes. `random` depends on the seed and its size alone, so that the same words in `send` and
/// `expect` mean the same bytes; `nth` counts the messages of an `exchange`, from 0.
wire::Bytes evaluate(Payload const& payload, std::uint64_t seed, std::size_t nth = 0);

/// Whether these are the bytes, without writing them out.
bool spells(Payload const& payload, wire::ByteView bytes, std::uint64_t seed);

/// "'Hello'", "65,536 random bytes", "1005": for people.
std::string in_words(Payload const& payload);

}  // namespace wsproof::script
