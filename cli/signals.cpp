#include "cli/signals.hpp"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <atomic>

namespace wsproof::cli {
namespace {

// A signal handler can reach nothing but what is global.
std::atomic<int> received{0};
static_assert(std::atomic<int>::is_always_lock_free);

void remember(int signal) {
    int none = 0;
    if (!received.compare_exchange_strong(none, signal)) _exit(128 + signal);
}

}  // namespace

void take_signals() {
    struct sigaction action{};
    action.sa_handler = remember;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, nullptr);
}

int signal_received() {
    return received.load();
}

void wait_for_signal() {
    // A signal that comes between the look and the sleep costs one short sleep, not for ever.
    timespec const moment{.tv_sec = 0, .tv_nsec = 20'000'000};
    while (signal_received() == 0) nanosleep(&moment, nullptr);
}

}  // namespace wsproof::cli
