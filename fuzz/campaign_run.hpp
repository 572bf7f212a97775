// One campaign while it runs. Private to campaign*.cpp.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
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

    /// What a session came to that was played once more; nothing when there is no target any more.
    struct Attempt {
        std::string signature = {};
        play::Result result = {};
    };
    /// As long as it lives nothing else runs. For who runs himself; it may be nested.
    class Alone {
    public:
        explicit Alone(Campaign& campaign);
        ~Alone();
        Alone(Alone const&) = delete;
        Alone& operator=(Alone const&) = delete;

    private:
        Campaign& campaign_;
        bool was_alone_ = false;
    };

    // Sessions, one after another (campaign.cpp).
    void replay_regressions();
    void work();
    std::optional<Numbered> begin();
    void end(Numbered made, play::Result result);
    void count(Numbered const& made, play::Result const& result, bool went_wrong);
    void remember(Trial trial);
    bool was_gone();
    void step_aside(Lock& lock);
    void give_way();
    void halt_others(Lock& lock);
    void let_others_go_on();
    bool is_over() const;
    bool has_enough() const;
    void note_progress(bool now);

    // What they came to (campaign_findings.cpp).
    bool is_known(std::string const& signature);
    bool is_new(std::string const& signature);
    void examine(Numbered const& made, play::Result const& result, std::string const& signature);
    bool has_good_twin(Session const& session);
    Attempt attempt(Session const& session, std::uint64_t number, play::Setting const& setting);
    void work_out(Finding& finding, Numbered made, play::Setting const& setting);
    void minimize(Finding& finding, Numbered& made, play::Setting const& setting);
    std::chrono::milliseconds time_to_minimize() const;
    bool was_enough();
    bool is_excused(Finding const& finding) const;
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
    play::Setting const hasty_;  ///< for all that is played again with `setting_` before it is told
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
    bool is_sane_ = true;         ///< it was well at the start
    bool halted_ = false;         ///< nothing begins as long as somebody has to be alone
    std::thread::id alone_ = {};  ///< who that is
    bool was_gone_ = false;       ///< what the last look after the target said
    std::size_t looks_ = 0;       ///< after the target
    bool finished_ = false;       ///< nothing begins any more
    std::deque<Trial> recent_ = {};
    std::map<std::string, std::size_t> times_ = {};   ///< sessions, by their signature
    std::map<std::string, std::size_t> doubts_ = {};  ///< findings that did not come again
    std::string sanitizer_told_ = {};                 ///< what is known of its log already
    Outcome outcome_ = {};
};

}  // namespace wsproof::fuzz
