#include "reports/json_transcript.hpp"

#include <fmt/format.h>

#include "reports/json_result.hpp"
#include "reports/names.hpp"

namespace wsproof::report {
namespace {

constexpr std::array<unsigned, 3> form_bits{7, 16, 64};  // in the order of LengthForm

std::string opcode_word(wire::Opcode opcode) {
    return wire::is_defined(opcode) ? std::string(wire::name_of(opcode))
                                    : fmt::format("0x{:x}", static_cast<unsigned>(opcode));
}

wire::Opcode read_opcode(Node const& node) {
    auto const word = node.text();
    if (auto const known = names::opcode.find(word)) return *known;
    constexpr std::string_view digits = "0123456789abcdef";
    auto const digit =
        word.size() == 3 && word.starts_with("0x") ? digits.find(word[2]) : std::string_view::npos;
    if (digit == std::string_view::npos) node.fail("an opcode");
    return static_cast<wire::Opcode>(digit);
}

/// RSV1, RSV2 and RSV3 as the three bits they are in the first byte (RFC 6455 5.2).
unsigned rsv_bits(wire::FrameHeader const& header) {
    return (header.rsv1 ? 4U : 0U) | (header.rsv2 ? 2U : 0U) | (header.rsv3 ? 1U : 0U);
}

Json frame_json(play::Entry const& entry) {
    auto const& header = *entry.frame;
    Json json{{"fin", header.fin},
              {"rsv", rsv_bits(header)},
              {"opcode", opcode_word(header.opcode)},
              {"masked", header.masking_key.has_value()}};
    if (header.masking_key) json["mask"] = wire::to_hex(*header.masking_key);
    json["len"] = header.payload_length;
    json["length_bits"] = form_bits[static_cast<std::size_t>(header.length_form)];
    if (entry.close_code) json["code"] = *entry.close_code;
    return json;
}

wire::Bytes read_hex(Node const& node) {
    auto bytes = wire::from_hex(node.text());
    if (!bytes) node.fail("hexadecimal digits");
    return *std::move(bytes);
}

std::optional<wire::MaskingKey> read_key(Node const& frame) {
    auto const node = frame.find("mask");
    if (!node) return std::nullopt;
    auto const bytes = read_hex(*node);
    wire::MaskingKey key{};
    if (bytes.size() != key.size()) node->fail("a masking key of four bytes");
    std::copy(bytes.begin(), bytes.end(), key.begin());
    return key;
}

wire::LengthForm read_form(Node const& frame, std::uint64_t length) {
    auto const node = frame.find("length_bits");
    if (!node) return wire::minimal_form(length);
    for (std::size_t i = 0; i < form_bits.size(); ++i)
        if (node->number() == form_bits[i]) return static_cast<wire::LengthForm>(i);
    node->fail("7, 16 or 64");
}

void read_frame(Node const& node, play::Entry& entry) {
    auto const rsv = node.number("rsv", 0);
    auto const length = node.at("len").number();
    entry.frame = wire::FrameHeader{.fin = node.flag("fin", true),
                                    .rsv1 = (rsv & 4U) != 0,
                                    .rsv2 = (rsv & 2U) != 0,
                                    .rsv3 = (rsv & 1U) != 0,
                                    .opcode = read_opcode(node.at("opcode")),
                                    .masking_key = read_key(node),
                                    .payload_length = length,
                                    .length_form = read_form(node, length)};
    auto const code = node.find("code");
    if (code && code->number() > 0xFFFF) code->fail("a status code of 16 bits");
    if (code) entry.close_code = static_cast<std::uint16_t>(code->number());
}

std::chrono::microseconds read_time(Node const& node) {
    constexpr std::uint64_t longest = std::uint64_t{1} << 53U;  // what JSON readers keep exactly
    if (node.number() > longest) node.fail("a time in microseconds");
    return std::chrono::microseconds(static_cast<std::int64_t>(node.number()));
}

/// Bounded, since whoever plays it back may keep a table of connections.
std::size_t read_connection(Node const& node) {
    auto const connection = node.number("connection", 0);
    if (connection > 0xFFFF) node.fail("fewer than 65,536 connections in a case");
    return connection;
}

play::Entry read_entry(Node const& node) {
    play::Entry entry{.time = read_time(node.at("t_us")),
                      .connection = read_connection(node),
                      .direction = node.at("dir").word(names::direction),
                      .kind = node.at("kind").word(names::entry_kind),
                      .words = node.text("text"),
                      .omitted = node.number("omitted", 0)};
    if (auto const hex = node.find("hex")) entry.bytes = read_hex(*hex);
    if (auto const frame = node.find("frame")) read_frame(*frame, entry);
    if (auto const flag = node.find("flag")) entry.flag = flag->word(names::flag);
    return entry;
}

}  // namespace

Json entries_json(std::vector<play::Entry> const& entries) {
    auto all = Json::array();
    for (auto const& entry : entries) {
        Json json{{"t_us", std::max<std::int64_t>(0, entry.time.count())}};
        if (entry.connection != 0) json["connection"] = entry.connection;
        json["dir"] = names::direction.of(entry.direction);
        json["kind"] = names::entry_kind.of(entry.kind);
        if (entry.frame) json["frame"] = frame_json(entry);
        if (!entry.bytes.empty()) {
            json["hex"] = wire::to_hex(entry.bytes);
            json["len"] = entry.bytes.size() + entry.omitted;
        }
        if (entry.omitted != 0) json["omitted"] = entry.omitted;
        json["text"] = words_json(entry.words);
        if (entry.flag != play::Flag::none) json["flag"] = names::flag.of(entry.flag);
        all.push_back(std::move(json));
    }
    return all;
}

Json arrivals_json(std::vector<play::Arrival> const& arrivals) {
    auto all = Json::array();
    for (auto const& arrival : arrivals) {
        Json json{{"t_us", std::max<std::int64_t>(0, arrival.time.count())}};
        if (arrival.connection != 0) json["connection"] = arrival.connection;
        json["kind"] = names::arrival.of(arrival.kind);
        if (!arrival.data.empty()) json["hex"] = wire::to_hex(arrival.data);
        all.push_back(std::move(json));
    }
    return all;
}

play::Transcript read_transcript(Node const& result) {
    play::Transcript transcript;
    for (auto const& node : result.items("transcript"))
        transcript.entries.push_back(read_entry(node));
    for (auto const& node : result.items("arrivals")) {
        play::Arrival arrival{.time = read_time(node.at("t_us")),
                              .connection = read_connection(node),
                              .kind = node.at("kind").word(names::arrival)};
        if (auto const hex = node.find("hex")) arrival.data = read_hex(*hex);
        transcript.arrivals.push_back(std::move(arrival));
    }
    transcript.complete = result.find("arrivals").has_value();
    return transcript;
}

}  // namespace wsproof::report
