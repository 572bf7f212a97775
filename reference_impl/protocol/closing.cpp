#include "reference_impl/protocol/closing.hpp"

#include <cstdint>
#include <utility>

#include "reference_impl/wire/utf8.hpp"

namespace wsproof::reference {
namespace {

constexpr std::size_t longest_reason = 123;  // 125 bytes less the status code

std::string_view cut_between_characters(std::string_view text, std::size_t size) {
    if (text.size() <= size) return text;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
    return text.substr(0, size);
}

wire::StatusCode code_in(wire::ByteView payload) {
    auto const high = std::to_integer<unsigned>(payload[0]);
    auto const low = std::to_integer<unsigned>(payload[1]);
    return static_cast<wire::StatusCode>(high << 8U | low);
}

wire::Bytes with_code(wire::StatusCode code, std::string_view reason) {
    wire::Bytes payload{static_cast<std::byte>(code >> 8U), static_cast<std::byte>(code & 0xFFU)};
    wire::append(payload, wire::as_bytes(reason));
    return payload;
}

}  // namespace

std::variant<CloseFrame, Violation> read_close(wire::ByteView payload, Faults const& faults) {
    CloseBody body{.size = payload.size()};
    CloseFrame close;
    if (payload.size() >= 2) {
        body.code = code_in(payload);
        body.reason_is_utf8 = wire::is_valid_utf8(payload.subspan(2));
        close = {.code = body.code, .reason = wire::to_text(payload.subspan(2))};
    }
    if (auto const broken = broken_rule(body, faults)) return *broken;
    return close;
}

wire::Bytes write_close(std::optional<wire::StatusCode> code, std::string_view reason) {
    if (!code) return {};
    return with_code(*code, cut_between_characters(reason, longest_reason));
}

wire::Bytes answer_close(CloseFrame const& received, Faults const& faults) {
    if (!received.code) {
        if (faults.has(Fault::answers_empty_close_with_1005))
            return write_close(wire::status::no_status_received);
        return {};
    }
    auto code = *received.code;
    if (!wire::may_be_sent(code) && !faults.has(Fault::echoes_any_close_code))
        code = wire::status::normal_closure;
    if (faults.has(Fault::swaps_close_code_bytes))
        code = static_cast<wire::StatusCode>(code << 8U | code >> 8U);
    if (faults.has(Fault::answers_close_with_1006)) code = wire::status::abnormal_closure;
    if (faults.has(Fault::answers_close_with_one_byte)) return {std::byte{0x03}};
    if (faults.has(Fault::echoes_invalid_close_reason)) return with_code(code, received.reason);
    if (faults.has(Fault::cuts_close_reason_in_mid_character) && !received.reason.empty())
        return with_code(code, received.reason.substr(0, received.reason.size() - 1));
    return write_close(code);
}

}  // namespace wsproof::reference
