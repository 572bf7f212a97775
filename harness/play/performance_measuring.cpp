// The verb `measure`.
#include <algorithm>

#include "harness/play/gauge.hpp"
#include "harness/play/performance.hpp"

namespace wsproof::play {
namespace {

using std::chrono::milliseconds;

milliseconds in_milliseconds(std::chrono::microseconds time) {
    return std::chrono::duration_cast<milliseconds>(time) + milliseconds{1};
}

/// How long a connection is held that is looked at.
milliseconds longest(script::Measure const& measure) {
    if (measure.limit != script::Limit::idle_time) return milliseconds{0};
    return milliseconds{static_cast<milliseconds::rep>(measure.most)};
}

/// Other connections are spoken to as often as this: a server may end idle ones.
constexpr std::chrono::seconds quiet_time{1};

}  // namespace

void Performance::perform(script::Measure const& measure) {
    judging_ = true;
    triggered_ = true;
    kept_.clear();
    auto const within = stage_.scaled(step_->within);
    auto const dial_one = [&] {
        auto const index = dialled_++;
        // Each try has its own time.
        stage_.case_time = std::max(stage_.case_time, in_milliseconds(elapsed()) + 2 * within +
                                                          longest(measure) + setting().case_time);
        return std::make_unique<Connection>(dial(index), stage_, index, elapsed());
    };
    auto heard_at = elapsed();
    auto const over = [&](Connection const& it) {
        over_ = std::max(over_, it.elapsed());
        if (elapsed() - heard_at < quiet_time) return;
        hear_others();
        heard_at = elapsed();
    };
    auto measured = Gauge{measure, within, stage_, tokens_, dial_one, over}.measure();
    stage_.case_time = in_milliseconds(elapsed()) + setting().case_time;
    auto const name = std::string(script::info_of(measure.limit).name);
    if (measured.value) result_.metrics[name] = static_cast<double>(*measured.value);
    if (measured.at_least) result_.metrics["at-least"] = 1;
    if (measured.refused_plain)
        result_.metrics["refused-plain"] = static_cast<double>(*measured.refused_plain);
    if (measured.status) result_.metrics["status-code"] = *measured.status;
    take(std::move(measured.judgement));
}

/// Those of the case's own connections that are open still answer.
void Performance::hear_others() {
    if (!setting().answers_pings) return;
    for (auto& [on, it] : connections_) {
        if (it.end() || !it.may_speak()) continue;
        auto const token = wire::to_bytes(tokens_.token());
        it.send_own(wire::Opcode::ping, token);
        await_fence(it, wire::Opcode::ping, token);
    }
}

}  // namespace wsproof::play
