// `wsproof demo`: the suite against the built-in server, honest and with a few faults.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/exit_code.hpp"
#include "cli/faults.hpp"
#include "cli/live.hpp"
#include "cli/outputs.hpp"
#include "cli/selection.hpp"
#include "cli/session.hpp"
#include "cli/signals.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "harness/net/target.hpp"
#include "reference_impl/server/server.hpp"

namespace wsproof::cli {
namespace {

struct Patient {
    std::string name = {};
    std::vector<std::string> faults = {};
};

std::vector<Patient> patients() {
    return {{"honest", {}},
            {"believes-unmasked-frames", {"accepts-unmasked"}},
            {"echoes-any-close-code", {"echoes-any-close-code"}},
            {"never-checks-utf8", {"accepts-invalid-utf8"}}};
}

class Demo {
public:
    Demo(Invocation& invocation, Environment const& environment)
        : values_(invocation.values),
          argv_(invocation.argv),
          terminal_(values_, environment),
          catalogue_(load_cases(values_)),
          variants_(selected(catalogue_, values_, wire::Role::server)) {}

    int run() {
        int code = exit_code::ok;
        for (auto const& patient : patients()) {
            if (signal_received() != 0) return exit_code::signal_base + signal_received();
            code = exit_code::graver(code, examine(patient));
        }
        return code;
    }

private:
    int examine(Patient const& patient) {
        server::ServerOptions options;
        options.faults = faults_named(patient.faults);
        server::Server const server(options);
        auto const url = fmt::format("ws://127.0.0.1:{}/", server.port());
        Live live(terminal_, values_.flag("quiet"));
        run::Observer observer;
        observer.on_result = [&](play::Result const& result, run::Progress const& progress) {
            // Failures are the point of the demonstration: only the honest server's are news.
            if (patient.faults.empty() || result.verdict != play::Verdict::fail)
                live.show(result, progress);
        };
        observer.should_stop = [] { return signal_received() != 0; };
        net::TargetOptions target;
        target.url = net::parse_url(url);
        auto const report =
            perform(session_for(patient, target), net::connector(target), {}, observer);
        live.end();
        return tell(patient, report);
    }

    Session session_for(Patient const& patient, net::TargetOptions const& target) const {
        Session session{.catalogue = catalogue_};
        session.variants = variants_;
        session.argv = argv_;
        session.selection = expressions_of(values_);
        session.setting.host = target.url.host_field();
        session.setting.run_seed = values_.hexadecimal("seed", 0x00c0ffee5eed0001ULL);
        session.setting.strict = values_.flag("strict");
        session.setting.time_scale = values_.scale("timeout-scale", 1.0);
        session.target = {.id = patient.name, .name = patient.name, .url = target.url.text()};
        session.fail_on = fail_on_of(values_);
        session.jobs = jobs_of(values_);
        return session;
    }

    int tell(Patient const& patient, report::Report const& report) {
        auto const failed = failures(report);
        terminal_.result(fmt::format("{:<26} {}", patient.name,
                                     report::text_tail(report, terminal_.text_options())));
        constexpr std::size_t most = 3;
        for (std::size_t n = 0; n < std::min(most, failed.size()) && !values_.flag("quiet"); ++n)
            terminal_.result(fmt::format("    {} {}\n", failed[n]->variant,
                                         report::printable(failed[n]->reason)));
        if (!write(patient, report)) return exit_code::incomplete;
        if (report.run.state == run::State::interrupted) return exit_code::ok;
        bool const expected = patient.faults.empty() ? report.exit_code == exit_code::ok
                                                     : report.exit_code == exit_code::failed;
        return expected ? exit_code::ok : exit_code::internal;
    }

    static std::vector<play::Result const*> failures(report::Report const& report) {
        std::vector<play::Result const*> failed;
        for (auto const& result : report.results)
            if (result.verdict == play::Verdict::fail) failed.push_back(&result);
        return failed;
    }

    /// Each server has a folder of its own below the report folder.
    bool write(Patient const& patient, report::Report const& report) {
        auto values = values_;
        auto const folder =
            std::filesystem::path(values_.text("report-dir", "wsproof-report")) / patient.name;
        values.set("report-dir", {.words = {folder.string()}, .source = Source::flag});
        Outputs const outputs(values, true);
        auto const trouble = outputs.trouble();
        auto failures =
            trouble ? std::vector<std::string>{*trouble} : outputs.write(report, terminal_);
        for (auto const& words : failures) terminal_.remark(fmt::format("wsproof: {}\n", words));
        if (failures.empty() && !values_.flag("quiet"))
            for (auto const& path : outputs.paths())
                if (path.ends_with(".html")) terminal_.result(fmt::format("    {}\n", path));
        return failures.empty();
    }

    Values const& values_;
    std::vector<std::string> argv_;
    Terminal terminal_;
    script::Catalogue catalogue_;
    std::vector<script::Variant const*> variants_;
};

}  // namespace

int demo(Invocation& invocation, Environment const& environment) {
    return Demo(invocation, environment).run();
}

}  // namespace wsproof::cli
