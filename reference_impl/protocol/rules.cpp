#include "reference_impl/protocol/rules.hpp"

namespace wsproof::reference {
namespace {

using wire::FrameHeader;
using wire::Opcode;
namespace status = wire::status;

constexpr std::uint64_t most_significant_bit = std::uint64_t{1} << 63U;

// Compression may make a message longer; whoever sends more than this for a message that fits does
// so to keep the receiver busy.
constexpr std::uint64_t payload_bound(Receiving const& r) {
    if (!r.permessage_deflate) return r.max_message_size;
    auto const most = std::numeric_limits<std::uint64_t>::max();
    return r.max_message_size > most / 2 - 1024 ? most : 2 * r.max_message_size + 1024;
}

constexpr std::array table_of_headers{
    // RFC 6455 5.1: a client masks every frame, a server none.
    HeaderRule{Fault::accepts_unmasked,
               {status::protocol_error, "a client masks its frames (5.1)"},
               [](FrameHeader const& h, Receiving const& r) {
                   return r.role == wire::Role::client || h.masking_key.has_value();
               }},
    HeaderRule{Fault::accepts_masked,
               {status::protocol_error, "a server does not mask its frames (5.1)"},
               [](FrameHeader const& h, Receiving const& r) {
                   return r.role == wire::Role::server || !h.masking_key.has_value();
               }},
    // 5.2: reserved bits are zero unless an extension defines them.
    HeaderRule{
        Fault::accepts_rsv1,
        {status::protocol_error, "RSV1 is reserved while no extension uses it (5.2)"},
        [](FrameHeader const& h, Receiving const& r) { return !h.rsv1 || r.permessage_deflate; }},
    HeaderRule{Fault::accepts_rsv2,
               {status::protocol_error, "RSV2 is reserved (5.2)"},
               [](FrameHeader const& h, Receiving const&) { return !h.rsv2; }},
    HeaderRule{Fault::accepts_rsv3,
               {status::protocol_error, "RSV3 is reserved (5.2)"},
               [](FrameHeader const& h, Receiving const&) { return !h.rsv3; }},
    // 5.2: unknown opcodes fail the connection.
    HeaderRule{Fault::accepts_reserved_opcodes,
               {status::protocol_error, "the opcode is reserved (5.2)"},
               [](FrameHeader const& h, Receiving const&) { return is_defined(h.opcode); }},
    // 5.2: 63 bits, in the fewest bytes.
    HeaderRule{Fault::accepts_64_bit_msb,
               {status::protocol_error, "the length's most significant bit is zero (5.2)"},
               [](FrameHeader const& h, Receiving const&) {
                   return (h.payload_length & most_significant_bit) == 0;
               }},
    HeaderRule{Fault::accepts_non_minimal_length,
               {status::protocol_error, "the length is written in the fewest bytes (5.2)"},
               [](FrameHeader const& h, Receiving const&) {
                   return h.length_form == wire::minimal_form(h.payload_length);
               }},
    // 5.5: control frames.
    HeaderRule{
        Fault::accepts_fragmented_control,
        {status::protocol_error, "a control frame is not fragmented (5.5)"},
        [](FrameHeader const& h, Receiving const&) { return h.fin || !is_control(h.opcode); }},
    HeaderRule{Fault::accepts_long_control,
               {status::protocol_error, "a control frame has at most 125 bytes (5.5)"},
               [](FrameHeader const& h, Receiving const&) {
                   return h.payload_length <= 125 || !is_control(h.opcode);
               }},
    // RFC 7692 6.1: RSV1 on the first frame of a data message only.
    HeaderRule{Fault::accepts_rsv1_on_control,
               {status::protocol_error, "a control frame is not compressed (RFC 7692 6.1)"},
               [](FrameHeader const& h, Receiving const& r) {
                   return !h.rsv1 || !r.permessage_deflate || !is_control(h.opcode);
               }},
    HeaderRule{Fault::accepts_rsv1_on_continuation,
               {status::protocol_error, "RSV1 is for the first fragment only (RFC 7692 6.1)"},
               [](FrameHeader const& h, Receiving const& r) {
                   return !h.rsv1 || !r.permessage_deflate || h.opcode != Opcode::continuation;
               }},
    // RFC 6455 5.4: fragments.
    HeaderRule{Fault::accepts_lone_continuation,
               {status::protocol_error, "there is no message to continue (5.4)"},
               [](FrameHeader const& h, Receiving const& r) {
                   return h.opcode != Opcode::continuation || r.message_under_way;
               }},
    HeaderRule{Fault::accepts_interleaved_messages,
               {status::protocol_error, "a message begins inside another (5.4)"},
               [](FrameHeader const& h, Receiving const& r) {
                   return is_control(h.opcode) || h.opcode == Opcode::continuation ||
                          !r.message_under_way;
               }},
    // 10.4: judged on what is declared, before a byte of it is kept.
    HeaderRule{Fault::accepts_too_big_messages,
               {status::message_too_big, "the message is bigger than accepted here (10.4)"},
               [](FrameHeader const& h, Receiving const& r) {
                   auto const bound = payload_bound(r);
                   return is_control(h.opcode) ||
                          (h.payload_length <= bound && r.message_size <= bound - h.payload_length);
               }},
};

// RFC 6455 7.4: 1004 and the unassigned codes have no meaning yet, 1005, 1006 and 1015 are never
// sent, the rest is outside every range.
constexpr std::array table_of_closes{
    CloseRule{Fault::accepts_one_byte_close,
              {status::protocol_error, "a Close body begins with a status code (5.5.1)"},
              [](CloseBody const& b) { return b.size != 1; }},
    CloseRule{Fault::accepts_any_close_code,
              {status::protocol_error, "the status code may not be sent (7.4)"},
              [](CloseBody const& b) { return b.size < 2 || wire::may_be_sent(b.code); }},
    CloseRule{Fault::accepts_invalid_utf8_in_close_reason,
              {status::invalid_payload_data, "the close reason is not UTF-8 (5.5.1, 8.1)"},
              [](CloseBody const& b) { return b.reason_is_utf8; }},
};

// UTF-8 comes first: text is judged as it is inflated, up to the place where inflation stops.
constexpr std::array table_of_messages{
    MessageRule{Fault::accepts_invalid_utf8,
                {status::invalid_payload_data, "the text is not UTF-8 (8.1)"},
                [](MessageProgress const& m) { return !m.is_text || m.utf8_possible; }},
    MessageRule{Fault::accepts_corrupt_deflate,
                {status::invalid_payload_data, "the data cannot be inflated (RFC 7692 7.2.2)"},
                [](MessageProgress const& m) { return !m.deflate_corrupt; }},
    MessageRule{Fault::accepts_too_big_messages,
                {status::message_too_big, "the message is bigger than accepted here (10.4)"},
                [](MessageProgress const& m) { return !m.too_big; }},
    MessageRule{Fault::accepts_unfinished_utf8,
                {status::invalid_payload_data, "the text ends within a character (8.1)"},
                [](MessageProgress const& m) {
                    return !m.is_text || !m.ended || m.utf8_complete || !m.utf8_possible;
                }},
};

constexpr bool is_legal_first_byte(unsigned byte, Receiving const& receiving) {
    FrameHeader const header{.fin = (byte & 0x80U) != 0,
                             .rsv1 = (byte & 0x40U) != 0,
                             .rsv2 = (byte & 0x20U) != 0,
                             .rsv3 = (byte & 0x10U) != 0,
                             .opcode = static_cast<Opcode>(byte & 0x0FU),
                             .masking_key = wire::MaskingKey{}};
    for (auto const& rule : table_of_headers)
        if (!rule.holds(header, receiving)) return false;
    return true;
}

constexpr std::array<std::array<bool, 256>, 4> make_legal_first_bytes() {
    std::array<std::array<bool, 256>, 4> tables{};
    for (bool const deflate : {false, true})
        for (bool const under_way : {false, true}) {
            Receiving const receiving{.permessage_deflate = deflate,
                                      .message_under_way = under_way};
            auto& table = tables[shortcut_index(receiving)];
            for (unsigned byte = 0; byte < 256; ++byte)
                table[byte] = is_legal_first_byte(byte, receiving);
        }
    return tables;
}

template <typename Table, typename... Facts>
std::optional<Violation> first_odd(Table const& table, Faults const& faults,
                                   Facts const&... facts) {
    for (auto const& rule : table)
        if (faults.has(rule.fault) && !rule.holds(facts...)) return rule.violation;
    return std::nullopt;
}

template <typename Table, typename... Facts>
std::optional<Violation> first_broken(Table const& table, Faults const& faults,
                                      Facts const&... facts) {
    for (auto const& rule : table)
        if (!rule.holds(facts...) && !faults.has(rule.unless)) return rule.violation;
    return std::nullopt;
}

}  // namespace

constinit std::array<std::array<bool, 256>, 4> const legal_first_bytes = make_legal_first_bytes();

std::span<HeaderRule const> header_rules() noexcept {
    return table_of_headers;
}
std::span<CloseRule const> close_rules() noexcept {
    return table_of_closes;
}
std::span<MessageRule const> message_rules() noexcept {
    return table_of_messages;
}

std::optional<Violation> broken_rule(FrameHeader const& header, Receiving const& receiving,
                                     Faults const& faults) {
    if (faults.any())
        if (auto const odd = first_odd(odd_header_rules(), faults, header, receiving)) return odd;
    return first_broken(table_of_headers, faults, header, receiving);
}

std::optional<Violation> broken_rule(CloseBody const& body, Faults const& faults) {
    if (faults.any())
        if (auto const odd = first_odd(odd_close_rules(), faults, body)) return odd;
    return first_broken(table_of_closes, faults, body);
}

std::optional<Violation> broken_rule(MessageProgress const& progress, Faults const& faults) {
    return first_broken(table_of_messages, faults, progress);
}

}  // namespace wsproof::reference
