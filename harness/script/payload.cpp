#include "harness/script/payload.hpp"

#include <algorithm>
#include <array>

#include "harness/script/overloaded.hpp"
#include "reference_impl/wire/deflate.hpp"
#include "reference_impl/wire/utf8.hpp"

namespace wsproof::script {

namespace {

/// SplitMix64: the whole state is one number, so that equal seed and size give equal bytes on every
/// machine.
std::uint64_t next(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

wire::Bytes random_bytes(std::size_t size, std::uint64_t seed) {
    std::uint64_t state = seed ^ (static_cast<std::uint64_t>(size) * 0xD1342543DE82EF95ULL);
    wire::Bytes bytes(size);
    for (std::size_t at = 0; at < size; at += 8) {
        std::uint64_t word = next(state);
        for (std::size_t i = at; i < std::min(at + 8, size); ++i, word >>= 8U)
            bytes[i] = static_cast<std::byte>(word & 0xFFU);
    }
    return bytes;
}

wire::Bytes repeated(wire::Bytes const& unit, std::size_t count) {
    wire::Bytes bytes;
    bytes.reserve(unit.size() * count);
    for (std::size_t i = 0; i < count && !unit.empty(); ++i) wire::append(bytes, unit);
    return bytes;
}

wire::Bytes close_body(CloseBody const& body, std::uint64_t seed) {
    wire::Bytes bytes{static_cast<std::byte>(body.code >> 8U),
                      static_cast<std::byte>(body.code & 0xFFU)};
    if (!body.reason.empty()) wire::append(bytes, evaluate(body.reason.front(), seed));
    return bytes;
}

void write_block(Block const& block, std::uint64_t seed, wire::BlockWriter& to) {
    if (block.kind == wire::BlockKind::stored)
        return to.stored(evaluate(block.parts.front().literals.front(), seed), block.final);
    to.begin(block.kind, block.final);
    for (auto const& part : block.parts) {
        if (part.literals.empty())
            to.copy(part.copy.length, part.copy.distance);
        else
            to.literals(evaluate(part.literals.front(), seed));
    }
    to.end();
}

wire::Bytes write_blocks(Blocks const& blocks, std::uint64_t seed) {
    wire::BlockWriter writer;
    for (auto const& block : blocks.blocks) write_block(block, seed, writer);
    return writer.finish();
}

std::string with_separators(std::size_t number) {
    auto digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
    return digits;
}

std::string counted(std::size_t size, std::string const& adjective = {}) {
    return with_separators(size) + " " + adjective + (size == 1 ? "byte" : "bytes");
}

constexpr std::size_t words_limit = 40;

/// Control characters and broken UTF-8 are escaped: these words go to terminals and pages.
std::string printable(std::string_view text) {
    bool const valid = wire::is_valid_utf8(wire::as_bytes(text));
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        auto const after = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
        bool const c1 = byte == 0xC2 && after >= 0x80 && after < 0xA0;
        bool const escaped = byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !valid) || c1;
        if (!escaped) {
            result += text[i];
            continue;
        }
        result += "\\x" + wire::to_hex(wire::as_bytes(text.substr(i, c1 ? 2 : 1)));
        if (c1) ++i;
    }
    return result;
}

std::string text_in_words(std::string_view text) {
    if (text.size() <= words_limit) return "'" + printable(text) + "'";
    auto cut = words_limit;
    while (cut > words_limit - 4 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
    return "'" + printable(text.substr(0, cut)) + "…' (" + counted(text.size()) + ")";
}

std::string hex_in_words(wire::Bytes const& bytes) {
    if (bytes.empty()) return "''";
    constexpr std::size_t shown = 16;
    std::string words = "bytes";
    for (std::size_t i = 0; i < std::min(bytes.size(), shown); ++i)
        words += " " + wire::to_hex(wire::ByteView(bytes).subspan(i, 1));
    if (bytes.size() > shown) words += " … (" + counted(bytes.size()) + ")";
    return words;
}

/// "a fixed block, a final stored block"
std::string blocks_in_words(Blocks const& blocks) {
    constexpr std::size_t shown = 4;
    constexpr std::array kinds{"stored", "fixed", "dynamic"};
    if (blocks.blocks.empty()) return "no DEFLATE block";
    std::string words;
    for (std::size_t i = 0; i < std::min(blocks.blocks.size(), shown); ++i) {
        auto const& block = blocks.blocks[i];
        words += std::string(i == 0 ? "" : ", ") + "a " + (block.final ? "final " : "") +
                 kinds.at(static_cast<std::size_t>(block.kind)) + " block";
    }
    return blocks.blocks.size() > shown ? words + ", …" : words;
}

std::string joined_in_words(Join const& join) {
    if (join.parts.empty()) return "''";
    constexpr std::size_t shown = 4;
    std::string words;
    for (std::size_t i = 0; i < std::min(join.parts.size(), shown); ++i)
        words += (i == 0 ? "" : " + ") + in_words(join.parts[i]);
    return join.parts.size() > shown ? words + " + …" : words;
}

}  // namespace

wire::Bytes evaluate(Payload const& payload, std::uint64_t seed) {
    return std::visit(
        Overloaded{[](Literal const& literal) { return wire::to_bytes(literal.text); },
                   [](Hex const& hex) { return hex.bytes; },
                   [&](Times const& times) {
                       return repeated(evaluate(times.of.front(), seed), times.count);
                   },
                   [&](Join const& join) {
                       wire::Bytes bytes;
                       for (auto const& part : join.parts)
                           wire::append(bytes, evaluate(part, seed));
                       return bytes;
                   },
                   [&](Random const& random) { return random_bytes(random.size, seed); },
                   [&](Deflate const& deflate) {
                       return wire::Deflater(15).compress(evaluate(deflate.of.front(), seed));
                   },
                   [&](Blocks const& blocks) { return write_blocks(blocks, seed); },
                   [&](CloseBody const& body) { return close_body(body, seed); }},
        payload.form);
}

std::string in_words(Payload const& payload) {
    return std::visit(
        Overloaded{
            [](Literal const& literal) { return text_in_words(literal.text); },
            [](Hex const& hex) { return hex_in_words(hex.bytes); },
            [](Times const& times) {
                return with_separators(times.count) + " × " + in_words(times.of.front());
            },
            [](Join const& join) { return joined_in_words(join); },
            [](Random const& random) { return counted(random.size, "random "); },
            [](Deflate const& deflate) { return in_words(deflate.of.front()) + " compressed"; },
            [](Blocks const& blocks) { return blocks_in_words(blocks); },
            [](CloseBody const& body) {
                auto const code = std::to_string(body.code);
                return body.reason.empty() ? code : code + " " + in_words(body.reason.front());
            }},
        payload.form);
}

}  // namespace wsproof::script
