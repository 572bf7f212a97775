#include "harness/play/self_test_plays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "harness/play/authentication.hpp"
#include "harness/play/causes.hpp"
#include "harness/play/endpoint_peer.hpp"
#include "harness/play/recorded_peer.hpp"
#include "harness/play/tickets.hpp"

namespace wsproof::play {
namespace {

using script::Variant;

constexpr std::string_view reference_origin = "https://app.good.example";
constexpr std::string_view other_reference_origin = "https://shop.other.example";
constexpr std::string_view reference_subprotocol = "chat.example";
constexpr std::string_view other_subprotocol = "superchat.example";

// A JSON Web Token by its form, so that what is done to these can be tried.
constexpr std::string_view reference_token =
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ3c3Byb29mIn0.c2lnbmVkLWZvci13c3Byb29m";
constexpr std::string_view expired_token = "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.bG9uZy1hZ28tc2lnbmVk";
constexpr std::string_view first_message = R"({"token":"{token}"})";
constexpr std::string_view session_cookie = "__Host-session";
constexpr std::chrono::milliseconds patience{3000};

// So that whoever looks for a limit finds one soon.
constexpr std::size_t small_message_size = 100'000;
constexpr std::size_t small_fragments = 1'500;

struct SchemeNeed {
    std::string_view need;
    reference::Authentication::Scheme scheme;
    AuthScheme of_setting;
};
using ReferenceScheme = reference::Authentication::Scheme;
constexpr std::array scheme_needs{
    SchemeNeed{"auth-first-message", ReferenceScheme::first_message, AuthScheme::first_message},
    SchemeNeed{"auth-query", ReferenceScheme::query, AuthScheme::query},
    SchemeNeed{"auth-cookie", ReferenceScheme::cookie, AuthScheme::cookie},
    SchemeNeed{"auth-header", ReferenceScheme::header, AuthScheme::header},
    SchemeNeed{"auth-subprotocol", ReferenceScheme::subprotocol, AuthScheme::subprotocol}};

/// The scheme that a case asks for, if any. Its twin gets the same target.
SchemeNeed const* scheme_of(Variant const& variant) {
    auto const found = std::ranges::find_if(
        scheme_needs, [&](auto const& scheme) { return variant.has_need(scheme.need); });
    return found == scheme_needs.end() ? nullptr : &*found;
}

reference::Authentication authentication_for(Variant const& variant) {
    reference::Authentication policy;
    if (variant.has_need("auth-ticket")) policy.tickets = std::make_shared<reference::TicketBook>();
    if (auto const* const scheme = scheme_of(variant)) policy.scheme = scheme->scheme;
    policy.token = reference_token;
    policy.expired_token = expired_token;
    policy.message = first_message;
    policy.patience = patience;
    bool const by_cookie = policy.scheme == ReferenceScheme::cookie;
    if (by_cookie || variant.has_need("login-url")) policy.name = session_cookie;
    if (variant.has_need("login-url")) policy.login_resource = "/login";
    return policy;
}

void authenticate_for(Variant const& variant, Setting& setting) {
    auto const* const scheme = scheme_of(variant);
    setting.canary_send = setting.canary_expect = "who am I";  // the reference echoes
    setting.auth_timeout = patience;
    setting.session_cookie = session_cookie;
    setting.words["login_target"] = "/login";
    setting.words["login_host"] = setting.host;
    if (scheme == nullptr) return;
    if (scheme->of_setting == AuthScheme::subprotocol)
        setting.subprotocols = {std::string{reference_subprotocol}};
    authenticate(setting, {.schemes = {scheme->of_setting},
                           .token = std::string{variant.has_need("auth-ticket") ? ticket_mark
                                                                                : reference_token},
                           .expired_token = std::string{expired_token},
                           .cookie = std::string{session_cookie},
                           .message = std::string{first_message}});
}

bool measures(script::Step const& step) {
    return std::holds_alternative<script::Measure>(step.action);
}

/// A target that has what the case needs, and nothing that it did not ask for.
reference::Options options_for(Variant const& variant) {
    reference::Options options;
    options.resources = {"/"};  // so that there are some that do not exist (4.2.2)
    options.authentication = authentication_for(variant);
    if (variant.has_need("origin-policy") || variant.has_need("auth-cookie"))
        options.origin_policy.allowed = {std::string{reference_origin},
                                         std::string{other_reference_origin}};
    if (std::ranges::any_of(variant.steps, measures)) {
        options.max_message_size = small_message_size;
        options.max_fragments = small_fragments;
    }
    if (variant.has_need("subprotocol") || variant.has_need("auth-subprotocol"))
        options.subprotocols = {std::string{reference_subprotocol}, std::string{other_subprotocol}};
    return options;
}

Setting setting_for(Job const& job) {
    Setting setting;
    setting.target_role = job.role;
    setting.delivery = job.delivery;
    setting.depth = Depth::brief;
    // Some violations fail in the strict reading alone; an honest peer passes in both.
    setting.strict = !job.fault.empty();
    setting.allowed_origins = {std::string{reference_origin}, std::string{other_reference_origin}};
    setting.words = {{"origin", std::string{reference_origin}},
                     {"subprotocol", std::string{reference_subprotocol}},
                     {"other_subprotocol", std::string{other_subprotocol}}};
    authenticate_for(*job.variant, setting);
    return setting;
}

/// The reference as the target of a case; one that can be told to stop, where that is the case.
Connect to_target(Job const& job, reference::Options const& options,
                  reference::Faults const& faults, Setting& setting) {
    if (job.variant->stops_target()) {
        auto target = to_stoppable_reference(options, faults);
        setting.stopping = std::move(target.stopping);
        return std::move(target.connect);
    }
    auto connect = to_reference(job.role, options, faults);
    auto const& book = options.authentication.tickets;
    if (!book) return connect;
    return with_tickets(std::move(connect),
                        std::make_shared<Tickets>([book] { return book->issue(); }));
}

/// The reference in the place of the target of a run: what the owner said of that target holds of
/// it.
std::optional<Deed> deed_of_reference(Variant const& variant, std::string const& fault,
                                      Setting const& of_run) {
    Job const job{&variant, of_run.target_role, fault};
    auto setting = setting_for(job);
    setting.host = of_run.host;
    for (auto const* const name : {"origin", "hostname", "port", "scheme"})
        if (auto const word = of_run.words.find(name); word != of_run.words.end())
            setting.words[name] = word->second;
    auto options = options_for(variant);
    auto& allowed = options.origin_policy.allowed;
    setting.allowed_origins = of_run.allowed_origins;
    if (!allowed.empty()) {
        allowed = of_run.allowed_origins;
        allowed.insert(allowed.begin(), setting.words["origin"]);
    }
    reference::Faults faults;
    if (auto const known = reference::fault_named(fault)) faults.add(*known);
    auto const connect = to_target(job, options, faults, setting);
    auto const observation = observed(variant, play(variant, setting, connect));
    if (!observation) return std::nullopt;
    return observation->deed;
}

std::string difference(Result const& first, Result const& second) {
    if (first.verdict == second.verdict && first.reason == second.reason) return {};
    return fmt::format("first {}: {}; then {}: {}", name_of(first.verdict), first.reason,
                       name_of(second.verdict), second.reason);
}

}  // namespace

std::vector<wire::Role> roles_of(script::Binds binds) {
    switch (binds) {
        case script::Binds::server:
            return {wire::Role::server};
        case script::Binds::client:
            return {wire::Role::client};
        case script::Binds::endpoint:
            break;
    }
    return {wire::Role::server, wire::Role::client};
}

Played perform(Job const& job, bool again) {
    reference::Faults faults;
    if (auto const fault = reference::fault_named(job.fault)) faults.add(*fault);
    auto setting = setting_for(job);
    auto const options = options_for(*job.variant);
    setting.in_the_clear = to_secure_port(options, faults);
    auto const connect = to_target(job, options, faults, setting);
    Played outcome;
    outcome.result = play(*job.variant, setting, connect);
    setting.in_the_clear = {};  // the recording has its connections as they were
    setting.stopping.tell = {};
    setting.stopping.exit_words = {};
    auto const& transcript = outcome.result.transcript;
    if (again && transcript.complete) {
        outcome.replay =
            difference(outcome.result, play(*job.variant, setting, replaying(transcript)));
    }
    return outcome;
}

Prediction by_reference(script::Catalogue const& catalogue, Setting const& setting) {
    return [&catalogue, &setting](std::string const& fault,
                                  std::string const& id) -> std::optional<Deed> {
        auto const* const variant = catalogue.find(id);
        if (variant == nullptr) return std::nullopt;
        return deed_of_reference(*variant, fault, setting);
    };
}

std::vector<std::string> faults_behind(Variant const& variant, Result const& result,
                                       wire::Role role) {
    std::vector<std::string> alike;
    std::vector<std::string> failing;
    for (auto const& fault : variant.faults) {
        if (!reference::fault_named(fault)) continue;
        auto const mutant = perform({&variant, role, fault}, false).result;
        if (mutant.verdict == Verdict::pass) continue;
        failing.push_back(fault);
        if (mutant.signature == result.signature) alike.push_back(fault);
    }
    return alike.empty() ? failing : alike;
}

}  // namespace wsproof::play
