#include "harness/run/run.hpp"

#include "harness/run/scheduler.hpp"

namespace wsproof::run {

Outcome execute(Plan const& plan, script::Catalogue const& catalogue, Profile const& profile,
                play::Setting const& setting, play::Connect const& connect,
                Observer const& observer) {
    return Scheduler(plan, catalogue, profile, setting, connect, observer).run();
}

}  // namespace wsproof::run
