// The words of a judgement (docs/verdicts.md).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wsproof::play {

enum class Verdict : std::uint8_t { pass, lenient, fail, note, skipped, inconclusive, broken };

/// How the connection of a case ended.
enum class Ending : std::uint8_t {
    none,             ///< still open when the case was over, or no connection
    clean,            ///< Close frames both ways, then the peer's FIN
    close_then_drop,  ///< a Close frame from the peer, not answered or not followed by an orderly
                      ///< end
    drop,             ///< FIN without a Close frame
    reset,            ///< RST
    timeout,          ///< a Close frame, but the transport stayed open
    wrong_code,       ///< failed the connection with a code that does not fit
    refused,          ///< the opening handshake was refused
};

inline constexpr std::array verdicts{Verdict::pass,  Verdict::lenient, Verdict::fail,
                                     Verdict::note,  Verdict::skipped, Verdict::inconclusive,
                                     Verdict::broken};

constexpr std::string_view name_of(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::pass:
            return "pass";
        case Verdict::lenient:
            return "lenient";
        case Verdict::fail:
            return "fail";
        case Verdict::note:
            return "note";
        case Verdict::skipped:
            return "skipped";
        case Verdict::inconclusive:
            return "inconclusive";
        case Verdict::broken:
            return "broken";
    }
    return "broken";
}

/// As in the JSON report; empty for Ending::none.
constexpr std::string_view name_of(Ending ending) noexcept {
    switch (ending) {
        case Ending::none:
            return "";
        case Ending::clean:
            return "clean";
        case Ending::close_then_drop:
            return "close-then-drop";
        case Ending::drop:
            return "drop";
        case Ending::reset:
            return "reset";
        case Ending::timeout:
            return "timeout";
        case Ending::wrong_code:
            return "wrong-code";
        case Ending::refused:
            return "refused";
    }
    return "";
}

std::optional<Verdict> verdict_named(std::string_view name) noexcept;
std::optional<Ending> ending_named(std::string_view name) noexcept;

}  // namespace wsproof::play
