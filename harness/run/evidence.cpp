#include "harness/run/evidence.hpp"

#include <algorithm>
#include <utility>

#include "harness/play/authentication.hpp"

namespace wsproof::run {
namespace {

/// Words for `needs` that the command line gives instead of calibration.
bool is_configured(std::string const& need, play::Setting const& setting) {
    if (need == "origin-policy") return !setting.origin.empty() || setting.words.contains("origin");
    if (need == "subprotocol") return !setting.subprotocols.empty();
    if (need == "shutdown") return static_cast<bool>(setting.stopping.tell);
    if (need == "canary") return !setting.canary_send.empty();
    if (need == "auth-timeout") return setting.auth_timeout.count() > 0;
    auto const word = play::word_of_need(need);
    return !word.empty() && setting.words.contains(word);
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
    if (need == "canary")
        return "give a message that an authenticated session alone answers, and its answer: "
               "--canary-send, --canary-expect";
    if (need == "auth-timeout")
        return "say how long who does not authenticate may stay: --auth-timeout";
    if (need == "auth-ticket")
        return "give the command that prints a ticket for one connection: --ticket-command";
    if (need == "login-url") return "give the URL that sets the session's cookie: --login-url";
    if (need.starts_with("auth-"))
        return "say that the server knows its users this way: --auth-scheme " + need.substr(5) +
               ", with --auth-token";
    if (need == "tls") return "the target is not reached over TLS: test its wss:// URL";
    return "the target does not offer it";
}

/// The field of the request in which the token stands, if it is one.
std::string_view field_of_token(play::Setting const& setting) {
    if (setting.words.contains("auth_header_before")) return "Authorization";
    if (setting.words.contains("auth_cookie_before")) return "Cookie";
    return setting.words.contains("auth_offer") ? "Sec-WebSocket-Protocol" : std::string_view{};
}

bool begins_a_head(script::Payload const& payload) {
    if (auto const* literal = std::get_if<script::Literal>(&payload.form))
        return literal->text.starts_with("GET ");
    auto const* join = std::get_if<script::Join>(&payload.form);
    return join != nullptr && !join->parts.empty() && begins_a_head(join->parts.front());
}

bool writes(script::Step const& step, std::string_view field) {
    auto const* const send = std::get_if<script::Send>(&step.action);
    return send != nullptr && std::ranges::any_of(send->outputs, [&](auto const& output) {
               if (auto const* bytes = std::get_if<script::BytesOutput>(&output))
                   return begins_a_head(bytes->bytes);
               auto const* request = std::get_if<script::RequestOutput>(&output);
               return request != nullptr &&
                      std::ranges::any_of(request->headers, [&](auto const& delta) {
                          return wire::equals_ignoring_case(delta.name, field);
                      });
           });
}

bool wants_to_be_accepted(script::Step const& step) {
    auto const* const expect = std::get_if<script::Expect>(&step.action);
    return expect != nullptr &&
           std::ranges::any_of(expect->any_of, [](script::Outcome const& outcome) {
               return outcome.pattern == script::Pattern{script::Word::accepted} &&
                      outcome.grade == script::Grade::pass;
           });
}

/// A case that writes the head itself, or the field in which the token stands: who refuses it for
/// want of the token does what it should.
bool leaves_out_the_token(script::Variant const& variant, play::Setting const& setting) {
    auto const field = field_of_token(setting);
    bool const knows = std::ranges::any_of(
        variant.needs, [](auto const& need) { return need.starts_with("auth-"); });
    return !field.empty() && !knows && std::ranges::any_of(variant.steps, [&](auto const& step) {
        return writes(step, field);
    }) && std::ranges::any_of(variant.steps, wants_to_be_accepted);
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
    if (leaves_out_the_token(variant, setting))
        return not_played(
            variant, play::Verdict::skipped,
            "it writes the opening handshake without the token, and wants it accepted", "config");
    if (variant.in_the_clear && setting.in_the_clear && !setting.secrets.empty())
        return not_played(variant, play::Verdict::skipped, "it would send the token in the clear",
                          "config");
    // Playing it would only wait for the deadline: nothing can show such a target to be alive.
    bool const mute = !profile.answers_pings && !profile.echoes_text && !profile.echoes_binary;
    if (mute && needs_a_fence_first(variant))
        return not_played(variant, play::Verdict::inconclusive,
                          "the target answers neither pings nor messages, so nothing can show "
                          "that it is alive before the case begins");
    return std::nullopt;
}

}  // namespace wsproof::run
