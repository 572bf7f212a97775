// `wsproof shrink`: makes a case file smaller as long as the server does the same with it.
#include <fmt/format.h>

#include <utility>

#include "cli/config.hpp"
#include "cli/exit_code.hpp"
#include "cli/outputs.hpp"
#include "cli/selection.hpp"
#include "cli/session.hpp"
#include "cli/target.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "fuzz/finding.hpp"
#include "fuzz/shrink.hpp"
#include "harness/run/calibrate.hpp"
#include "harness/script/load.hpp"
#include "harness/script/write.hpp"
#include "reports/redact.hpp"

namespace wsproof::cli {
namespace {

constexpr std::size_t most_tries = 2000;

fuzz::Session session_in(std::string const& path, script::Catalogue const& catalogue) {
    auto const text = read_file(path);
    if (!text) throw UsageError(fmt::format("{}: the file cannot be read", path));
    try {
        auto const variants = script::load_case(
            {.path = path, .text = *text, .id = script::case_id_of(path)}, catalogue);
        if (variants.size() != 1)
            throw UsageError(
                fmt::format("{}: expected one variant, found {}; a case with `each` "
                            "cannot be made smaller",
                            path, variants.size()));
        if (auto session = fuzz::session_of(variants.front())) return *std::move(session);
    } catch (script::CaseError const& error) {
        throw UsageError(error.what());
    }
    throw UsageError(fmt::format(
        "{}: expected one `open`, and frames behind it; nothing else can be made smaller", path));
}

std::string smaller_name(std::string const& path) {
    auto const dot = path.rfind(".jsonc");
    return path.substr(0, dot) + ".min.jsonc";
}

int shrink_against(std::string const& path, fuzz::Session session, Target const& target,
                   script::Catalogue const& catalogue, Values const& values, Terminal& terminal) {
    Session run{.catalogue = catalogue};
    run.setting = target.setting();
    run.echo = values.text("echo");
    auto const profile = calibrate(run, target.connect());
    if (!profile.reachable) throw play::Unreachable(profile.unreachable_reason);
    auto const setting = run::apply(profile, target.setting());
    fuzz::Model const model(catalogue,
                            {profile.echoes_text, profile.echoes_binary, profile.answers_pings});
    fuzz::Gate const gate{catalogue, setting.strict};
    auto const play_it = [&](fuzz::Session const& one) {
        fuzz::Finding finding;
        auto const judged = model.judge(one, 1);
        finding.result = play::play(judged.variant, setting, target.connect());
        finding.signature = fuzz::signature_of(judged, finding.result, gate);
        return std::pair{std::move(finding), judged};
    };
    auto const before = fuzz::frames_of(session);
    auto const signature = play_it(session).first.signature;
    if (signature.empty()) {
        terminal.result(
            fmt::format("{}: the server does nothing wrong with it: there is nothing to keep\n",
                        report::printable(path)));
        return exit_code::ok;
    }
    auto const smaller = fuzz::shrink(
        std::move(session),
        [&](auto const& one) { return play_it(one).first.signature == signature; }, most_tries);
    auto [finding, judged] = play_it(smaller);
    finding.faults = fuzz::faults_like(judged, setting, signature, gate);
    fuzz::describe(finding, std::move(judged), setting.run_seed);
    auto const to = smaller_name(path);
    if (auto const trouble = write_file(to, script::write(finding.variant))) {
        terminal.remark(fmt::format("wsproof: {}\n", *trouble));
        return exit_code::incomplete;
    }
    terminal.result(fmt::format("{}: {} frames, were {}: {}\n", report::printable(to),
                                finding.frames, before, report::printable(signature)));
    return exit_code::ok;
}

}  // namespace

int shrink(Invocation& invocation, Environment const& environment) {
    Terminal terminal(invocation.values, environment);
    auto const config = load_config(invocation, environment);
    auto const catalogue = load_cases(invocation.values);
    auto const path = invocation.values.positionals.front();
    auto session = session_in(path, catalogue);
    auto words = invocation;
    words.values.positionals.erase(words.values.positionals.begin());
    Target const target(words, config);
    try {
        return shrink_against(path, std::move(session), target, catalogue, words.values, terminal);
    } catch (play::Unreachable const& error) {
        report::Redactor const redactor(target.setting());
        terminal.remark(fmt::format("wsproof: {}: {}\n",
                                    report::printable(redactor.text(target.url())),
                                    report::printable(redactor.text(error.what()))));
        return exit_code::unreachable;
    }
}

}  // namespace wsproof::cli
