#include "harness/play/self_test.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "harness/play/endpoint_peer.hpp"
#include "harness/play/self_test_plays.hpp"

namespace wsproof::play {
namespace {

using script::Variant;

constexpr std::array deliveries{Delivery::whole, Delivery::bytewise, Delivery::coalesced};

/// What a fault costs at least one variant: a failure, unless the RFC lets such a peer off lightly.
Verdict price_of(script::Catalogue const& catalogue, std::string const& fault) {
    auto const found = catalogue.faults.find(fault);
    auto const grade = found == catalogue.faults.end() ? script::Grade::fail : found->second.grade;
    if (grade == script::Grade::lenient) return Verdict::lenient;
    return grade == script::Grade::note ? Verdict::note : Verdict::fail;
}

/// Those that can be planted. A user may name others, to tell in a report what they mean.
std::vector<std::string> faults_of(Variant const& variant) {
    auto faults = variant.faults;
    if (variant.own)
        std::erase_if(faults, [](auto const& fault) { return !reference::fault_named(fault); });
    return faults;
}

class Prover {
public:
    Prover(script::Catalogue const& catalogue, SelfTestOptions const& options)
        : catalogue_(catalogue), options_(options) {}

    SelfTest run();

private:
    bool proves(Proof proof) const { return std::ranges::count(options_.proofs, proof) != 0; }
    bool chosen(Variant const& variant) const;
    std::vector<wire::Role> roles(Variant const& variant) const {
        return roles_of(catalogue_.rule_of(variant).binds);
    }
    std::vector<Variant const*> twins_of(Variant const& variant, wire::Role role) const;

    void plan();
    void play_all();
    void judge_honest();
    void judge_mutants();
    void judge_twins();
    bool judge_twin(Job const& failing, std::vector<Variant const*> const& twins);
    void judge_replays();
    void judge_catalogue();
    Result const* result_of(Job const& job) const;
    void lapse(Proof proof, Job const& job, std::string words, Result const* result);

    script::Catalogue const& catalogue_;
    SelfTestOptions const& options_;
    std::vector<Variant const*> variants_ = {};
    std::map<Job, Played> outcomes_ = {};
    SelfTest report_ = {};
};

bool Prover::chosen(Variant const& variant) const {
    return !options_.chosen || options_.chosen(variant);
}

std::vector<Variant const*> Prover::twins_of(Variant const& variant, wire::Role role) const {
    if (variant.twin.empty()) return {};
    std::vector<Variant const*> twins = catalogue_.of_case(variant.twin);
    if (auto const* one = catalogue_.find(variant.twin)) twins = {one};
    std::erase_if(twins,
                  [&](Variant const* twin) { return std::ranges::count(roles(*twin), role) == 0; });
    return twins;
}

SelfTest Prover::run() {
    for (auto const& variant : catalogue_.variants) {
        if (!chosen(variant)) continue;
        if (variant.own && faults_of(variant).empty())
            report_.unproven.push_back(variant.id);
        else
            variants_.push_back(&variant);
    }
    report_.variants = variants_.size();
    plan();
    play_all();
    if (report_.interrupted) return std::move(report_);
    if (proves(Proof::honest)) judge_honest();
    if (proves(Proof::mutants)) judge_mutants();
    if (proves(Proof::twins)) judge_twins();
    if (proves(Proof::replay)) judge_replays();
    if (proves(Proof::catalogue)) judge_catalogue();
    return std::move(report_);
}

/// Every play that a proof needs, each once.
void Prover::plan() {
    auto const with_mutants = proves(Proof::mutants) || proves(Proof::twins) ||
                              proves(Proof::replay) || proves(Proof::catalogue);
    for (auto const* variant : variants_) {
        for (auto const role : roles(*variant)) {
            if (proves(Proof::honest) || proves(Proof::replay)) {
                for (auto const delivery : deliveries) outcomes_[{variant, role, {}, delivery}];
            }
            if (!with_mutants) continue;
            for (auto const& fault : faults_of(*variant)) {
                outcomes_[{variant, role, fault}];
                if (!proves(Proof::twins)) continue;
                for (auto const* twin : twins_of(*variant, role)) outcomes_[{twin, role, fault}];
            }
        }
    }
}

void Prover::play_all() {
    std::vector<std::pair<Job const, Played>*> queue;
    for (auto& entry : outcomes_) queue.push_back(&entry);
    std::atomic<std::size_t> next{0};
    std::atomic<bool> stopped{false};
    auto const again = proves(Proof::replay);
    auto const work = [&] {
        for (auto i = next++; i < queue.size() && !stopped; i = next++) {
            queue[i]->second = perform(queue[i]->first, again);
            if (options_.should_stop && options_.should_stop()) stopped = true;
        }
    };
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < options_.threads; ++i) helpers.emplace_back(work);
    work();
    helpers.clear();
    report_.interrupted = stopped;
}

void Prover::judge_honest() {
    for (auto const& [job, outcome] : outcomes_) {
        if (!job.fault.empty()) continue;
        ++report_.honest_plays;
        auto const& result = outcome.result;
        if (result.verdict == Verdict::pass && result.breaches.empty()) {
            ++report_.honest_passed;
            continue;
        }
        auto words = fmt::format("{} against the honest reference: {}", name_of(result.verdict),
                                 result.reason);
        for (auto const& breach : result.breaches)
            words += fmt::format("; breach of {}: {}", breach.rule, breach.reason);
        lapse(Proof::honest, job, std::move(words), &result);
    }
}

void Prover::judge_mutants() {
    std::map<std::pair<std::string, std::string>, Job> missed;  // case and fault
    std::set<std::pair<std::string, std::string>> caught;
    for (auto const* variant : variants_) {
        auto fails_somewhere = true;
        for (auto const role : roles(*variant)) {
            auto fails = false;
            for (auto const& fault : faults_of(*variant)) {
                Job const job{variant, role, fault};
                ++report_.mutant_plays;
                auto const* result = result_of(job);
                auto const failed = result != nullptr && result->verdict == Verdict::fail;
                fails = fails || failed;
                auto const paid =
                    result != nullptr && result->verdict == price_of(catalogue_, fault);
                if (paid) caught.insert({variant->case_id, fault});
                missed.try_emplace({variant->case_id, fault}, job);
            }
            fails_somewhere = fails_somewhere && fails;
            if (fails) continue;
            Job const job{variant, role,
                          variant->faults.empty() ? std::string{} : faults_of(*variant).front()};
            lapse(Proof::mutants, job, "fails under none of its faults", result_of(job));
        }
        if (fails_somewhere) ++report_.variants_failing;
    }
    for (auto const& [case_and_fault, job] : missed) {
        if (caught.contains(case_and_fault)) continue;
        auto const* result = result_of(job);
        lapse(Proof::mutants, job,
              fmt::format("no variant of {} is {} under this fault; {} is {}: {}",
                          case_and_fault.first, name_of(price_of(catalogue_, job.fault)),
                          job.variant->id, name_of(result->verdict), result->reason),
              result);
    }
}

/// A twin may name a fault of its own that its variant has too; but there has to be a fault that
/// tells the two apart, or the variant could never fail against a real target.
void Prover::judge_twins() {
    for (auto const* variant : variants_) {
        for (auto const role : roles(*variant)) {
            auto const twins = twins_of(*variant, role);
            auto told_apart = twins.empty();
            for (auto const& fault : faults_of(*variant)) {
                Job const job{variant, role, fault};
                auto const* result = result_of(job);
                if (result == nullptr || result->verdict != Verdict::fail) continue;
                told_apart = judge_twin(job, twins) || told_apart;
            }
            if (told_apart) continue;
            lapse(Proof::twins, {variant, role},
                  "under every fault that makes it fail its twin does not pass", nullptr);
        }
    }
}

/// True when all twins pass on the mutant.
bool Prover::judge_twin(Job const& failing, std::vector<Variant const*> const& twins) {
    for (auto const* twin : twins) {
        auto const* result = result_of({twin, failing.role, failing.fault});
        if (result == nullptr || result->verdict == Verdict::pass) continue;
        if (std::ranges::count(twin->faults, failing.fault) == 0) {
            lapse(Proof::twins, failing,
                  fmt::format("its twin {} does not pass on this mutant: {}: {}", twin->id,
                              name_of(result->verdict), result->reason),
                  result);
        }
        return false;
    }
    return true;
}

void Prover::judge_replays() {
    for (auto const& [job, outcome] : outcomes_) {
        ++report_.replays;
        if (outcome.replay.empty()) continue;
        lapse(Proof::replay, job,
              "judged again, the transcript says something else: " + outcome.replay,
              &outcome.result);
    }
}

void Prover::judge_catalogue() {
    std::set<std::string> used;
    std::set<std::string> caught;
    for (auto const& [job, outcome] : outcomes_) {
        if (job.fault.empty()) continue;
        used.insert(job.fault);
        if (outcome.result.verdict == price_of(catalogue_, job.fault)) caught.insert(job.fault);
    }
    report_.faults = used.size();
    report_.faults_caught = caught.size();
    for (auto const& fault : used) {
        if (!reference::fault_named(fault)) {
            report_.lapses.push_back(
                {.proof = Proof::catalogue,
                 .variant = fault,
                 .words = "a case names this fault, the reference does not have it"});
        }
    }
    if (options_.chosen) return;
    auto const complain = [this](std::string_view fault, std::string_view words) {
        report_.lapses.push_back({.proof = Proof::catalogue,
                                  .variant = std::string{fault},
                                  .words = std::string{words}});
    };
    for (auto const name : reference::fault_names()) {
        if (!catalogue_.faults.contains(std::string{name}))
            complain(name, "the reference has this fault, faults.jsonc does not");
    }
    for (auto const& [name, info] : catalogue_.faults) {
        if (info.own) continue;
        if (!reference::fault_named(name))
            complain(name, "faults.jsonc has this fault, the reference does not");
        if (!used.contains(name)) {
            complain(name, "no case names this fault");
        } else if (!caught.contains(name)) {
            complain(name, "no case catches this fault");
        }
    }
}

Result const* Prover::result_of(Job const& job) const {
    auto const found = outcomes_.find(job);
    return found == outcomes_.end() ? nullptr : &found->second.result;
}

void Prover::lapse(Proof proof, Job const& job, std::string words, Result const* result) {
    Lapse lapse{.proof = proof,
                .variant = job.variant->id,
                .role = job.role == wire::Role::server ? "server" : "client",
                .delivery = std::string{name_of(job.delivery)},
                .fault = job.fault,
                .words = std::move(words)};
    auto const lines = result == nullptr
                           ? std::size_t{0}
                           : std::min(result->transcript.entries.size(), options_.transcript_lines);
    for (std::size_t i = 0; i < lines; ++i) {
        constexpr std::array arrows{"->", "<-", "  "};
        auto const& entry = result->transcript.entries[i];
        lapse.transcript.push_back(
            fmt::format("{:8.1f} ms {} {} {}{}", static_cast<double>(entry.time.count()) / 1000.0,
                        entry.connection, arrows.at(static_cast<std::size_t>(entry.direction)),
                        entry.words, entry.flag == Flag::violation ? "  (violation)" : ""));
    }
    report_.lapses.push_back(std::move(lapse));
}

}  // namespace

SelfTest self_test(script::Catalogue const& catalogue, SelfTestOptions const& options) {
    return Prover{catalogue, options}.run();
}

}  // namespace wsproof::play
