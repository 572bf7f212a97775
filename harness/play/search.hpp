// How the verb `measure` finds a number, and what the number comes to (docs/verdicts.md).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "harness/play/expectation.hpp"
#include "harness/script/case.hpp"

namespace wsproof::play {

/// How a fresh connection fared with one size.
struct Try {
    enum class How : std::uint8_t {
        taken,
        refused,      ///< with a Close frame, or a response that is not 101
        dropped,      ///< the transport ended without either
        silent,       ///< nothing came in time
        wrong,        ///< something that no limit explains: half an echo, a code that is never sent
        unreachable,  ///< no connection, or none that opens
    } how = How::taken;
    std::optional<std::uint16_t> status = std::nullopt;  ///< of the Close frame or the response
    std::string deed = {};                               ///< "sent Close 1009"
    std::string kind = {};                               ///< the same for signatures
};

struct Search {
    std::optional<std::uint64_t> taken = std::nullopt;   ///< the largest that was
    std::optional<std::uint64_t> beyond = std::nullopt;  ///< the smallest that was not
    Try refusal = {};                                    ///< of the latter
};

/// By bisection, in as few tries as the two ends allow: octaves first, then to the last one.
Search bisect(std::uint64_t least, std::uint64_t most,
              std::function<Try(std::uint64_t)> const& attempt);

Judgement judge_size(script::Measure const& measure, Search const& found);

/// Adds that a message of this size was refused in one frame and uncompressed: the limit does not
/// hold for messages that come the way that was measured.
void compare_with_plain(Judgement& judgement, std::uint64_t refused);

/// `done` exchanges of those that were asked for went well before `stop`.
Judgement judge_rate(script::Measure const& measure, std::uint64_t rate, std::uint64_t done,
                     Try const& stop);

}  // namespace wsproof::play
