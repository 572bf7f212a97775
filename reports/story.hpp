// What a result comes down to for people: the frame that was sent, the one that came, in words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/play/player.hpp"
#include "reports/model.hpp"

namespace wsproof::report {

/// The entries that decided: what the case put to the peer, and what the peer made of it.
struct Exchange {
    std::vector<play::Entry const*> sent = {};
    play::Entry const* got = nullptr;
};
/// Points into the result.
Exchange exchange_of(play::Result const& result);

/// "framing": the folder of a case, by which reports group.
std::string section_of(std::string const& case_id);

/// "framing/unmasked-frame" of "framing/unmasked-frame#ping".
std::string case_id_of(std::string const& variant);

/// What the peer did: the reason, less what was expected where that is listed beside it.
std::string happened_words(play::Result const& result);

/// "3.4 s", "12 ms", "340 us".
std::string duration_words(std::chrono::microseconds time);

/// What is judged: everything that was not skipped and that the RFC does not leave open.
std::size_t judged(Tally const& tally);

/// Of every verdict.
std::size_t total(Tally const& tally);

/// "2 must failures, 1 standing rule broken"; empty when nothing breaks the gate.
std::string broke_words(Report const& report);

/// "3 cases", "1 case".
std::string plural(std::size_t count, std::string_view noun);

/// "2 entries", "1 entry".
std::string count_words(std::size_t count, std::string_view one, std::string_view many);

/// What a skipped case lacked, from the closed list of docs/verdicts.md.
std::string skip_words(play::Result const& result);

}  // namespace wsproof::report
