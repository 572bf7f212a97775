#include "fuzz/outcomes.hpp"

#include <algorithm>
#include <utility>

#include "fuzz/session.hpp"
#include "reference_impl/wire/close_status.hpp"

namespace wsproof::fuzz {
namespace {

using reference::Fault;
using script::ClosePattern;
using script::Expect;
using script::Grade;
using script::Outcome;
using script::Word;

Outcome closed(Grade grade = Grade::pass, std::string note = {}) {
    return {Word::closed, grade, std::move(note)};
}

Outcome any_close(Grade grade = Grade::pass, std::string note = {}) {
    return {ClosePattern{}, grade, std::move(note)};
}

/// Other codes that fit as well as the reference's.
std::vector<wire::StatusCode> fitting_codes(Fault fault, wire::StatusCode code) {
    switch (fault) {
        case Fault::accepts_reserved_opcodes:
            return {code, 1003};
        case Fault::accepts_64_bit_msb:
        case Fault::accepts_long_control:
            return {code, 1009};
        case Fault::accepts_corrupt_deflate:
        case Fault::accepts_any_close_code:
        case Fault::accepts_invalid_utf8_in_close_reason:
            return {1007, 1002};
        default:
            return {code};
    }
}

/// A Close frame with a code that nobody may send: receivers are bound only in what they send
/// themselves (7.4.1, 7.4.2).
Expect expect_answer_to_bad_code(wire::StatusCode code) {
    Outcome const failed{script::FailedPattern{{1002, 1007, 1008}}};
    auto const never_sent = wire::is_reserved_for_apis(code);
    Outcome const echoed{
        ClosePattern{{code}}, never_sent ? Grade::fail : Grade::lenient,
        never_sent ? "sent the reserved code itself" : "echoed a code that nobody defined"};
    return {
        {echoed, failed, any_close(Grade::lenient, "closed as if the code were fine"), closed()}};
}

Expect expect_answer_to_bad_reason(wire::ByteView body) {
    auto const code = static_cast<wire::StatusCode>(std::to_integer<unsigned>(body[0]) << 8U |
                                                    std::to_integer<unsigned>(body[1]));
    Outcome const echoed{ClosePattern{{code}, payload_of(body.subspan(2))}, Grade::fail,
                         "sent the invalid reason back"};
    return {{echoed,
             {script::FailedPattern{{1007, 1002}}},
             any_close(Grade::note, "did not look at the reason"),
             closed()}};
}

}  // namespace

script::Pattern echo_pattern(Delivered const& message) {
    return script::MessagePattern{message.opcode, payload_of(message.data)};
}

Expect expect_echo(Delivered const& message, bool is_long) {
    Expect expect{{{echo_pattern(message)}}};
    if (is_long) {
        expect.any_of.push_back(
            {ClosePattern{{1009}}, Grade::note, "accepts only smaller messages"});
        expect.any_of.push_back(closed(Grade::lenient, "accepts only smaller messages"));
    }
    return expect;
}

Expect expect_failure(Fault fault, wire::StatusCode code, std::optional<wire::Bytes> const& body) {
    if (fault == Fault::accepts_any_close_code && body && body->size() >= 2) {
        auto const high = std::to_integer<unsigned>((*body)[0]);
        auto const low = std::to_integer<unsigned>((*body)[1]);
        return expect_answer_to_bad_code(static_cast<wire::StatusCode>(high << 8U | low));
    }
    if (fault == Fault::accepts_invalid_utf8_in_close_reason && body && body->size() >= 2)
        return expect_answer_to_bad_reason(*body);
    Expect expect{{{script::FailedPattern{fitting_codes(fault, code)}}}};
    if (fault == Fault::accepts_unmasked)
        expect.any_of.push_back(closed());  // 5.1: no Close needed
    if (fault == Fault::accepts_one_byte_close)
        expect.any_of.insert(expect.any_of.begin(),
                             {ClosePattern{{1000, std::nullopt}}, Grade::strict,
                              "took the byte for no status code"});
    if (fault == Fault::accepts_64_bit_msb)
        expect.any_of.push_back({Word::silence, Grade::strict, "waits for the rest"});
    return expect;
}

Expect expect_close(std::optional<wire::StatusCode> code, std::vector<Delivered> const& behind) {
    Expect expect;
    if (!code)
        expect.any_of.push_back({ClosePattern{{1005}}, Grade::fail,
                                 "sent 1005, which stands for no code and never on the wire"});
    expect.any_of.push_back(any_close());
    if (code && *code >= 3000)
        expect.any_of.push_back(closed(Grade::strict, "refused a code that is free for use"));
    else if (code && *code >= 1012)
        expect.any_of.push_back(closed(Grade::lenient, "does not know this registered code"));
    for (auto const& message : behind)
        expect.any_of.push_back({echo_pattern(message), Grade::lenient,
                                 "answered data that came after the Close frame"});
    return expect;
}

Expect expect_closed(std::vector<Delivered> const& behind) {
    Expect expect{{closed()}};
    // That nothing may follow its own Close frame is a standing rule.
    for (auto const& message : behind)
        expect.any_of.push_back({echo_pattern(message), Grade::lenient,
                                 "answered data that came after the Close frame"});
    return expect;
}

Expect expect_end_behind_eof() {
    return {{closed(), {Word::silence, Grade::strict, "keeps its side of the connection open"}}};
}

}  // namespace wsproof::fuzz
