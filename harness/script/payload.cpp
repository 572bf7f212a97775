#include "harness/script/payload.hpp"

#include <algorithm>
#include <array>

#include "harness/script/overloaded.hpp"
#include "harness/script/split_mix.hpp"
#include "reference_impl/wire/deflate.hpp"
#include "reference_impl/wire/utf8.hpp"

namespace wsproof::script {

namespace {

wire::Bytes random_bytes(std::size_t size, std::uint64_t seed) {
    SplitMix random(seed ^ (static_cast<std::uint64_t>(size) * 0xD1342543DE82EF95ULL));
    wire::Bytes bytes(size);
    for (std::size_t at = 0; at < size; at += 8) {
        std::uint64_t word = random.next();
        for (std::size_t i = at; i < std::min(at + 8, size); ++i, word >>= 8U)
            bytes[i] = static_cast<std::byte>(word & 0xFFU);
    }
    return bytes;
}

/// Doubles what is there until it is enough.
wire::Bytes repeated(wire::Bytes const& unit, std::size_t count) {
    auto const size = unit.size() * count;
    if (unit.size() == 1) return wire::Bytes(size, unit.front());
    wire::Bytes bytes(size);
    auto there = std::min(size, unit.size());
    std::copy_n(unit.begin(), there, bytes.begin());
    while (there < size) {
        auto const more = std::min(there, size - there);
        std::copy_n(bytes.begin(), more, bytes.begin() + static_cast<std::ptrdiff_t>(there));
        there += more;
    }
    return bytes;
}

bool take(wire::ByteView& from, wire::ByteView expected) {
    auto const fits = from.size() >= expected.size() &&
                      std::equal(expected.begin(), expected.end(), from.begin());
    if (fits) from = from.subspan(expected.size());
    return fits;
}

/// Takes the payload off the front, part by part.
bool take(wire::ByteView& from, Payload const& payload, std::uint64_t seed) {
    if (auto const* const times = std::get_if<Times>(&payload.form)) {
        auto const unit = evaluate(times->of.front(), seed);
        if (from.size() < unit.size() * times->count) return false;
        for (std::size_t i = 0; i < times->count && !unit.empty(); ++i)
            if (!take(from, unit)) return false;
        return true;
    }
    if (auto const* const join = std::get_if<Join>(&payload.form))
        return std::all_of(join->parts.begin(), join->parts.end(),
                           [&](Payload const& part) { return take(from, part, seed); });
    return take(from, evaluate(payload, seed));
}

wire::Bytes close_body(CloseBody const& body, std::uint64_t seed, std::size_t nth) {
    wire::Bytes bytes{static_cast<std::byte>(body.code >> 8U),
                      static_cast<std::byte>(body.code & 0xFFU)};
    if (!body.reason.empty()) wire::append(bytes, evaluate(body.reason.front(), seed, nth));
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

wire::Bytes evaluate(Payload const& payload, std::uint64_t seed, std::size_t nth) {
    return std::visit(
        Overloaded{[](Literal const& literal) { return wire::to_bytes(literal.text); },
                   [](Hex const& hex) { return hex.bytes; },
                   [&](Times const& times) {
                       return repeated(evaluate(times.of.front(), seed, nth), times.count);
                   },
                   [&](Join const& join) {
                       wire::Bytes bytes;
                       for (auto const& part : join.parts)
                           wire::append(bytes, evaluate(part, seed, nth));
                       return bytes;
                   },
                   [&](Random const& random) { return random_bytes(random.size, seed); },
                   [&](Data const& data) { return slice(data, nth); },
                   [&](Deflate const& deflate) {
                       return wire::Deflater(15).compress(evaluate(deflate.of.front(), seed, nth));
                   },
                   [&](Blocks const& blocks) { return write_blocks(blocks, seed); },
                   [&](CloseBody const& body) { return close_body(body, seed, nth); }},
        payload.form);
}

bool spells(Payload const& payload, wire::ByteView bytes, std::uint64_t seed) {
    return take(bytes, payload, seed) && bytes.empty();
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
            [](Data const& data) {
                auto const* const unit = counts_bytes(data) ? " byte" : " character";
                return with_separators(data.length) + unit + (data.length == 1 ? "" : "s") +
                       " of the data set " + std::string(name_of(data.kind));
            },
            [](Deflate const& deflate) { return in_words(deflate.of.front()) + " compressed"; },
            [](Blocks const& blocks) { return blocks_in_words(blocks); },
            [](CloseBody const& body) {
                auto const code = std::to_string(body.code);
                return body.reason.empty() ? code : code + " " + in_words(body.reason.front());
            }},
        payload.form);
}

}  // namespace wsproof::script
