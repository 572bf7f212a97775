#include "harness/script/roles.hpp"

#include <algorithm>

namespace wsproof::script {

namespace {

/// Which roles the peer may have where this noun stands.
struct Fits {
    bool server = true;
    bool client = true;
};

Fits fits(Output const& output) {
    return {!std::holds_alternative<ResponseOutput>(output),
            !std::holds_alternative<RequestOutput>(output)};
}

Fits fits(Pattern const& pattern) {
    if (std::holds_alternative<ResponsePattern>(pattern)) return {true, false};
    if (auto const* const word = std::get_if<Word>(&pattern)) {
        if (*word == Word::request) return {false, true};
        bool const of_response =
            *word == Word::accepted || *word == Word::refused || *word == Word::closed_at_once;
        if (of_response) return {true, false};
    }
    Fits both;
    if (auto const* const all = std::get_if<AllPattern>(&pattern)) {
        for (auto const& part : all->patterns) {
            auto const one = fits(part);
            both.server = both.server && one.server;
            both.client = both.client && one.client;
        }
    }
    return both;
}

Fits fits(Step const& step) {
    Fits both;
    auto const add = [&](Fits one) {
        both.server = both.server && one.server;
        both.client = both.client && one.client;
    };
    if (auto const* const send = std::get_if<Send>(&step.action))
        for (auto const& output : send->outputs) add(fits(output));
    // A client cannot be told to come again and again, each time with more, nor to stop.
    if (std::holds_alternative<Measure>(step.action) ||
        std::holds_alternative<Shutdown>(step.action) || std::holds_alternative<Gone>(step.action))
        both.client = false;
    if (auto const* const expect = std::get_if<Expect>(&step.action))
        for (auto const& outcome : expect->any_of) add(fits(outcome.pattern));
    return both;
}

}  // namespace

std::optional<Misfit> misfit_with(Binds binds, Variant const& variant) {
    for (auto const& step : variant.steps) {
        auto const both = fits(step);
        if (binds != Binds::client && !both.server)
            return Misfit{step.at,
                          "expected no response and no word \"request\" where the peer can be the "
                          "server"};
        if (binds != Binds::server && !both.client)
            return Misfit{step.at,
                          "expected no request, no word about the response and no measure where "
                          "the peer can be the client"};
    }
    return std::nullopt;
}

}  // namespace wsproof::script
