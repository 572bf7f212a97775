#include "harness/run/evidence.hpp"

#include <algorithm>
#include <utility>

namespace wsproof::run {
namespace {

/// Words for `needs` that the command line gives instead of calibration.
bool is_configured(std::string const& need, play::Setting const& setting) {
    if (need == "origin-policy") return !setting.origin.empty() || setting.words.contains("origin");
    if (need == "subprotocol") return !setting.subprotocols.empty();
    if (need == "shutdown") return static_cast<bool>(setting.stopping.tell);
    return false;
}

std::string cure(std::string const& need) {
    if (need.starts_with("echo"))
        return "the target does not echo: test an endpoint that does, or give it the opening "
               "messages it wants (--first-message)";
    if (need == "permessage-deflate")
        return "the target did not accept an offer of permessage-deflate";
    if (need == "origin-policy")
        return "give the origin that the target lets in, --allowed-origin, or run wsproof origin";
    if (need == "subprotocol") return "give a subprotocol that the target speaks: --subprotocol";
    if (need == "shutdown")
        return "say how the target is told to stop: --shutdown-command, or let wsproof start it "
               "(--spawn)";
    if (need == "tls") return "the target is not reached over TLS: test its wss:// URL";
    return "the target does not offer it";
}

/// Steps before the first `send` are set-up.
bool needs_a_fence_first(script::Variant const& variant) {
    for (auto const& step : variant.steps) {
        if (script::sends(step)) return false;
        if (std::holds_alternative<script::Alive>(step.action)) return true;
    }
    return false;
}

}  // namespace

bool is_unanswered(play::Result const& result) {
    using Kind = play::Arrival::Kind;
    auto const& arrivals = result.transcript.arrivals;
    if (!result.transcript.complete || arrivals.empty()) return false;
    return std::ranges::all_of(
        arrivals, [](play::Arrival const& arrival) { return arrival.kind == Kind::timeout; });
}

bool is_good_twin(play::Verdict verdict) {
    using play::Verdict;
    return verdict == Verdict::pass || verdict == Verdict::lenient || verdict == Verdict::note;
}

play::Result not_played(script::Variant const& variant, play::Verdict verdict, std::string reason,
                        std::optional<std::string> skip_reason) {
    play::Result result;
    result.variant = variant.id;
    result.verdict = verdict;
    result.reason = std::move(reason);
    result.skip_reason = std::move(skip_reason);
    return result;
}

std::optional<play::Result> ruled_out(script::Variant const& variant, Profile const& profile,
                                      play::Setting const& setting) {
    auto const capabilities = profile.capabilities();
    for (auto const& need : variant.needs) {
        if (is_configured(need, setting)) continue;
        if (std::ranges::find(capabilities, need) != capabilities.end()) continue;
        auto const word = need == "echo" ? "needs-echo" : "needs-capability:" + need;
        return not_played(variant, play::Verdict::skipped, cure(need), word);
    }
    // Playing it would only wait for the deadline: nothing can show such a target to be alive.
    bool const mute = !profile.answers_pings && !profile.echoes_text && !profile.echoes_binary;
    if (mute && needs_a_fence_first(variant))
        return not_played(variant, play::Verdict::inconclusive,
                          "the target answers neither pings nor messages, so nothing can show "
                          "that it is alive before the case begins");
    return std::nullopt;
}

}  // namespace wsproof::run
