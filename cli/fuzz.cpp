// `wsproof fuzz`: makes up sessions and judges the answers of a server by the reference
// (docs/fuzzing.md).
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/baseline_file.hpp"
#include "cli/ci.hpp"
#include "cli/config.hpp"
#include "cli/corpus_folder.hpp"
#include "cli/exit_code.hpp"
#include "cli/fuzz_files.hpp"
#include "cli/fuzz_plan.hpp"
#include "cli/fuzz_report.hpp"
#include "cli/outputs.hpp"
#include "cli/selection.hpp"
#include "cli/session.hpp"
#include "cli/signals.hpp"
#include "cli/target.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "fuzz/campaign.hpp"
#include "harness/run/calibrate.hpp"
#include "reports/baseline/hold.hpp"
#include "reports/redact.hpp"

namespace wsproof::cli {
namespace {

class FuzzRun {
public:
    FuzzRun(Invocation& invocation, Environment const& environment)
        : invocation_(invocation),
          values_(invocation.values),
          terminal_(values_, environment),
          outputs_(values_, true),
          ci_(values_, environment),
          catalogue_(load_cases(values_)) {
        if (outputs_.takes_stdout()) terminal_.results_to_stderr();
    }

    int run(Environment const& environment) {
        auto const config = load_config(invocation_, environment);
        auto plan = fuzz_plan_of(values_, catalogue_);
        Target target(invocation_, config);
        baseline_ = baseline_of(values_, target.info().id);
        FuzzFiles const files(values_, outputs_.folder(), report::Redactor(target.setting()));
        if (auto const trouble = outputs_.trouble()) {
            terminal_.remark(fmt::format("wsproof: {}; nothing was run\n", *trouble));
            return exit_code::incomplete;
        }
        files.check();
        plan.corpus = files.corpus(catalogue_);
        try {
            target.start();
            return measure(plan, target, files);
        } catch (NotReady const& error) {
            return unreachable(error.what(), target);
        } catch (play::Unreachable const& error) {
            return unreachable(error.what(), target);
        }
    }

private:
    int unreachable(std::string const& reason, Target const& target) {
        report::Redactor const redactor(target.setting());
        terminal_.remark(fmt::format("wsproof: {}: {}\n",
                                     report::printable(redactor.text(target.url())),
                                     report::printable(redactor.text(reason))));
        return exit_code::unreachable;
    }

    Session session_for(Target const& target, fuzz::Plan const& plan) const {
        Session session{.catalogue = catalogue_};
        session.argv = invocation_.argv;
        session.setting = target.setting();
        session.setting.run_seed = plan.seed;
        session.setting.strict = plan.strict;
        session.target = target.info();
        session.jobs = plan.jobs;
        session.echo = values_.text("echo");
        if (target.options().url.tls) session.tls_version = net::negotiated_tls(target.options());
        return session;
    }

    int measure(fuzz::Plan& plan, Target& target, FuzzFiles const& files) {
        auto const session = session_for(target, plan);
        auto const profile = calibrate(session, target.connect());
        // A 101 that is wrong is a finding; anything else looks like a wrong address.
        if (!profile.reachable || (!profile.opens && profile.status != 101))
            return unreachable(profile.reachable ? "a correct opening handshake is not answered "
                                                   "with a correct 101; `wsproof doctor` says more"
                                                 : profile.unreachable_reason,
                               target);
        auto const setting = run::apply(profile, session.setting);
        auto report = report_head(session, profile, setting);
        if (baseline_)
            plan.is_known = [this, day = report.run.started.substr(0, 10)](auto const& signature) {
                return report::excuses_finding(*baseline_, signature, day);
            };
        if (!values_.flag("quiet"))
            terminal_.result(report::text_head(report, terminal_.text_options()));
        auto outcome = fuzz::run(plan, catalogue_, profile, setting, target.connect(),
                                 observer(target, files, plan));
        if (line_is_up_) terminal_.remark("\r\x1b[K");
        files.keep_corpus(outcome.corpus);
        report.target.process = target.process();
        if (auto const words = target.exit_words()) report.target.exit_words = *words;
        target.stop();
        add_to_report(report, outcome, catalogue_);
        if (baseline_) report::hold(report, *baseline_, catalogue_);
        report.exit_code = report::exit_code_of(report);
        return end(report);
    }

    fuzz::Observer observer(Target& target, FuzzFiles const& files, fuzz::Plan const& plan) {
        fuzz::Observer observer;
        observer.on_finding = [&files, redactor = report::Redactor(target.setting()),
                               this](fuzz::Finding& finding) {
            if (finding.session != 0) finding.file = files.keep(finding);
            tell(finding, redactor);
        };
        observer.on_progress = [this](fuzz::Figures const& figures) { show(figures); };
        observer.should_stop = [] { return signal_received() != 0; };
        if (target.has_process()) observer.target_exit = [&] { return target.exit_words(); };
        if (target.may_restart()) observer.restart_target = [&] { return target.restart(); };
        if (target.is_spawned()) observer.log = [&] { return target.log_tail(); };
        if (plan.memory_limit != 0)
            observer.memory = [&] {
                auto const span = target.process();
                return span ? span->after.memory : 0;
            };
        observer.has_new_edges = files.new_edges();
        return observer;
    }

    void tell(fuzz::Finding const& finding, report::Redactor const& redactor) {
        if (values_.flag("quiet") || terminal_.progress() == ProgressStyle::none) return;
        if (line_is_up_) terminal_.remark("\r\x1b[K");
        line_is_up_ = false;
        auto const how = finding.known ? "known: " : finding.confirmed ? "" : "not seen again: ";
        terminal_.remark(fmt::format("{}{} {}: {}\n", how, finding.id, harm_name(finding.harm),
                                     report::printable(redactor.text(finding.signature))));
    }

    void show(fuzz::Figures const& figures) {
        auto const style = values_.flag("quiet") ? ProgressStyle::none : terminal_.progress();
        if (style == ProgressStyle::none) return;
        auto const now = std::chrono::steady_clock::now();
        if (style == ProgressStyle::plain && now - told_ < std::chrono::seconds(10)) return;
        told_ = now;
        auto const line = campaign_words(figures);
        if (style == ProgressStyle::plain) return terminal_.remark(line + "\n");
        terminal_.remark("\r\x1b[K" + line.substr(0, terminal_.width() - 1));
        line_is_up_ = true;
    }

    int end(report::Report& report) {
        auto code = report.exit_code;
        if (values_.flag("exit-zero")) code = exit_code::forgiven(code);
        report.exit_code = code;
        auto const failures = outputs_.write(report, terminal_);
        for (auto const& failure : failures)
            terminal_.remark(fmt::format("wsproof: {}\n", failure));
        if (!failures.empty()) code = exit_code::graver(code, exit_code::incomplete);
        if (signal_received() != 0) code = exit_code::signal_base + signal_received();
        report.exit_code = code;
        terminal_.result(report::text(report, terminal_.text_options()));
        if (report.baseline) terminal_.remark(warning_of(*report.baseline));
        ci_.tell(report, outputs_.location(), terminal_);
        return terminal_.failed() ? exit_code::graver(code, exit_code::incomplete) : code;
    }

    Invocation& invocation_;
    Values const& values_;
    Terminal terminal_;
    Outputs outputs_;
    Ci ci_;
    script::Catalogue catalogue_;
    std::optional<report::Baseline> baseline_ = std::nullopt;
    std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();
    bool line_is_up_ = false;
};

}  // namespace

int fuzz_server(Invocation& invocation, Environment const& environment) {
    if (invocation.values.is_set("merge"))
        return merge_corpora(invocation.values, load_cases(invocation.values));
    return FuzzRun(invocation, environment).run(environment);
}

}  // namespace wsproof::cli
