// Reads payloads: "text", {hex}, {times}, {join}, {random}, {data}, {deflate}, {blocks}.
#include <array>

#include "harness/script/grammar.hpp"
#include "harness/script/reading.hpp"

namespace wsproof::script {

namespace {

constexpr std::size_t size_limit = 64U << 20U;  // four times what the largest case needs
constexpr std::array<std::string_view, 7> forms{"hex",  "times",   "join",  "random",
                                                "data", "deflate", "blocks"};
constexpr std::array<std::string_view, 4> block_keys{"stored", "fixed", "dynamic", "final"};
constexpr std::array<std::string_view, 2> copy_keys{"length", "distance"};

struct Sized {
    Payload payload;
    std::size_t size = 0;  ///< at most; what the player will have to keep
};

Sized read(Node const& node);

std::size_t checked(std::size_t size, Node const& node) {
    if (size > size_limit) throw Wrong(node.line, "expected a payload of at most 64 MiB");
    return size;
}

Sized read_hex(Node const& node) {
    auto bytes = wire::from_hex(as_text(node, "hexadecimal digits"));
    if (!bytes)
        throw Wrong(node.line,
                    "expected hexadecimal digits, two a byte, found " + kind_in_words(node));
    auto const size = bytes->size();
    return {{Hex{std::move(*bytes)}}, size};
}

Sized read_times(Node const& node) {
    if (!node.is(Node::Kind::list) || node.items.size() != 2)
        wrong_kind(node, "[count, payload] for \"times\"");
    auto const count = static_cast<std::size_t>(as_number(node.items[0], 0, size_limit, "a count"));
    auto of = read(node.items[1]);
    // Both are at most 2^26, so the product fits.
    auto const size = checked(count * of.size, node);
    Times times{count, {}};
    times.of.push_back(std::move(of.payload));
    return {{std::move(times)}, size};
}

Sized read_join(Node const& node) {
    if (!node.is(Node::Kind::list)) wrong_kind(node, "a list of payloads for \"join\"");
    Join join;
    std::size_t size = 0;
    for (auto const& item : node.items) {
        auto part = read(item);
        size = checked(size + part.size, item);
        join.parts.push_back(std::move(part.payload));
    }
    return {{std::move(join)}, size};
}

Sized read_deflate(Node const& node) {
    auto of = read(node);
    Deflate deflate;
    deflate.of.push_back(std::move(of.payload));
    return {{std::move(deflate)}, of.size + 64};
}

bool is_copy(Node const& node) {
    return node.find("length") != nullptr || node.find("distance") != nullptr;
}

Copy read_copy(Node const& node) {
    check_keys(node, copy_keys, "a copy");
    auto const number = [&node](std::string_view key, std::uint64_t least, std::uint64_t most) {
        auto const* found = node.find(key);
        if (found == nullptr)
            throw Wrong(node.line, "expected \"length\" and \"distance\" of a copy");
        return static_cast<std::uint32_t>(
            as_number(*found, least, most, "the " + std::string(key) + " of a copy"));
    };
    return {number("length", 3, wire::longest_copy),
            number("distance", 1, wire::longest_copy_distance)};
}

/// `size` counts what the part can take at most when it is written.
BlockPart read_part(Node const& node, std::size_t& size) {
    if (is_copy(node)) {
        size += 6;
        return {{}, read_copy(node)};
    }
    auto of = read(node);
    size = checked(size + 2 * of.size, node);
    BlockPart part{{}, {}};
    part.literals.push_back(std::move(of.payload));
    return part;
}

Block read_stored(Node const& node, std::size_t& size) {
    auto const before = size;
    Block block{wire::BlockKind::stored, false, {}};
    block.parts.push_back(read_part(node, size));
    auto const literals = (size - before) / 2;
    if (block.parts.front().literals.empty() || literals > wire::longest_stored_block)
        throw Wrong(node.line, "expected a payload of at most 65,535 bytes in a stored block");
    return block;
}

Block read_compressed(Node const& node, wire::BlockKind kind, std::size_t& size) {
    Block block{kind, false, {}};
    if (!node.is(Node::Kind::list)) {
        block.parts.push_back(read_part(node, size));
        return block;
    }
    for (auto const& item : node.items) block.parts.push_back(read_part(item, size));
    return block;
}

Block read_block(Node const& node, std::size_t& size) {
    std::string const expected = "a block: { stored: payload }, { fixed: […] } or { dynamic: […] }";
    as_object(node, expected);
    check_keys(node, block_keys, "a block");
    auto const* final = node.find("final");
    auto const kinds = node.members.size() - (final != nullptr ? 1 : 0);
    if (kinds != 1) throw Wrong(node.line, "expected " + expected);
    size = checked(size + 128, node);  // the codes of a dynamic block are the longest head
    Block block;
    if (auto const* stored = node.find("stored")) block = read_stored(*stored, size);
    if (auto const* fixed = node.find("fixed"))
        block = read_compressed(*fixed, wire::BlockKind::fixed, size);
    if (auto const* dynamic = node.find("dynamic"))
        block = read_compressed(*dynamic, wire::BlockKind::dynamic, size);
    block.final = final != nullptr && as_boolean(*final, "final");
    return block;
}

Sized read_blocks(Node const& node) {
    if (!node.is(Node::Kind::list)) wrong_kind(node, "a list of blocks for \"blocks\"");
    Blocks blocks;
    std::size_t size = 1;
    for (auto const& item : node.items) blocks.blocks.push_back(read_block(item, size));
    return {{std::move(blocks)}, checked(size, node)};
}

/// The one form that has a second key.
Sized read_data(Node const& node) {
    static constexpr std::array<std::string_view, 3> keys{"data", "length", "bytes"};
    check_keys(node, keys, "a slice of a data set");
    Data data;
    data.kind = static_cast<DataKind>(as_word(*node.find("data"), data_set_names, "a data set"));
    auto const* const length = node.find("length");
    auto const* const bytes = node.find("bytes");
    if ((length == nullptr) == (bytes == nullptr))
        throw Wrong(node.line, "expected either \"length\" or \"bytes\" beside \"data\"");
    data.unit = bytes != nullptr ? Data::Unit::bytes : Data::Unit::of_the_set;
    data.length = static_cast<std::size_t>(
        as_number(bytes != nullptr ? *bytes : *length, 0, data_set_size, "a length"));
    return {{data}, data.length * 4};  // bytes of a character, at most
}

Sized read(Node const& node) {
    if (node.is(Node::Kind::text)) return {{Literal{node.text}}, node.text.size()};
    auto const expected = "a payload: \"text\" or { " + listed(forms) + ": … }";
    as_object(node, expected);
    if (node.find("data") != nullptr) return read_data(node);
    check_keys(node, forms, "a payload");
    if (node.members.size() != 1)
        throw Wrong(node.line, "expected " + expected + ", found " +
                                   std::to_string(node.members.size()) + " keys");
    auto const& [key, line, value] = node.members.front();
    if (key == "hex") return read_hex(value);
    if (key == "times") return read_times(value);
    if (key == "join") return read_join(value);
    if (key == "deflate") return read_deflate(value);
    if (key == "blocks") return read_blocks(value);
    auto const size =
        static_cast<std::size_t>(as_number(value, 0, size_limit, "a number of random bytes"));
    return {{Random{size}}, size};
}

}  // namespace

Payload read_payload(Node const& node) {
    return read(node).payload;
}

}  // namespace wsproof::script
