// Plays a graph of variants with several threads: twins first, exclusive ones alone, and a halt
// whenever the target may be gone.
#pragma once

#include <chrono>
#include <compare>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "harness/run/graph.hpp"
#include "harness/run/run.hpp"

namespace wsproof::run {

class Scheduler {
public:
    Scheduler(Plan const& plan, script::Catalogue const& catalogue, Profile const& profile,
              play::Setting const& setting, play::Connect const& connect, Observer const& observer);
    Outcome run();

private:
    using Lock = std::unique_lock<std::mutex>;
    using Indices = std::vector<std::size_t>;
    /// Place in the order of starting: who needs the target alone comes last, and whoever sleeps
    /// through most of its time had better begin early. Behind them all come those that tell the
    /// target to stop: it may not come back, so the one that looks at most connections is first.
    struct Turn {
        bool stops_target = false;
        std::size_t minus_connections = 0;
        bool exclusive = false;
        std::chrono::milliseconds minus_own_time{0};
        std::size_t place = 0;
        std::size_t index = 0;
        auto operator<=>(Turn const&) const = default;
    };

    // The way of a variant.
    void settle_ruled_out();
    void make_ready(std::size_t index);
    void work();
    Turn turn_of(std::size_t index) const;
    std::optional<std::size_t> startable() const;
    bool may_start();
    void stop(State state, std::string words);
    void arrived(std::size_t index, play::Result result);
    void played(std::size_t index, play::Result result);
    void finish(std::size_t index, play::Result result);
    void arrived_at_the_end(std::size_t index, play::Result result);
    bool has_come_back(Lock& lock);
    bool suspects_come_first() const;
    void publish(Node const& node);
    void tell_dependents(std::size_t index);
    void skip_rest(std::string const& reason, std::string const& skip_reason);

    // Whether the target is still there; only while nothing runs.
    void coordinate();
    void investigate(Lock& lock);
    bool is_there(Lock& lock);
    void release_suspects();
    Indices last_seen_with() const;
    void lost(Lock& lock, std::string const& how);
    std::optional<std::size_t> find_killer(Lock& lock, Indices const& candidates);
    void accuse(std::size_t index, std::string const& how);
    void reopen(std::size_t index);
    void withdraw(std::size_t index);
    bool restart(Lock& lock);
    std::optional<std::string> exit_words() const;

    // The sanity case before and after.
    script::Variant const* sanity_variant() const;
    bool is_reachable();
    void sane_at_end();

    Plan const& plan_;
    script::Catalogue const& catalogue_;
    Profile const& profile_;
    play::Setting const& setting_;
    play::Connect const& connect_;
    Observer const& observer_;

    std::mutex mutex_ = {};
    std::condition_variable wake_ = {};
    std::vector<Node> nodes_;
    std::set<Turn> ready_ = {};
    Indices suspects_ = {};               ///< results that may only tell that the target is gone
    play::Clock::time_point epoch_ = {};  ///< since the target was last known to be well
    std::size_t open_nodes_ = 0;
    unsigned running_ = 0;
    bool alone_ = false;         ///< an exclusive variant runs
    bool told_to_stop_ = false;  ///< by a case; it has not been seen since
    bool halted_ = false;        ///< nothing starts until the coordinator has looked
    bool stopping_ = false;      ///< nothing starts any more
    bool finished_ = false;
    unsigned restarts_ = 0;
    play::Clock::time_point const began_ = play::Clock::now();
    Progress progress_ = {};
    Outcome outcome_ = {};
};

}  // namespace wsproof::run
