// A head however broken: kept byte by byte, found at the same place however much follows, and, if
// nothing is wrong with it, written and read back the same (RFC 9112 2, 5).
#include "fuzz/target.hpp"
#include "fuzz/targets/input.hpp"
#include "reference_impl/wire/http_head.hpp"

namespace wsproof::fuzz {
namespace {

using wire::HeadState;

void check_fields(wire::HttpHead const& head) {
    for (auto const& field : head.fields) {
        auto const text = field.name + field.value;
        require(text.find('\n') == std::string::npos, "fields of one line");
        require(wire::trim(field.value) == field.value, "values without blanks around them",
                [&] { return field.value; });
    }
    for (auto const& element : head.elements_of("connection"))
        require(!element.empty(), "no empty elements of lists");
}

void check_round_trip(wire::HttpHead const& head) {
    auto const text = wire::write_head(head.start_line, head.fields);
    auto const again = wire::parse_head(wire::as_bytes(text));
    require(again.state == HeadState::complete && again.size == text.size() &&
                again.head.start_line == head.start_line && again.head.fields == head.fields &&
                again.head.anomalies.empty(),
            "a head that reads back the same", [&] { return text; });
}

}  // namespace

/// Where to cut, a limit (0: the default), the head.
WSPROOF_FUZZ_TARGET(http_head) {
    Input input(data);
    auto const cut = input.byte();
    auto const limit = input.byte();
    auto const bytes = input.rest();
    auto const result = wire::parse_head(bytes, limit == 0 ? wire::default_head_limit : limit);
    auto const before = wire::parse_head(
        bytes.first(std::min<std::size_t>({cut, limit == 0 ? cut : limit, bytes.size()})));
    require(before.state != HeadState::complete || result.state != HeadState::incomplete,
            "a head that stays complete when more follows");
    require(result.state != HeadState::complete || before.state != HeadState::not_http,
            "no refusal of what becomes a head");
    if (result.state != HeadState::complete) return;
    require(result.size <= bytes.size() && (limit == 0 || result.size <= limit),
            "no more bytes than allowed");
    require(result.head.raw == wire::as_text(bytes.first(result.size)), "every byte of the head");
    require(wire::parse_head(bytes.first(result.size)).size == result.size,
            "the same end without what follows");
    require(wire::parse_head(bytes.first(result.size - 1)).state != HeadState::complete,
            "no end before the last byte");
    check_fields(result.head);
    if (result.head.anomalies.empty()) check_round_trip(result.head);
}

}  // namespace wsproof::fuzz
