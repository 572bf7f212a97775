#include "reports/autobahn/words.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "reference_impl/wire/close_status.hpp"

namespace wsproof::report::autobahn {
namespace {

using play::Ending;
using play::Verdict;

constexpr std::string_view ok = "OK";
constexpr std::string_view non_strict = "NON-STRICT";
constexpr std::string_view informational = "INFORMATIONAL";
constexpr std::string_view unimplemented = "UNIMPLEMENTED";
constexpr std::string_view failed = "FAILED";
constexpr std::string_view wrong_code = "WRONG CODE";
constexpr std::string_view unclean = "UNCLEAN";
constexpr std::string_view failed_by_client = "FAILED BY CLIENT";

std::string_view verdict_word(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass:
            return ok;
        case Verdict::lenient:
            return non_strict;
        case Verdict::note:
            return informational;
        case Verdict::fail:
        case Verdict::skipped:
        case Verdict::inconclusive:
        case Verdict::broken:
            break;
    }
    return failed;
}

/// Wsproof closes a connection that a case has left open with 1000: then a Close frame is owed.
bool owes_a_close(play::Result const& result) {
    return result.close.sent == wire::status::normal_closure && !result.close.received;
}

std::string_view ending_word(play::Result const& result) {
    bool const fine = result.verdict != Verdict::fail;
    switch (result.ending) {
        case Ending::clean:
        case Ending::close_then_drop:
            return ok;
        case Ending::drop:
        case Ending::reset:
            if (owes_a_close(result)) return unclean;
            return fine ? ok : failed;
        case Ending::none:
            return fine ? ok : failed;
        case Ending::timeout:
            return failed_by_client;
        case Ending::wrong_code:
            return wrong_code;
        case Ending::refused:
            return failed;
    }
    return failed;
}

std::string_view close_sentence(std::string_view word) {
    if (word == ok || word == informational) return "Connection was properly closed";
    if (word == wrong_code) return "The close code is not one that is expected here";
    if (word == unclean) return "The spec requires the connection to be failed cleanly here";
    if (word == failed_by_client) return "It is preferred that the server close the TCP connection";
    return "The connection was failed by the wrong endpoint";
}

/// Autobahn's own client fails the connection over what our standing rules take from the two RFCs;
/// of those of HTTP it knows nothing.
play::Breach const* fatal_breach(Report const& report, play::Result const& result) {
    auto const fatal = std::ranges::find_if(result.breaches, [&](play::Breach const& breach) {
        bool const websocket = breach.rule.starts_with("6455/") || breach.rule.starts_with("7692/");
        return websocket && report.level_of(breach.rule) == script::Level::must;
    });
    return fatal == result.breaches.end() ? nullptr : &*fatal;
}

Words with_sentences(std::string_view behavior, std::string_view behavior_close,
                     std::string result) {
    if (behavior == ok) result = "Actual events match at least one expected.";
    return {.behavior = std::string(behavior),
            .behavior_close = std::string(behavior_close),
            .result = printable(result),
            .result_close = std::string(close_sentence(behavior_close))};
}

std::optional<Words> words_of_skipped(play::Result const& result) {
    auto const reason = result.skip_reason.value_or("");
    if (reason == "needs-capability:permessage-deflate")
        return with_sentences(unimplemented, ok, result.reason);
    // A target that does not echo, or did not live to see the case, passes nothing.
    if (reason.starts_with("needs-") || reason == "target-lost")
        return with_sentences(failed, failed, result.reason);
    return std::nullopt;
}

}  // namespace

std::optional<Words> words_of(Report const& report, play::Result const& result) {
    if (result.verdict == Verdict::skipped) return words_of_skipped(result);
    if (result.verdict == Verdict::inconclusive || result.verdict == Verdict::broken)
        return with_sentences(failed, failed, result.reason);
    if (auto const* const breach = fatal_breach(report, result))
        return with_sentences(failed, ending_word(result), breach->reason);
    auto const behavior = verdict_word(result.verdict);
    auto const close = behavior == informational ? informational : ending_word(result);
    return with_sentences(behavior, close, result.reason);
}

Words never_opened(std::string const& why) {
    auto words = with_sentences(failed, failed, why);
    words.result_close = "The WebSocket opening handshake was never completed!";
    return words;
}

bool is_worse(Words const& a, Words const& b) {
    constexpr std::array order{ok, informational, unimplemented, non_strict};
    auto const rank = [&](std::string const& word) {
        return std::ranges::find(order, word) - order.begin();
    };
    return std::pair(rank(a.behavior), rank(a.behavior_close)) >
           std::pair(rank(b.behavior), rank(b.behavior_close));
}

bool closed_by_us(play::Result const& result) {
    auto const& close = result.close;
    for (auto const& entry : result.transcript.entries) {
        if (!entry.frame || entry.frame->opcode != wire::Opcode::close) continue;
        return entry.direction == play::Direction::send;
    }
    // Without a transcript: an answer repeats the code of the peer, which is 1000 for nobody who
    // fails the connection.
    return close.sent && (!close.received || close.sent == wire::status::normal_closure);
}

}  // namespace wsproof::report::autobahn
