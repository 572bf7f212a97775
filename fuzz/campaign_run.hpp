// One campaign while it runs. Private to campaign*.cpp.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "fuzz/campaign.hpp"

namespace wsproof::fuzz {

class Campaign {
public:
    Campaign(Plan const& plan, script::Catalogue const& catalogue, run::Profile const& profile,
             play::Setting const& setting, play::Connect const& connect, Observer const& observer);
    Outcome run();

private:
    using Lock = std::unique_lock<std::mutex>;
    /// A session that was played, as long as it may turn out that it was the target's end.
    struct Trial {
        Numbered made = {};
        bool went_wrong = false;
    };

    // Sessions, one after another (campaign.cpp).
    void replay_regressions();
    void work();
    std::optional<Numbered> begin();
    void end(Numbered made, play::Result result);
    void count(Numbered const& made, play::Result const& result, bool went_wrong);
    void remember(Trial trial);
    bool was_gone();
    bool is_over() const;
    bool has_enough() const;
    void note_progress(bool now);

    // What they came to (campaign_findings.cpp).
    bool is_known(std::string const& signature);
    bool is_new(std::string const& signature);
    void examine(Numbered const& made, play::Result const& result, std::string const& signature);
    bool has_good_twin(Session const& session);
    std::string attempt(Session const& session, std::uint64_t number);
    void forget(std::string const& signature);
    void minimize(Session& session, std::string& signature, std::uint64_t number);
    void report(Finding finding, Judged judged);
    void keep(Finding finding);

    // Whether the target is still there (campaign_autopsy.cpp).
    bool may_be_gone(play::Result const& result) const;
    bool is_there();
    bool is_well(play::Result const& sane) const;
    void investigate();
    void lose(Harm harm, std::string const& words);
    std::optional<Trial> culprit(std::vector<Trial> const& suspects, Harm harm);
    bool restart();
    bool does_harm(Judged const& judged, Harm harm);
    void look_at_process();
    std::optional<std::string> exit_words() const;
    std::string sanitizer_words() const;

    Plan const& plan_;
    script::Catalogue const& catalogue_;
    play::Setting const& setting_;
    play::Connect const& connect_;
    Observer const& observer_;
    Gate gate_;
    Model model_;
    Generator generator_;

    std::mutex mutex_ = {};
    std::condition_variable wake_ = {};
    play::Clock::time_point began_ = {};
    play::Clock::time_point told_ = {};
    unsigned running_ = 0;
    bool is_sane_ = true;    ///< it was well at the start
    bool halted_ = false;    ///< nothing begins until somebody has looked after the target
    bool was_gone_ = false;  ///< what the last look after it said
    bool finished_ = false;  ///< nothing begins any more
    std::deque<Trial> recent_ = {};
    std::map<std::string, std::size_t> times_ = {};  ///< sessions, by their signature
    std::string sanitizer_told_ = {};                ///< what is known of its log already
    Outcome outcome_ = {};
};

}  // namespace wsproof::fuzz
