// What the fuzzer found: a case that fails, as small as it could be made, and what is known of it
// (docs/fuzzing.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/model.hpp"
#include "harness/play/player.hpp"

namespace wsproof::fuzz {

enum class Harm : std::uint8_t {
    violation,  ///< the target did what the model does not allow
    crash,      ///< its process ended
    hang,       ///< it lets nobody in any more
    memory,     ///< its process grew beyond the limit
    sanitizer,  ///< it wrote down that a sanitizer found something
};

struct Finding {
    std::string id = {};  ///< "F-3a91c07e": from what it is, so that it is the same in every run
    Harm harm = Harm::violation;
    std::string signature = {};
    std::uint64_t session = 0;  ///< the number of the first that came to it; 0: a regression
    script::Variant variant = {};
    play::Result result = {};  ///< of the last play
    /// Mistakes of the reference that would have done the same.
    std::vector<std::string> faults = {};
    std::size_t times = 1;   ///< sessions that came to it
    bool confirmed = true;   ///< it came again when it was played alone
    std::string words = {};  ///< how the process ended, what the log says
    std::string file = {};   ///< where its case was written
    std::size_t frames = 0;  ///< that the case sends
    bool known = false;      ///< and excused

    /// What may have been chance does not, nor what is known; the end of a server is certain.
    bool counts() const { return !known && (confirmed || harm != Harm::violation); }
};

/// Which departures are findings.
struct Gate {
    script::Catalogue const& catalogue;
    /// Those count as well that the RFC lets off lightly: of rules at level should, and lenient.
    bool strict = false;
    /// False: none; only what ends the target or does it harm.
    bool judges = true;
    bool counts(std::string const& rule) const;
};

/// What a play came to, without what differs from run to run; empty when nothing is wrong.
std::string signature_of(Judged const& judged, play::Result const& result, Gate const& gate);

/// Faults of a server under which the reference comes to the same with this session.
std::vector<std::string> faults_like(Judged const& judged, play::Setting const& setting,
                                     std::string const& signature, Gate const& gate);

/// The finding's own case, ready to be written to a file.
void describe(Finding& finding, Judged judged, std::uint64_t seed);

}  // namespace wsproof::fuzz
