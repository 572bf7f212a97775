#include "fuzz/finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "harness/play/endpoint_peer.hpp"
#include "harness/script/write.hpp"
#include "reference_impl/protocol/fault.hpp"

namespace wsproof::fuzz {
namespace {

constexpr std::string_view breach_of = "breach of ";  // as the player signs it
constexpr std::size_t most_faults = 3;                // more would explain nothing

/// FNV-1a, in 32 bits: enough to tell the findings of a run apart.
std::uint32_t digest(std::string_view text) {
    std::uint32_t hash = 2166136261U;
    for (auto const letter : text) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619U;
    return hash;
}

/// "text 'H'" and "text ''" are one thing: a text that nobody asked for.
std::string without_payload(std::string const& kind) {
    for (std::string_view const word : {"text", "binary", "pong", "ping"})
        if (kind.starts_with(word)) return std::string{word};
    return kind;
}

std::string sends_wrongly(std::string const& rule) {
    return fmt::format("{}: broken by what it sends", rule);
}

Question const* question_of(Judged const& judged, play::Result const& result) {
    auto const& at = result.decided_at;
    if (!at.file.empty() || at.line >= judged.questions.size()) return nullptr;
    return &judged.questions[at.line];
}

bool is_wrong(play::Result const& result, bool strict) {
    if (result.verdict == play::Verdict::fail) return true;
    // A reset may have overtaken the Close frame: that says nothing (RFC 9293 3.10.7).
    return strict && result.verdict == play::Verdict::lenient &&
           result.ending != play::Ending::reset;
}

/// Where the connection does not open as it should there is none to begin with: the case is then a
/// request, and the 101 that has to come.
void ask_for_the_opening(script::Variant& variant) {
    auto const* const open = std::get_if<script::Open>(&variant.steps.front().action);
    bool const asks_nothing_else =
        variant.steps.size() == 2 && std::holds_alternative<script::Alive>(variant.steps[1].action);
    if (open == nullptr || !asks_nothing_else) return;
    script::RequestOutput request{.headers = open->headers};
    if (!open->extension.empty())
        request.headers.push_back({"Sec-WebSocket-Extensions", {open->extension}});
    variant.steps[0].action = script::Send{{std::move(request)}};
    variant.steps[1].action = script::Expect{{{script::Word::accepted}}};
    variant.says = "A server answers a correct request with a correct 101.";
}

}  // namespace

bool Gate::counts(std::string const& rule) const {
    auto const known = catalogue.rules.find(rule);
    return strict || known == catalogue.rules.end() || known->second.level == script::Level::must;
}

std::string signature_of(Judged const& judged, play::Result const& result, Gate const& gate) {
    if (!gate.judges) return {};
    auto const colon = result.signature.find(": ");
    auto const kind = without_payload(
        colon == std::string::npos ? result.signature : result.signature.substr(colon + 2));
    // A 101 that is wrong in itself says nothing of the request that it answers.
    bool const is_about_what_it_sends =
        !is_wrong(result, gate.strict) || kind.starts_with(breach_of) || kind == "response 101";
    auto const breach = std::ranges::find_if(
        result.breaches, [&](auto const& one) { return gate.counts(one.rule); });
    if (is_about_what_it_sends && breach != result.breaches.end())
        return sends_wrongly(breach->rule);
    if (!is_wrong(result, gate.strict)) return {};
    auto const* const question = question_of(judged, result);
    auto const& rule = question != nullptr ? question->rule : judged.variant.rule;
    if (!gate.counts(rule)) return {};
    return question != nullptr ? fmt::format("{}, {}: {}", rule, question->about, kind)
                               : fmt::format("{}: {}", rule, kind);
}

std::vector<std::string> faults_like(Judged const& judged, play::Setting const& setting,
                                     std::string const& signature, Gate const& gate) {
    std::vector<std::string> alike;
    for (auto const name : reference::fault_names()) {
        reference::Options options;
        options.resources = {setting.resource_name};
        auto const fault = reference::fault_named(name);
        auto const connect = play::to_reference(wire::Role::server, options, {*fault});
        auto const result = play::play(judged.variant, setting, connect);
        if (signature_of(judged, result, gate) != signature) continue;
        alike.emplace_back(name);
        if (alike.size() > most_faults) return {};
    }
    return alike;
}

void describe(Finding& finding, Judged judged, std::uint64_t seed) {
    auto const* const question = question_of(judged, finding.result);
    auto& variant = judged.variant;
    if (question != nullptr) {
        variant.rule = question->rule;
        variant.says = fmt::format("Behind these frames a server owes {}.", question->about);
    }
    if (finding.harm != Harm::violation) {
        variant.says = "The server does not come well out of these frames.";
        variant.rule = "6455/10.7/input-validated";
    }
    for (auto const& breach : finding.result.breaches)
        if (finding.signature == sends_wrongly(breach.rule)) {
            variant.rule = breach.rule;
            if (finding.result.verdict == play::Verdict::inconclusive) ask_for_the_opening(variant);
        }
    variant.faults = finding.faults;
    variant.aliases.clear();
    variant.twin.clear();
    auto text = script::write(variant);
    finding.id = fmt::format("F-{:08x}", digest(finding.signature + text));
    variant.found = script::Found{"wsproof fuzz", fmt::format("seed {:016x}, session {}: {}", seed,
                                                              finding.session, finding.signature)};
    variant.id = variant.case_id = "found/" + finding.id;
    finding.frames = frames_of(variant);
    finding.variant = std::move(variant);
}

}  // namespace wsproof::fuzz
