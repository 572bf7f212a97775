#include "harness/play/search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "harness/play/words.hpp"
#include "reference_impl/wire/close_status.hpp"

namespace wsproof::play {
namespace {

using How = Try::How;
using script::Limit;

/// Each of them costs the whole time of a step.
constexpr unsigned silences_at_most = 3;

std::uint64_t between(std::uint64_t low, std::uint64_t high) {
    if (high / low <= 2) return low + (high - low) / 2;
    auto const middle = std::sqrt(static_cast<double>(low)) * std::sqrt(static_cast<double>(high));
    return std::clamp(static_cast<std::uint64_t>(middle), low + 1, high - 1);
}

bool is_about_heads(Limit limit) {
    return limit == Limit::header_field_size || limit == Limit::header_fields ||
           limit == Limit::request_line_size;
}

bool is_about_messages(Limit limit) {
    return limit == Limit::frame_size || limit == Limit::message_size ||
           limit == Limit::fragments || limit == Limit::empty_fragments ||
           script::is_compressed(limit);
}

std::string amount(script::Measure const& measure, std::uint64_t number) {
    return grouped(number) + " " + std::string(script::info_of(measure.limit).unit);
}

struct Graded {
    Verdict verdict = Verdict::pass;
    std::string note = {};
};

/// 7.4.1: 1009 is the code for a message that is too big (7.1.7: SHOULD); RFC 9110 5.4: a head that
/// is too big is answered with a 4xx.
Graded grade_refusal(Limit limit, std::optional<std::uint16_t> status) {
    if (is_about_messages(limit) && status != wire::status::message_too_big)
        return {Verdict::lenient, "1009 is the code for it"};
    if (is_about_heads(limit) && status.value_or(0) / 100 != 4)
        return {Verdict::lenient, "a 4xx would have been fitting"};
    return {};
}

Graded grade(Limit limit, Try const& refusal) {
    auto const heads = is_about_heads(limit);
    if (!heads && !is_about_messages(limit)) return {};  // nothing is prescribed
    switch (refusal.how) {
        case How::refused:
            return grade_refusal(limit, refusal.status);
        case How::dropped:
            return {Verdict::lenient,
                    heads ? "no HTTP response came before" : "no Close frame came before"};
        case How::silent:
            return heads ? Graded{Verdict::fail, "whoever asks is left waiting"}
                         : Graded{Verdict::lenient, "whoever sends it is left waiting"};
        case How::unreachable:
            return {Verdict::note, "no further connection could be had"};
        case How::taken:
        case How::wrong:
            break;
    }
    return {};
}

Judgement told(std::string words, Try const& tried) {
    Judgement judgement;
    judgement.reason = std::move(words);
    judgement.actual = tried.deed;
    judgement.kind = tried.kind;
    return judgement;
}

Judgement wrong_at(script::Measure const& measure, Search const& found) {
    auto judgement =
        told(fmt::format("at {} the server {}", amount(measure, *found.beyond), found.refusal.deed),
             found.refusal);
    judgement.verdict = Verdict::fail;
    judgement.expected = {"all of it, or a refusal"};
    return judgement;
}

}  // namespace

Search bisect(std::uint64_t least, std::uint64_t most,
              std::function<Try(std::uint64_t)> const& attempt) {
    Search found;
    unsigned silences = 0;
    auto const takes = [&](std::uint64_t size) {
        auto tried = attempt(size);
        if (tried.how == How::taken) {
            found.taken = size;
            return true;
        }
        found.beyond = size;
        silences += tried.how == How::silent ? 1U : 0U;
        found.refusal = std::move(tried);
        return false;
    };
    auto const goes_on = [&] {
        auto const how = found.refusal.how;
        return how != How::wrong && how != How::unreachable && silences < silences_at_most;
    };
    if (!takes(least) || least == most || takes(most)) return found;
    while (goes_on() && *found.beyond - *found.taken > 1)
        takes(between(*found.taken, *found.beyond));
    return found;
}

Judgement judge_size(script::Measure const& measure, Search const& found) {
    if (found.beyond && found.refusal.how == How::wrong) return wrong_at(measure, found);
    if (!found.beyond) {
        return told(fmt::format("takes {}, the most that was tried", amount(measure, measure.most)),
                    found.refusal);
    }
    if (!found.taken) {
        auto judgement = told(fmt::format("takes not even {}: the server {}",
                                          amount(measure, *found.beyond), found.refusal.deed),
                              found.refusal);
        judgement.verdict = Verdict::note;
        judgement.notes = {"the limit could not be measured"};
        return judgement;
    }
    auto const exact = *found.beyond - *found.taken == 1;
    auto judgement = told(
        fmt::format("takes {}; {} {} the server {}", amount(measure, *found.taken),
                    exact ? "at" : "somewhere up to", grouped(*found.beyond), found.refusal.deed),
        found.refusal);
    auto const graded = grade(measure.limit, found.refusal);
    judgement.verdict = graded.verdict;
    if (!graded.note.empty()) {
        judgement.reason += ": " + graded.note;
        judgement.notes.push_back(graded.note);
    }
    if (*found.taken >= measure.enough) return judgement;
    // No size is prescribed; a small one is worth knowing.
    judgement.notes.push_back("less than " + amount(measure, measure.enough));
    if (judgement.verdict == Verdict::pass) judgement.verdict = Verdict::note;
    return judgement;
}

void compare_with_plain(Judgement& judgement, std::uint64_t refused) {
    judgement.reason +=
        fmt::format("; in one frame and uncompressed it refuses {} bytes", grouped(refused));
    judgement.notes.emplace_back("the limit does not hold for such messages");
    if (judgement.verdict == Verdict::pass) judgement.verdict = Verdict::note;
}

Judgement judge_rate(script::Measure const& measure, std::uint64_t rate, std::uint64_t done,
                     Try const& stop) {
    if (stop.how == How::taken) {
        return told(fmt::format("{} {}", grouped(rate), script::info_of(measure.limit).unit), stop);
    }
    auto judgement = told(fmt::format("after {} of {} the server {}", grouped(done),
                                      grouped(measure.most), stop.deed),
                          stop);
    auto const fails = stop.how == How::silent || stop.how == How::wrong;
    judgement.verdict = fails ? Verdict::fail : Verdict::note;
    if (fails) judgement.expected = {"an answer to every one"};
    return judgement;
}

}  // namespace wsproof::play
