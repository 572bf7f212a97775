// The body of a Close frame: refused exactly where RFC 6455 5.5.1 and 7.4 have it, and answered
// with a body that is legal itself.
#include <variant>

#include "fuzz/target.hpp"
#include "fuzz/targets/input.hpp"
#include "fuzz/targets/plain_utf8.hpp"
#include "reference_impl/protocol/closing.hpp"

namespace wsproof::fuzz {
namespace {

/// 7.4.1, 7.4.2 and the registry of IANA: what may stand in a Close frame.
bool is_sendable(unsigned code) {
    if (code == 1004 || code == 1005 || code == 1006) return false;
    return (code >= 1000 && code <= 1014) || (code >= 3000 && code < 5000);
}

/// The code that such a body is failed with; 0: it is legal.
unsigned failing_code(wire::ByteView body) {
    if (body.empty()) return 0;
    if (body.size() == 1) return 1002;
    auto const code = std::to_integer<unsigned>(body[0]) << 8U | std::to_integer<unsigned>(body[1]);
    if (!is_sendable(code)) return 1002;
    auto const reason = read_plain_utf8(body.subspan(2));
    return reason.impossible || !reason.complete ? 1007 : 0;
}

unsigned failed_with(wire::ByteView body) {
    auto const read = reference::read_close(body, {});
    auto const* const broken = std::get_if<reference::Violation>(&read);
    return broken == nullptr ? 0 : broken->code;
}

}  // namespace

/// The body.
WSPROOF_FUZZ_TARGET(close_payload) {
    auto const expected = failing_code(data);
    require(failed_with(data) == expected, "a body failed with the code that the RFC has",
            [&] { return std::to_string(failed_with(data)) + " for " + std::to_string(expected); });
    if (expected != 0) return;
    auto const close = std::get<reference::CloseFrame>(reference::read_close(data, {}));
    auto const answer = reference::answer_close(close, {});
    require(failing_code(answer) == 0 && answer.size() <= 125, "an answer that is legal",
            [&] { return wire::to_hex(answer); });
    require(wire::equal(answer, data.first(std::min<std::size_t>(2, data.size()))),
            "the status code in answer (5.5.1)", [&] { return wire::to_hex(answer); });
    auto const written = reference::write_close(close.code, close.reason);
    require(written.size() <= 125 && failing_code(written) == 0,
            "a body that fits and is UTF-8, however long the reason",
            [&] { return wire::to_hex(written); });
    require(wire::equal(written, data.first(written.size())), "the reason from its beginning",
            [&] { return wire::to_hex(written); });
}

}  // namespace wsproof::fuzz
