#include "reports/autobahn/traffic.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/masking.hpp"
#include "reference_impl/wire/utf8.hpp"
#include "reports/model.hpp"

namespace wsproof::report::autobahn {
namespace {

using play::Direction;
using play::Entry;
using play::EntryKind;

constexpr std::size_t longest_text = 64;

/// The longest start of the octets that is no longer than Autobahn's texts and cuts no character.
wire::ByteView start_of(wire::ByteView octets) {
    constexpr std::size_t longest_character = 4;
    auto const cut = octets.first(std::min(octets.size(), longest_text));
    if (cut.size() == octets.size()) return cut;
    for (std::size_t less = 0; less < longest_character; ++less)
        if (wire::is_valid_utf8(cut.first(cut.size() - less))) return cut.first(cut.size() - less);
    return cut;
}

/// Autobahn's rendering of octets: in hexadecimal when they are no UTF-8.
std::string shown(wire::ByteView octets, std::uint64_t length) {
    auto const start = start_of(octets);
    auto const text =
        wire::is_valid_utf8(start) ? wire::to_text(start) : "0x" + wire::to_hex(start);
    return length > start.size() ? text + " ..." : text;
}

/// The payload data of a frame's entry in clear: all of it, or the start when some was left out.
wire::Bytes payload_of(Entry const& entry) {
    auto const decoded = wire::decode_header(entry.bytes);
    if (!decoded) return {};
    auto const whole = wire::ByteView(entry.bytes).subspan(decoded->size);
    // What is left out of an entry is missing in its middle.
    auto const start =
        entry.omitted == 0 ? whole : whole.first(std::min(whole.size(), longest_text));
    wire::Bytes payload(start.begin(), start.end());
    if (decoded->header.masking_key) wire::mask(payload, *decoded->header.masking_key);
    return payload;
}

void count(Json& stats, std::string const& key) {
    stats[key] = stats.value(key, 0) + 1;
}

unsigned rsv_of(wire::FrameHeader const& header) {
    return (header.rsv1 ? 4U : 0U) | (header.rsv2 ? 2U : 0U) | (header.rsv3 ? 1U : 0U);
}

class Reader {
public:
    Traffic read(play::Transcript const& transcript) {
        for (auto const& entry : transcript.entries) {
            if (entry.frame) frame(entry);
            if (entry.kind == EntryKind::http) head(entry);
        }
        for (auto const& arrival : transcript.arrivals)
            if (arrival.kind == play::Arrival::Kind::bytes)
                count(traffic_.rx_octet_stats, fmt::format("{}", arrival.data.size()));
        return std::move(traffic_);
    }

private:
    void head(Entry const& entry) {
        auto& text = entry.direction == Direction::send ? traffic_.request : traffic_.response;
        if (text == "?") text.clear();
        auto const bytes = wire::as_text(entry.bytes);
        text += wire::is_valid_utf8(entry.bytes) ? std::string(bytes) : printable(bytes);
    }

    void frame(Entry const& entry) {
        auto const& header = *entry.frame;
        auto const payload = payload_of(entry);
        bool const sent = entry.direction == Direction::send;
        auto const opcode = static_cast<unsigned>(header.opcode);
        auto const octets =
            Json::array({header.payload_length, shown(payload, header.payload_length)});
        auto const key =
            header.masking_key ? Json(wire::to_hex(*header.masking_key)) : Json(nullptr);
        count(sent ? traffic_.tx_frame_stats : traffic_.rx_frame_stats, fmt::format("{}", opcode));
        if (sent) {
            count(traffic_.tx_octet_stats, fmt::format("{}", entry.bytes.size() + entry.omitted));
            traffic_.wirelog.push_back(
                {"TF", octets, opcode, header.fin, rsv_of(header), key, nullptr, nullptr, false});
        } else {
            traffic_.wirelog.push_back({"RF", octets, opcode, header.fin, rsv_of(header),
                                        header.masking_key.has_value(), key});
            received(header, payload);
        }
        if (header.opcode == wire::Opcode::close)
            (sent ? traffic_.local_close_reason : traffic_.remote_close_reason) =
                reason_in(payload);
    }

    static std::optional<std::string> reason_in(wire::Bytes const& payload) {
        if (payload.size() < 2) return std::nullopt;
        auto const reason = wire::ByteView(payload).subspan(2);
        return shown(reason, reason.size());
    }

    /// Pings are answered and not recorded, as in Autobahn.
    void received(wire::FrameHeader const& header, wire::Bytes const& payload) {
        if (header.opcode == wire::Opcode::pong)
            traffic_.received.push_back({"pong", shown(payload, header.payload_length)});
        bool const first =
            header.opcode == wire::Opcode::text || header.opcode == wire::Opcode::binary;
        if (!first && header.opcode != wire::Opcode::continuation) return;
        if (first)
            message_ = {.binary = header.opcode == wire::Opcode::binary, .compressed = header.rsv1};
        if (message_.octets.size() <= longest_text) wire::append(message_.octets, payload);
        message_.length += header.payload_length;
        // What a compressed message says is not kept in a transcript.
        if (header.fin && !message_.compressed)
            traffic_.received.push_back(
                {"message", shown(message_.octets, message_.length), message_.binary});
    }

    struct Message {
        bool binary = false;
        bool compressed = false;
        std::uint64_t length = 0;
        wire::Bytes octets = {};
    };

    Traffic traffic_ = {};
    Message message_ = {};
};

}  // namespace

Traffic traffic_of(play::Result const& result) {
    return Reader().read(result.transcript);
}

}  // namespace wsproof::report::autobahn
