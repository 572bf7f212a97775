#include "fuzz/campaign.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <thread>
#include <utility>

#include "fuzz/campaign_run.hpp"
#include "harness/run/evidence.hpp"

namespace wsproof::fuzz {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr std::size_t most_recent = 128;
constexpr milliseconds between_progress{250};
constexpr std::uint64_t between_looks = 256;  // sessions, at the process of the target
constexpr std::size_t most_frames = 5;
constexpr std::size_t most_bytes = 70000;

Traits traits_of(run::Profile const& profile) {
    return {profile.echoes_text, profile.echoes_binary, profile.answers_pings,
            profile.answers_close};
}

/// Whoever answers at once need not be waited for as long as others: a silence is told only when it
/// lasted the whole time.
play::Setting hasty(play::Setting setting, run::Profile const& profile) {
    constexpr milliseconds at_once{50};
    constexpr double share = 0.25;
    if (std::max(profile.opening_time, profile.round_trip) <= at_once) setting.time_scale *= share;
    return setting;
}

/// A step that neither takes its time nor needs a second connection.
bool is_quick(script::Step const& step) {
    if (step.on != 0 || step.of_grace != 0 || step.within > milliseconds{10000}) return false;
    if (auto const* const send = std::get_if<script::Send>(&step.action))
        return send->gap.count() == 0 &&
               std::ranges::none_of(send->outputs, [](auto const& output) {
                   auto const* const frame = std::get_if<script::FrameOutput>(&output);
                   return std::holds_alternative<script::DeafOutput>(output) ||
                          (frame != nullptr && frame->fragments != 0);
               });
    if (auto const* const expect = std::get_if<script::Expect>(&step.action))
        return !expect->meanwhile && !expect->to_auth_timeout &&
               std::ranges::none_of(expect->any_of, [](auto const& outcome) {
                   return outcome.pattern == script::Pattern{script::Word::silence};
               });
    return std::holds_alternative<script::Open>(step.action) ||
           std::holds_alternative<script::Alive>(step.action);
}

std::size_t bytes_of(script::Variant const& variant) {
    std::size_t bytes = 0;
    for (auto const& step : variant.steps)
        if (auto const* const send = std::get_if<script::Send>(&step.action))
            for (auto const& output : send->outputs)
                if (auto const* const frame = std::get_if<script::FrameOutput>(&output))
                    bytes += script::evaluate(frame->payload, 0).size();
    return bytes;
}

bool is_about(script::Variant const& variant, Phases const& phases) {
    std::string_view const id = variant.case_id;
    if (id.starts_with("opening/")) return phases.handshake;
    if (id.starts_with("closing/")) return phases.close;
    if (id.starts_with("deflate/")) return phases.deflate;
    constexpr std::array about_frames{"framing/", "messages/", "utf8/", "control/"};
    return phases.frames && std::ranges::any_of(about_frames, [&](auto const* folder) {
               return id.starts_with(folder);
           });
}

bool binds_servers(script::Rule const& rule) {
    return rule.binds != script::Binds::client;
}

}  // namespace

std::vector<script::Variant const*> bases_for(script::Catalogue const& catalogue,
                                              run::Profile const& profile,
                                              play::Setting const& setting, Phases const& phases) {
    std::vector<script::Variant const*> bases;
    if (!profile.opens) return bases;  // where a correct opening handshake fails, no case says more
    for (auto const& variant : catalogue.variants) {
        bool const fits =
            is_about(variant, phases) && binds_servers(catalogue.rule_of(variant)) &&
            !variant.exclusive && !variant.own && !variant.in_the_clear && !variant.at_login &&
            std::ranges::all_of(variant.steps, is_quick) && frames_of(variant) <= most_frames &&
            !run::ruled_out(variant, profile, setting) && bytes_of(variant) <= most_bytes;
        if (fits) bases.push_back(&variant);
    }
    return bases;
}

Outcome run(Plan const& plan, script::Catalogue const& catalogue, run::Profile const& profile,
            play::Setting const& setting, play::Connect const& connect, Observer const& observer) {
    return Campaign{plan, catalogue, profile, setting, connect, observer}.run();
}

Campaign::Campaign(Plan const& plan, script::Catalogue const& catalogue,
                   run::Profile const& profile, play::Setting const& setting,
                   play::Connect const& connect, Observer const& observer)
    : plan_(plan),
      catalogue_(catalogue),
      setting_(setting),
      hasty_(hasty(setting, profile)),
      connect_(connect),
      observer_(observer),
      gate_{catalogue, plan.strict, plan.judges},
      model_(catalogue, traits_of(profile)),
      generator_(model_, bases_for(catalogue, profile, setting, plan.phases), plan.phases,
                 plan.seed, plan.words) {
    for (auto const& session : plan.corpus) generator_.add_to_corpus(session);
}

Outcome Campaign::run() {
    began_ = told_ = play::Clock::now();
    is_sane_ = is_well(play::play(model_.judge(Session{}, 0).variant, setting_, connect_));
    replay_regressions();
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < plan_.jobs; ++i) workers.emplace_back([this] { work(); });
    workers.clear();
    if (outcome_.end == End::done) look_at_process();
    for (auto& finding : outcome_.findings)
        finding.times = std::max(finding.times, times_[finding.signature]);
    note_progress(true);
    outcome_.corpus = generator_.corpus();
    return std::move(outcome_);
}

/// What was found earlier comes first: if it is still there, that is known within a second.
void Campaign::replay_regressions() {
    for (auto const& variant : plan_.regressions) {
        if (observer_.should_stop && observer_.should_stop()) return;
        Judged judged{.variant = variant};
        auto result = play::play(variant, setting_, connect_);
        ++outcome_.figures.sessions;
        auto signature = signature_of(judged, result, gate_);
        if (signature.empty() && !exit_words()) continue;
        Finding finding{.harm = exit_words() ? Harm::crash : Harm::violation,
                        .signature = std::move(signature),
                        .result = std::move(result)};
        if (auto const words = exit_words()) finding.words = *words;
        finding.faults = variant.faults;
        finding.id = variant.case_id.substr(variant.case_id.rfind('/') + 1);
        finding.frames = frames_of(variant);
        finding.variant = variant;
        finding.known = is_excused(finding);
        if (observer_.on_finding) observer_.on_finding(finding);
        outcome_.findings.push_back(std::move(finding));
        if (exit_words() && !restart()) return;
    }
}

void Campaign::work() {
    while (auto made = begin()) {
        auto result = play::play(made->judged.variant, hasty_, connect_);
        end(*std::move(made), std::move(result));
    }
}

std::optional<Numbered> Campaign::begin() {
    Lock lock(mutex_);
    wake_.wait(lock, [this] { return !halted_; });
    if (is_over()) return std::nullopt;
    ++running_;
    ++outcome_.figures.sessions;
    return generator_.next();
}

void Campaign::end(Numbered made, play::Result result) {
    auto const signature = signature_of(made.judged, result, gate_);
    auto const is_suspect = may_be_gone(result) && !is_known(signature);
    count(made, result, is_suspect || !signature.empty());
    auto const gone = is_suspect && was_gone();
    if (!signature.empty() && !gone && is_new(signature)) examine(made, result, signature);
    Lock lock(mutex_);
    if (!gone && outcome_.figures.sessions % between_looks == 0 && !halted_) look_at_process();
    --running_;
    note_progress(false);
    wake_.notify_all();
}

void Campaign::count(Numbered const& made, play::Result const& result, bool went_wrong) {
    Lock const lock(mutex_);
    auto& figures = outcome_.figures;
    if (result.verdict == play::Verdict::inconclusive) ++figures.inconclusive;
    figures.exchanges += static_cast<std::uint64_t>(
        std::ranges::count_if(made.judged.variant.steps, [](script::Step const& step) {
            return std::holds_alternative<script::Expect>(step.action) ||
                   std::holds_alternative<script::Alive>(step.action);
        }));
    if (observer_.has_new_edges && observer_.has_new_edges() && made.session.base == nullptr)
        generator_.add_to_corpus(made.session);
    remember({made, went_wrong});
}

/// Looks after the target while nothing else runs; who comes meanwhile gets the same answer.
bool Campaign::was_gone() {
    Lock lock(mutex_);
    auto const looks = looks_;
    while (halted_) {
        step_aside(lock);
        if (looks_ != looks) return was_gone_;
    }
    halt_others(lock);
    was_gone_ = !is_there();
    if (was_gone_) investigate();
    ++looks_;
    let_others_go_on();
    return was_gone_;
}

/// As if this one were over, until the other need not be alone any more.
void Campaign::step_aside(Lock& lock) {
    --running_;
    wake_.notify_all();
    wake_.wait(lock, [this] { return !halted_; });
    ++running_;
}

/// Before each play of those that take long.
void Campaign::give_way() {
    Lock lock(mutex_);
    while (halted_ && alone_ != std::this_thread::get_id()) step_aside(lock);
}

/// Nobody else has halted them; the lock is held.
void Campaign::halt_others(Lock& lock) {
    halted_ = true;
    alone_ = std::this_thread::get_id();
    wake_.wait(lock, [this] { return running_ == 1; });
}

void Campaign::let_others_go_on() {
    halted_ = false;
    alone_ = {};
    wake_.notify_all();
}

Campaign::Alone::Alone(Campaign& campaign) : campaign_(campaign) {
    Lock lock(campaign_.mutex_);
    was_alone_ = campaign_.alone_ == std::this_thread::get_id();
    if (was_alone_) return;
    while (campaign_.halted_) campaign_.step_aside(lock);
    campaign_.halt_others(lock);
}

Campaign::Alone::~Alone() {
    Lock const lock(campaign_.mutex_);
    if (!was_alone_) campaign_.let_others_go_on();
}

void Campaign::remember(Trial trial) {
    recent_.push_front(std::move(trial));
    if (recent_.size() > most_recent) recent_.pop_back();
}

bool Campaign::is_over() const {
    if (finished_ || (observer_.should_stop && observer_.should_stop())) return true;
    if (plan_.runs && generator_.numbers() >= *plan_.runs) return true;
    return has_enough() || (plan_.time && play::Clock::now() - began_ >= *plan_.time);
}

bool Campaign::has_enough() const {
    auto const counted = std::ranges::count_if(outcome_.findings, &Finding::counts);
    return plan_.stop_after && static_cast<std::size_t>(counted) >= *plan_.stop_after;
}

void Campaign::note_progress(bool now) {
    auto const time = play::Clock::now();
    if (!now && time - told_ < between_progress) return;
    told_ = time;
    auto& figures = outcome_.figures;
    figures.findings = outcome_.findings.size();
    figures.coverage = generator_.coverage();
    figures.time = duration_cast<milliseconds>(time - began_);
    if (observer_.on_progress) observer_.on_progress(figures);
}

}  // namespace wsproof::fuzz
