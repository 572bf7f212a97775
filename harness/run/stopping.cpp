// The part of the scheduler that plays the cases which tell the target to stop: they come last, one
// after the other, and what they do to the target is no loss of it.
#include "harness/run/scheduler.hpp"

namespace wsproof::run {
namespace {

constexpr std::string_view not_back =
    "the target was told to stop by an earlier case and has not come back: with --spawn wsproof "
    "starts it again";

}  // namespace

void Scheduler::arrived_at_the_end(std::size_t index, play::Result result) {
    auto const not_told = result.not_told;
    told_to_stop_ = not_told.empty();
    finish(index, std::move(result));
    if (!not_told.empty()) skip_rest("the target could not be told to stop: " + not_told, "config");
}

/// Started again where that can be done; some come back by themselves. Nothing else runs meanwhile.
bool Scheduler::has_come_back(Lock& lock) {
    alone_ = true;
    lock.unlock();
    bool const started = observer_.restart_target && observer_.restart_target();
    lock.lock();
    bool const back = started || is_there(lock);
    alone_ = false;
    if (back) {
        told_to_stop_ = false;
        epoch_ = play::Clock::now();
    } else {
        skip_rest(std::string(not_back), "target-lost");
    }
    wake_.notify_all();
    return back;
}

/// They wait until it is known of all the others whether the target was well.
bool Scheduler::suspects_come_first() const {
    return !suspects_.empty() && !ready_.empty() && ready_.begin()->stops_target;
}

}  // namespace wsproof::run
