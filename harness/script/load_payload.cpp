// Reads payloads: "text", {hex}, {times}, {join}, {random}, {deflate}.
#include <array>

#include "harness/script/grammar.hpp"
#include "harness/script/reading.hpp"

namespace wsproof::script {

namespace {

constexpr std::size_t size_limit = 64U << 20U;  // four times what the largest case needs
constexpr std::array<std::string_view, 5> forms{"hex", "times", "join", "random", "deflate"};

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

Sized read(Node const& node) {
    if (node.is(Node::Kind::text)) return {{Literal{node.text}}, node.text.size()};
    auto const expected = "a payload: \"text\" or { " + listed(forms) + ": … }";
    as_object(node, expected);
    check_keys(node, forms, "a payload");
    if (node.members.size() != 1)
        throw Wrong(node.line, "expected " + expected + ", found " +
                                   std::to_string(node.members.size()) + " keys");
    auto const& [key, line, value] = node.members.front();
    if (key == "hex") return read_hex(value);
    if (key == "times") return read_times(value);
    if (key == "join") return read_join(value);
    if (key == "deflate") return read_deflate(value);
    auto const size =
        static_cast<std::size_t>(as_number(value, 0, size_limit, "a number of random bytes"));
    return {{Random{size}}, size};
}

}  // namespace

Payload read_payload(Node const& node) {
    return read(node).payload;
}

}  // namespace wsproof::script
