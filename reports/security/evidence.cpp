#include "reports/security/evidence.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "reference_impl/wire/http_head.hpp"
#include "reference_impl/wire/origin.hpp"

namespace wsproof::report {

std::string origin_sent(play::Result const& result) {
    for (auto const& entry : result.transcript.entries) {
        if (entry.kind != play::EntryKind::http || entry.direction != play::Direction::send)
            continue;
        auto const parsed = wire::parse_head(entry.bytes);
        if (parsed.state != wire::HeadState::complete) return {};
        std::string all;
        for (auto const& value : parsed.head.values_of("Origin"))
            all += (all.empty() ? "" : " and ") + value;
        return all;
    }
    return {};
}

bool can_be_sent_by_pages(script::Variant const& variant) {
    // Cases about what no browser sends call it strict (docs/origin.md).
    return std::ranges::none_of(variant.steps, [](script::Step const& step) {
        auto const* const expect = std::get_if<script::Expect>(&step.action);
        return expect != nullptr &&
               std::ranges::any_of(expect->any_of, [](script::Outcome const& outcome) {
                   auto const* const word = std::get_if<script::Word>(&outcome.pattern);
                   return word != nullptr && *word == script::Word::accepted &&
                          outcome.grade == script::Grade::strict;
               });
    });
}

/// The words of the table about a target whose origin this is.
std::string filled(std::string text, std::string_view serialised) {
    wire::Origin const origin(serialised);
    std::array<std::pair<std::string_view, std::string_view>, 5> const words{
        {{"{origin}", serialised},
         {"{host}", origin.host},
         {"{name}", origin.name},
         {"{scheme}", origin.scheme},
         {"{parent}", origin.parent.empty() ? origin.name : origin.parent}}};
    for (auto const& [word, by] : words)
        for (auto at = text.find(word); at != std::string::npos;
             at = text.find(word, at + by.size()))
            text.replace(at, word.size(), by);
    return text;
}

std::string origins_in_words(Finding const& finding) {
    constexpr std::size_t most = 3;
    std::set<std::string> origins;
    for (auto const& evidence : finding.evidence) origins.insert(evidence.origin);
    std::string words;
    std::size_t count = 0;
    for (auto const& origin : origins)
        if (++count <= most) words += (words.empty() ? "" : "; ") + origin;
    return origins.size() > most ? words + "; and others" : words;
}

}  // namespace wsproof::report
