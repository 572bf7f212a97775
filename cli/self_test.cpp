// `wsproof self-test`: proves the judge on this machine, in process and in virtual time.
#include "harness/play/self_test.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <thread>

#include "cli/exit_code.hpp"
#include "cli/selection.hpp"
#include "cli/signals.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"

namespace wsproof::cli {
namespace {

play::SelfTestOptions options_from(Values const& values, script::Catalogue const& catalogue) {
    play::SelfTestOptions options;
    bool const all = values.positionals.empty() && expressions_of(values).empty();
    if (!all) {
        auto const variants = selected_without_target(catalogue, values);
        options.chosen = [chosen = std::set(variants.begin(), variants.end())](
                             script::Variant const& variant) { return chosen.contains(&variant); };
    }
    options.threads = std::max(1U, std::thread::hardware_concurrency());
    options.should_stop = [] { return signal_received() != 0; };
    return options;
}

std::string counts_of(play::SelfTest const& proof) {
    return fmt::format(
        "{} variants: {} of {} plays pass on the honest reference, in every delivery\n"
        "{} of {} variants fail under at least one of their faults ({} plays)\n"
        "{} of {} faults are caught; {} transcripts judged again\n",
        proof.variants, proof.honest_passed, proof.honest_plays, proof.variants_failing,
        proof.variants, proof.mutant_plays, proof.faults_caught, proof.faults, proof.replays);
}

/// A user's cases may be about what the reference does not do; that is no lapse, but to be known.
std::string unproven_words(play::SelfTest const& proof) {
    if (proof.unproven.empty()) return {};
    auto text = fmt::format(
        "{} of your own variants have no proof: they name no fault of the reference, so nothing "
        "shows that they can fail\n",
        proof.unproven.size());
    for (auto const& id : proof.unproven) text += "    " + id + "\n";
    return text;
}

}  // namespace

int self_test(Invocation& invocation, Environment const& environment) {
    auto const& values = invocation.values;
    Terminal terminal(values, environment);
    auto const catalogue = load_cases(values);
    auto const proof = play::self_test(catalogue, options_from(values, catalogue));
    if (!values.flag("quiet"))
        for (auto const& lapse : proof.lapses) terminal.result(play::in_words(lapse) + "\n");
    if (!values.flag("quiet")) terminal.result(counts_of(proof));
    if (proof.interrupted) return exit_code::signal_base + signal_received();
    if (!values.flag("quiet")) terminal.result(unproven_words(proof));
    bool const proven = proof.lapses.empty() && proof.variants + proof.unproven.size() != 0;
    auto const code = proven ? exit_code::ok : exit_code::internal;
    terminal.result(fmt::format("{} lapses   exit {} ({})\n", proof.lapses.size(), code,
                                proven ? proof.unproven.empty()
                                             ? "every case can pass and can fail"
                                             : "every case with a proof can pass and can fail"
                                       : "a case or the reference is wrong: please report it"));
    return code;
}

}  // namespace wsproof::cli
