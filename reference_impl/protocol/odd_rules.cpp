#include "reference_impl/protocol/rules.hpp"

namespace wsproof::reference {
namespace {

using wire::FrameHeader;
using wire::Opcode;
namespace status = wire::status;

constexpr std::array headers{
    OddHeaderRule{
        Fault::refuses_fragments,
        {status::unsupported_data, "fragments are not supported"},
        [](FrameHeader const& h, Receiving const&) { return h.fin || is_control(h.opcode); }},
    OddHeaderRule{Fault::refuses_empty_messages,
                  {status::protocol_error, "a message is empty"},
                  [](FrameHeader const& h, Receiving const& r) {
                      return is_control(h.opcode) || !h.fin ||
                             r.message_size + h.payload_length > 0;
                  }},
    OddHeaderRule{Fault::refuses_empty_fragments,
                  {status::protocol_error, "a fragment is empty"},
                  [](FrameHeader const& h, Receiving const& r) {
                      bool const is_fragment = !h.fin || r.message_under_way;
                      return !is_fragment || is_control(h.opcode) || h.payload_length > 0;
                  }},
    OddHeaderRule{Fault::refuses_control_in_a_message,
                  {status::protocol_error, "a control frame stands between fragments"},
                  [](FrameHeader const& h, Receiving const& r) {
                      return !is_control(h.opcode) || !r.message_under_way;
                  }},
    OddHeaderRule{
        Fault::refuses_zero_masking_keys,
        {status::protocol_error, "the masking key is zero"},
        [](FrameHeader const& h, Receiving const&) { return h.masking_key != wire::MaskingKey{}; }},
    OddHeaderRule{Fault::refuses_long_messages,
                  {status::protocol_error, "the frame is longer than 65535 bytes"},
                  [](FrameHeader const& h, Receiving const&) { return h.payload_length <= 65535; }},
    OddHeaderRule{Fault::refuses_uncompressed_messages,
                  {status::protocol_error, "the message is not compressed"},
                  [](FrameHeader const& h, Receiving const& r) {
                      return h.rsv1 || !r.permessage_deflate || is_control(h.opcode) ||
                             h.opcode == Opcode::continuation;
                  }},
    OddHeaderRule{Fault::refuses_compressed_fragments,
                  {status::protocol_error, "a fragment is compressed"},
                  [](FrameHeader const& h, Receiving const&) { return h.fin || !h.rsv1; }},
};

constexpr std::array closes{
    OddCloseRule{Fault::refuses_private_close_codes,
                 {status::protocol_error, "the status code is not of RFC 6455"},
                 [](CloseBody const& b) { return b.size < 2 || b.code < 3000; }},
    OddCloseRule{Fault::refuses_registered_close_codes,
                 {status::protocol_error, "the status code is not of RFC 6455"},
                 [](CloseBody const& b) { return b.code < 1012 || b.code > 1014; }},
};

}  // namespace

std::span<OddHeaderRule const> odd_header_rules() noexcept {
    return headers;
}
std::span<OddCloseRule const> odd_close_rules() noexcept {
    return closes;
}

}  // namespace wsproof::reference
