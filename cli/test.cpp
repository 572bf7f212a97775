// `wsproof test`: judges one server and writes the reports; several, one after another, when a spec
// of Autobahn names them (autobahn_run.cpp).
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/autobahn_run.hpp"
#include "cli/baseline_file.hpp"
#include "cli/ci.hpp"
#include "cli/config.hpp"
#include "cli/exit_code.hpp"
#include "cli/live.hpp"
#include "cli/outputs.hpp"
#include "cli/print_config.hpp"
#include "cli/selection.hpp"
#include "cli/session.hpp"
#include "cli/signals.hpp"
#include "cli/target.hpp"
#include "cli/terminal.hpp"
#include "cli/test_run.hpp"
#include "cli/verbs.hpp"
#include "reports/journal.hpp"
#include "reports/names.hpp"
#include "reports/redact.hpp"

namespace wsproof::cli {
namespace {

constexpr auto role = wire::Role::server;

class TestRun {
public:
    TestRun(Invocation& invocation, Environment const& environment, TestContext context)
        : values_(invocation.values),
          argv_(invocation.argv),
          context_(std::move(context)),
          terminal_(values_, environment),
          outputs_(values_, !context_.is_about_origin),
          ci_(values_, environment) {
        if (context_.collects_autobahn) outputs_.leave_out_autobahn();
        if (outputs_.takes_stdout()) terminal_.results_to_stderr();
    }

    int run(Invocation const& invocation) {
        if (values_.flag("print-config")) {
            terminal_.result(print_config(invocation, context_.config));
            return exit_code::ok;
        }
        auto const catalogue = load_cases(values_);
        auto variants = selected(catalogue, values_, role);
        if (variants.empty() && !shard_of(values_)) return nothing_selected();
        Target target(invocation, context_.config);
        if (context_.is_about_origin) target.take_origin_from_url();
        auto session = session_for(catalogue, target);
        session.variants = std::move(variants);
        session.skips = skips_of(catalogue, context_.config, role);
        if (auto const code = check_outputs()) return *code;
        return measure(session, target);
    }

private:
    int nothing_selected() {
        terminal_.remark(
            "wsproof: no case is left to play: what -s and --profile choose, !EXPR has removed; "
            "`wsproof list` shows every case, --allow-empty makes this a success\n");
        return values_.flag("allow-empty") ? exit_code::ok : exit_code::incomplete;
    }

    /// Before anything is measured, so that no result is lost to a typing error.
    std::optional<int> check_outputs() {
        auto const trouble = outputs_.trouble();
        if (!trouble) return std::nullopt;
        if (outputs_.were_asked_for() || values_.is_set("journal")) {
            terminal_.remark(fmt::format("wsproof: {}; nothing was run\n", *trouble));
            return exit_code::incomplete;
        }
        terminal_.remark(fmt::format("wsproof: {}; going on without files\n", *trouble));
        outputs_.drop_files();
        return std::nullopt;
    }

    Session session_for(script::Catalogue const& catalogue, Target const& target) const {
        Session session{.catalogue = catalogue};
        session.argv = argv_;
        session.selection = expressions_of(values_);
        session.profile = values_.text("profile", "default");
        session.shard = shard_of(values_);
        session.setting = target.setting();
        session.target = target.info();
        session.security = {.claims = target.claims(),
                            .origin_check = target.origin_check(),
                            .requires_origin = target.requires_origin(),
                            .guesses_origin = target.guesses_origin()};
        session.fail_on = fail_on_of(values_);
        session.baseline = baseline_of(values_, session.target.id);
        session.fail_on_severity =
            report::names::severity.find(values_.text("fail-on-severity", "never"));
        session.jobs = jobs_of(values_);
        session.sanity = !values_.flag("no-sanity");
        if (values_.is_set("fail-fast"))
            session.fail_fast = std::max<std::uint64_t>(1, values_.number("fail-fast", 1));
        session.repetition = repetition_of(values_);
        if (values_.is_set("time-budget")) session.budget = values_.duration("time-budget", {});
        session.fail_on_flaky = values_.flag("fail-on-flaky");
        session.echo = values_.text("echo");
        static_cast<void>(
            values_.number("min-cases", 0));  // a bad number is no reason to run first
        return session;
    }

    int measure(Session& session, Target& target) {
        try {
            target.start();
            if (target.options().url.tls)
                session.tls_version = net::negotiated_tls(target.options());
        } catch (NotReady const& error) {
            return unreachable(error.what(), session, target);
        } catch (play::Unreachable const& error) {
            return unreachable(error.what(), session, target);
        }
        if (signal_received() != 0) return exit_code::signal_base + signal_received();
        std::unique_ptr<report::Journal> journal;
        Live live(terminal_, values_.flag("quiet"));
        auto report = perform(
            session, target.connect(), [&](report::Report const& head) { begin(head, journal); },
            observer(journal, live, target));
        live.end();
        tell_of_stopping(report);
        report.target.process = target.process();
        if (auto const words = target.exit_words()) report.target.exit_words = *words;
        if (report.run.state == run::State::target_lost && target.is_spawned())
            report.target.exit_words += log_words(target);
        target.stop();
        return end(report, journal.get());
    }

    int unreachable(std::string const& reason, Session const& session, Target const& target) {
        if (context_.keep) context_.keep(report_without_results(session, reason));
        auto const log = target.is_spawned() ? log_words(target) : std::string();
        report::Redactor const redactor(target.setting());
        terminal_.remark(fmt::format("wsproof: {}: {}\n{}",
                                     report::printable(redactor.text(target.url())),
                                     report::printable(redactor.text(reason)), log));
        return exit_code::unreachable;
    }

    /// A command that fails is for the user to mend.
    void tell_of_stopping(report::Report const& report) {
        for (auto const& result : report.results) {
            if (result.not_told.empty()) continue;
            return terminal_.remark(
                fmt::format("wsproof: {}\n", report::printable(result.not_told)));
        }
    }

    static std::string log_words(Target const& target) {
        auto const log = report::Redactor(target.setting()).text(target.log_tail());
        std::string words;
        for (std::size_t at = 0; at < log.size();) {
            auto const end = std::min(log.find('\n', at), log.size());
            words += "\n    " + report::printable(log.substr(at, end - at));
            at = end + 1;
        }
        return words.empty() ? words : "; its last output:" + words + "\n";
    }

    void begin(report::Report const& head, std::unique_ptr<report::Journal>& journal) {
        if (!values_.flag("quiet") && head.target.profile.reachable) {
            head_text_ = report::text_head(head, terminal_.text_options());
            terminal_.result(head_text_);
        }
        if (outputs_.journal().empty()) return;
        auto without_results = head;
        without_results.results.clear();
        journal = std::make_unique<report::Journal>(outputs_.journal(), without_results);
    }

    run::Observer observer(std::unique_ptr<report::Journal>& journal, Live& live, Target& target) {
        run::Observer observer;
        report::Redactor const redactor(target.setting());
        observer.on_result = [&, redactor](play::Result const& result,
                                           run::Progress const& progress) {
            record(journal, result);
            live.show({.variant = result.variant,
                       .verdict = result.verdict,
                       .reason = redactor.text(result.reason)},
                      progress);
        };
        observer.should_stop = [] { return signal_received() != 0; };
        if (target.has_process()) observer.target_exit = [&] { return target.exit_words(); };
        if (target.may_restart()) observer.restart_target = [&] { return target.restart(); };
        return observer;
    }

    /// A journal that can no longer be written must not end the run: the reports may still be.
    void record(std::unique_ptr<report::Journal>& journal, play::Result const& result) {
        if (!journal) return;
        try {
            journal->add(result);
        } catch (report::ReportError const& error) {
            terminal_.remark(
                fmt::format("wsproof: {}; the run goes on without it\n", error.what()));
            unwritten_ = true;
            journal.reset();
        }
    }

    int end(report::Report& report, report::Journal* journal) {
        auto code = report.exit_code;
        if (report::judged_results(report) < values_.number("min-cases", 0))
            code = exit_code::graver(code, exit_code::incomplete);
        if (values_.flag("exit-zero")) code = exit_code::forgiven(code);
        report.exit_code = code;
        code = write(report, journal);
        if (context_.keep) context_.keep(report);
        if (signal_received() != 0) code = exit_code::signal_base + signal_received();
        report.exit_code = code;
        if (report.run.state == run::State::unreachable) {
            report::Redactor const redactor(report);
            terminal_.remark(fmt::format("wsproof: {}: {}\n",
                                         report::printable(redactor.text(report.target.url)),
                                         report::printable(redactor.text(report.run.state_words))));
            return code;
        }
        if (context_.is_silent) return code;
        print(report);
        ci_.tell(report, outputs_.location(), terminal_);
        if (report.baseline) terminal_.remark(warning_of(*report.baseline));
        return terminal_.failed() ? exit_code::graver(code, exit_code::incomplete) : code;
    }

    void print(report::Report const& report) {
        auto text = context_.is_about_origin
                        ? report::text_security(report, terminal_.text_options())
                        : report::text(report, terminal_.text_options());
        auto const head = report::text_head(report, terminal_.text_options());
        // The head stands there already, unless the run has changed it.
        if (!head_text_.empty() && text.starts_with(head)) text.erase(0, head.size());
        terminal_.result(text);
        if (!values_.flag("quiet"))
            for (auto const& path : outputs_.paths())
                if (path.ends_with(".html") || outputs_.paths().size() == 1)
                    terminal_.remark(fmt::format("report  {}\n", path));
    }

    /// Returns the exit code that the reports leave.
    int write(report::Report const& report, report::Journal* journal) {
        auto failures = outputs_.write(report, terminal_);
        try {
            if (journal != nullptr) journal->finish(report);
        } catch (report::ReportError const& error) {
            failures.emplace_back(error.what());
        }
        for (auto const& failure : failures)
            terminal_.remark(fmt::format(
                "wsproof: {}{}\n", failure,
                journal == nullptr ? ""
                                   : fmt::format("; the results are kept in {} (`wsproof "
                                                 "report {} -r FMT=PATH`)",
                                                 outputs_.journal(), outputs_.journal())));
        if (failures.empty() && !unwritten_) return report.exit_code;
        return exit_code::graver(report.exit_code, exit_code::incomplete);
    }

    Values const& values_;
    std::vector<std::string> argv_;
    TestContext context_;
    Terminal terminal_;
    Outputs outputs_;
    Ci ci_;
    std::string head_text_ = {};
    bool unwritten_ = false;
};

}  // namespace

int test_target(Invocation& invocation, Environment const& environment, TestContext context) {
    return TestRun(invocation, environment, std::move(context)).run(invocation);
}

int test(Invocation& invocation, Environment const& environment) {
    if (auto const spec = autobahn_spec_of(invocation.values))
        return test_by_autobahn_spec(invocation, environment, *spec);
    auto config = load_config(invocation, environment);
    return test_target(invocation, environment, {.config = std::move(config)});
}

}  // namespace wsproof::cli
