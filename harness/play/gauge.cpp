#include "harness/play/gauge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace wsproof::play {
namespace {

using How = Try::How;
using script::Limit;

}  // namespace

Gauge::Gauge(script::Measure const& measure, std::chrono::milliseconds within, Stage& stage,
             Random& tokens, Dial dial, Over over)
    : measure_(measure),
      within_(within),
      stage_(stage),
      tokens_(tokens),
      dial_(std::move(dial)),
      over_(std::move(over)) {}

Gauge::Measured Gauge::measure() {
    switch (measure_.limit) {
        case Limit::frame_size:
        case Limit::message_size:
        case Limit::compressed_size:
        case Limit::compressed_fragments_size:
        case Limit::fragments:
        case Limit::empty_fragments:
        case Limit::header_field_size:
        case Limit::header_fields:
        case Limit::request_line_size:
            return seek();
        case Limit::connections:
            return hold_connections();
        case Limit::idle_time:
            return idle();
        case Limit::messages_per_second:
        case Limit::pings_per_second:
            return exchange();
        case Limit::connections_per_second:
            return come_and_go();
    }
    return {};
}

Gauge::Measured Gauge::seek() {
    auto measure = measure_;
    auto const compressed = is_compressed(measure.limit);
    auto plain = compressed ? refused_plain() : std::nullopt;
    // No more is ever inflated than twice what the peer said is too much.
    if (plain) measure.most = std::max(measure.least, std::min(measure.most, 2 * *plain));
    auto const found = bisect(measure.least, measure.most,
                              [&](std::uint64_t size) { return attempt(measure.limit, size); });
    auto const endless = found.taken && !found.beyond;
    if (endless && measure.limit == Limit::message_size) plain = refused_plain();
    Measured measured{.value = found.taken,
                      .status = found.refusal.status,
                      .at_least = endless,
                      .judgement = judge_size(measure, found)};
    if (endless && plain && *plain <= *found.taken) {
        measured.refused_plain = plain;
        compare_with_plain(measured.judgement, *plain);
    }
    return measured;
}

/// A size at which a message is refused that comes in one frame and uncompressed; found by
/// doubling, so that it is at most twice the limit.
std::optional<std::uint64_t> Gauge::refused_plain() {
    constexpr std::uint64_t first = 1024;
    auto const refuses = [](Try const& tried) {
        return tried.how == How::refused || tried.how == How::dropped;
    };
    if (!refuses(attempt(Limit::frame_size, measure_.most))) return std::nullopt;
    for (auto size = std::max(first, measure_.least); size < measure_.most; size *= 2) {
        auto const tried = attempt(Limit::frame_size, size);
        if (refuses(tried)) return size;
        if (tried.how != How::taken) return std::nullopt;
    }
    return measure_.most;
}

Try Gauge::attempt(Limit limit, std::uint64_t size) {
    auto const about_the_head = limit == Limit::header_field_size ||
                                limit == Limit::header_fields || limit == Limit::request_line_size;
    try {
        auto const it = dial_();
        auto tried = about_the_head ? ask(*it, size) : say(*it, limit, size);
        part(*it, tried.how == How::taken);
        return tried;
    } catch (Unreachable const& unreachable) {
        return {How::unreachable, std::nullopt, unreachable.what(), "no connection"};
    }
}

Try Gauge::ask(Connection& it, std::uint64_t size) {
    auto const number = static_cast<std::size_t>(size);
    if (measure_.limit == Limit::header_field_size)
        return open(it, {}, "X-Filler: " + std::string(number, 'x') + "\r\n");
    if (measure_.limit == Limit::header_fields) {
        std::string lines;
        for (std::size_t i = 1; i <= number; ++i) lines += fmt::format("X-{}: x\r\n", i);
        return open(it, {}, lines);
    }
    constexpr std::string_view around = "GET  HTTP/1.1";
    auto target = stage_.setting.resource_name;
    target += target.find('?') == std::string::npos ? "?x=" : "&x=";
    auto const length = std::max(number, around.size()) - around.size();
    if (target.size() < length) target.append(length - target.size(), 'x');
    return open(it, {.target = target});
}

}  // namespace wsproof::play
