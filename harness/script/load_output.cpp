// Reads outputs: frames, requests, responses, bytes, "eof", "reset" and "deaf".
#include <algorithm>
#include <array>
#include <optional>

#include "harness/script/grammar.hpp"
#include "harness/script/reading.hpp"

namespace wsproof::script {

namespace {

constexpr std::array<std::string_view, 10> output_nouns{
    "text",  "binary", "continuation", "ping",     "pong",
    "close", "frame",  "request",      "response", "bytes"};
constexpr std::array<std::string_view, 3> output_words{"eof", "reset", "deaf"};
constexpr std::array<std::string_view, 9> modifiers{
    "fin", "rsv1", "rsv2", "rsv3", "mask", "length_bits", "declares", "cut", "fragments"};
/// What `fragments` decides for every frame of the message.
constexpr std::array<std::string_view, 4> of_one_frame{"fin", "length_bits", "declares", "cut"};

wire::Opcode opcode_named(std::string_view noun) {
    if (noun == "text") return wire::Opcode::text;
    if (noun == "binary") return wire::Opcode::binary;
    if (noun == "continuation") return wire::Opcode::continuation;
    if (noun == "ping") return wire::Opcode::ping;
    if (noun == "pong") return wire::Opcode::pong;
    return wire::Opcode::close;
}

Payload read_close_body(Node const& node) {
    if (node.is(Node::Kind::null)) return {};
    if (node.is(Node::Kind::number))
        return {
            CloseBody{static_cast<std::uint16_t>(as_number(node, 0, 0xFFFF, "a status code")), {}}};
    as_object(node, "a status code, { code, reason }, { hex } or null for \"close\"");
    auto const* const code = node.find("code");
    if (code == nullptr && node.find("reason") == nullptr) return read_payload(node);
    static constexpr std::array<std::string_view, 2> keys{"code", "reason"};
    check_keys(node, keys, "\"close\"");
    if (code == nullptr) throw Wrong(node.line, "expected a \"code\" beside \"reason\"");
    CloseBody body{static_cast<std::uint16_t>(as_number(*code, 0, 0xFFFF, "a status code")), {}};
    if (auto const* const reason = node.find("reason"))
        body.reason.push_back(read_payload(*reason));
    return {std::move(body)};
}

void read_mask(Node const& node, FrameOutput& frame) {
    if (node.is(Node::Kind::boolean) && !node.boolean) {
        frame.mask = FrameOutput::Mask::none;
        return;
    }
    auto const expected =
        "false or 8 hexadecimal digits for \"mask\" (masking by role needs no word)";
    auto const key = wire::from_hex(as_text(node, expected));
    if (!key || key->size() != frame.masking_key.size()) wrong_kind(node, expected);
    frame.mask = FrameOutput::Mask::key;
    std::copy(key->begin(), key->end(), frame.masking_key.begin());
}

wire::LengthForm read_length_bits(Node const& node) {
    auto const bits = node.is(Node::Kind::number) && node.whole ? node.number : 0;
    if (bits == 7) return wire::LengthForm::bits_7;
    if (bits == 16) return wire::LengthForm::bits_16;
    if (bits == 64) return wire::LengthForm::bits_64;
    wrong_kind(node, "7, 16 or 64 for \"length_bits\"");
}

void read_modifier(Member const& member, FrameOutput& frame) {
    auto const& key = member.key;
    auto const& value = member.value;
    if (key == "fin") frame.fin = as_boolean(value, key);
    if (key == "rsv1") frame.rsv1 = as_boolean(value, key);
    if (key == "rsv2") frame.rsv2 = as_boolean(value, key);
    if (key == "rsv3") frame.rsv3 = as_boolean(value, key);
    if (key == "mask") read_mask(value, frame);
    if (key == "length_bits") frame.length_bits = read_length_bits(value);
    if (key == "declares") frame.declares = as_number(value, 0, UINT64_MAX, "a payload length");
    if (key == "cut")
        frame.cut = static_cast<std::size_t>(as_number(value, 0, SIZE_MAX, "a number of bytes"));
    if (key == "fragments") frame.fragments = read_fragments(value);
}

/// A whole message in fragments: only where a message can begin, and only what holds for all of
/// its frames.
void check_fragments(Node const& node, Member const& noun) {
    auto const* const fragments = node.find("fragments");
    if (fragments == nullptr) return;
    if (noun.key != "text" && noun.key != "binary")
        throw Wrong(
            fragments->line,
            "expected \"fragments\" beside \"text\" or \"binary\" alone: it sends a message");
    for (auto const key : of_one_frame)
        if (auto const* const other = node.find(key))
            throw Wrong(other->line, "expected no \"" + std::string(key) +
                                         "\" beside \"fragments\": it is about one frame");
}

FrameOutput read_frame(Node const& node, Member const& noun) {
    FrameOutput frame;
    bool const free_opcode = noun.key == "frame";
    std::vector<std::string_view> keys(modifiers.begin(), modifiers.end());
    keys.emplace_back(noun.key);
    if (free_opcode) keys.emplace_back("opcode");
    check_keys(node, keys, "the output \"" + noun.key + "\"");
    for (auto const& member : node.members) read_modifier(member, frame);
    check_fragments(node, noun);
    frame.opcode = opcode_named(noun.key);
    if (free_opcode) {
        auto const* const opcode = node.find("opcode");
        if (opcode == nullptr) throw Wrong(noun.line, "expected an \"opcode\" beside \"frame\"");
        frame.opcode = static_cast<wire::Opcode>(as_number(*opcode, 0, 15, "an opcode"));
    }
    frame.payload = noun.key == "close" ? read_close_body(noun.value) : read_payload(noun.value);
    return frame;
}

std::optional<std::string> optional_text(Node const& node, std::string_view key) {
    auto const* const value = node.find(key);
    if (value == nullptr) return std::nullopt;
    return as_text(*value, "a text for \"" + std::string(key) + "\"");
}

RequestOutput read_request(Node const& node) {
    static constexpr std::array<std::string_view, 4> keys{"method", "target", "version", "headers"};
    as_object(node, "{ method, target, version, headers } for \"request\"");
    check_keys(node, keys, "\"request\"");
    RequestOutput request;
    request.method = optional_text(node, "method");
    request.target = optional_text(node, "target");
    request.version = optional_text(node, "version");
    if (auto const* const headers = node.find("headers")) request.headers = read_deltas(*headers);
    return request;
}

ResponseOutput read_response(Node const& node) {
    static constexpr std::array<std::string_view, 3> keys{"status", "phrase", "headers"};
    as_object(node, "{ status, phrase, headers } for \"response\"");
    check_keys(node, keys, "\"response\"");
    ResponseOutput response;
    if (auto const* const status = node.find("status"))
        response.status = static_cast<unsigned>(as_number(*status, 0, 999, "a status"));
    response.phrase = optional_text(node, "phrase");
    if (auto const* const headers = node.find("headers")) response.headers = read_deltas(*headers);
    return response;
}

void check_alone(Node const& node, Member const& noun) {
    std::array<std::string_view, 1> const keys{noun.key};
    check_keys(node, keys, "the output \"" + noun.key + "\"");
}

Member const& noun_of(Node const& node) {
    Member const* noun = nullptr;
    for (auto const& member : node.members) {
        if (std::find(output_nouns.begin(), output_nouns.end(), member.key) == output_nouns.end())
            continue;
        if (noun != nullptr)
            throw Wrong(member.line, "expected one output, found \"" + noun->key + "\" and \"" +
                                         member.key + "\" in one object; a list sends several");
        noun = &member;
    }
    if (noun != nullptr) return *noun;
    for (auto const& member : node.members)
        if (std::find(modifiers.begin(), modifiers.end(), member.key) == modifiers.end())
            throw Wrong(member.line, "expected an output (" + listed(output_nouns) + "), found \"" +
                                         member.key + "\"" + suggestion(member.key, output_nouns));
    throw Wrong(node.line, "expected an output (" + listed(output_nouns) + ") in the object");
}

}  // namespace

std::size_t read_fragments(Node const& node) {
    return static_cast<std::size_t>(as_number(node, 1, 1U << 26U, "bytes a frame"));
}

std::vector<FieldDelta> read_deltas(Node const& node) {
    std::vector<FieldDelta> deltas;
    for (auto const& member : as_object(node, "{ name: value } for \"headers\"").members) {
        auto const expected =
            "a text, null (no such field) or a list of texts for the field \"" + member.key + "\"";
        FieldDelta delta{member.key, {}};
        auto const& value = member.value;
        if (value.is(Node::Kind::list)) {
            if (value.items.empty()) throw Wrong(value.line, "expected " + expected + ", found []");
            for (auto const& item : value.items) delta.values.push_back(as_text(item, expected));
        } else if (!value.is(Node::Kind::null)) {
            delta.values.push_back(as_text(value, expected));
        }
        deltas.push_back(std::move(delta));
    }
    return deltas;
}

Output read_output(Node const& node) {
    if (node.is(Node::Kind::text)) {
        auto const word = as_word(node, output_words, "an output: an object or a word");
        if (word == 0) return EofOutput{};
        if (word == 1) return ResetOutput{};
        return DeafOutput{};
    }
    as_object(node, "an output: an object, or one of the words " + listed(output_words));
    Member const& noun = noun_of(node);
    bool const is_frame = noun.key != "request" && noun.key != "response" && noun.key != "bytes";
    if (is_frame) return read_frame(node, noun);
    check_alone(node, noun);
    if (noun.key == "request") return read_request(noun.value);
    if (noun.key == "response") return read_response(noun.value);
    return BytesOutput{read_payload(noun.value)};
}

}  // namespace wsproof::script
