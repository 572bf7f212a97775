// `wsproof self-test`: proves the judge on this machine, in process and in virtual time.
#include "harness/play/self_test.hpp"

#include <fmt/format.h>

#include <algorithm>
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
    if (!values.positionals.empty()) options.only = values.positionals.front();
    // A name that matches nothing is a typing error: `proved 0 variants` would read like success.
    if (!options.only.empty()) static_cast<void>(selected_for_any_role(catalogue, {options.only}));
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
    bool const proven = proof.lapses.empty() && proof.variants != 0;
    auto const code = proven ? exit_code::ok : exit_code::internal;
    terminal.result(fmt::format("{} lapses   exit {} ({})\n", proof.lapses.size(), code,
                                proven ? "every case can pass and can fail"
                                       : "a case or the reference is wrong: please report it"));
    return code;
}

}  // namespace wsproof::cli
