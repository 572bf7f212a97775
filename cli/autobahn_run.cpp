#include "cli/autobahn_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <set>
#include <utility>

#include "cli/autobahn_choice.hpp"
#include "cli/autobahn_output.hpp"
#include "cli/autobahn_server.hpp"
#include "cli/exit_code.hpp"
#include "cli/outputs.hpp"
#include "cli/selection.hpp"
#include "cli/signals.hpp"
#include "cli/terminal.hpp"
#include "cli/test_run.hpp"
#include "reports/model.hpp"

namespace wsproof::cli {
namespace {

namespace autobahn = report::autobahn;

/// "a, b, c and 4 more"
std::string listed(std::vector<std::string> const& words) {
    constexpr std::size_t most = 6;
    auto const shown = std::min(words.size(), most);
    auto text = fmt::format(
        "{}", fmt::join(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
    return words.size() > most ? fmt::format("{} and {} more", text, words.size() - most) : text;
}

/// "out/report.json" becomes "out/PART/report.json".
std::string in_folder(std::string const& path, std::string const& part) {
    std::filesystem::path const whole(path);
    return (whole.parent_path() / part / whole.filename()).string();
}

class SpecRun {
public:
    SpecRun(Invocation const& invocation, Environment const& environment, AutobahnSpec const& spec)
        : spec_(spec),
          invocation_(with_outdir(invocation, spec)),
          environment_(environment),
          terminal_(invocation_.values, environment),
          outputs_(invocation_.values, true),
          catalogue_(load_cases(invocation_.values)),
          choice_(spec, catalogue_),
          by_flags_(values().is_set("select") || values().is_set("select-file")) {
        if (outputs_.takes_stdout()) terminal_.results_to_stderr();
    }

    int run() {
        auto const servers = servers_to_test(spec_, values());
        auto const expressions = choice_.expressions();
        if (!values().flag("quiet") && !values().flag("print-config")) remark_on_the_spec();
        if (expressions.empty() && !by_flags_) return nothing_selected();
        if (values().flag("print-config")) return print_configs(servers, expressions);
        if (auto const trouble = outputs_.trouble()) {
            terminal_.remark(fmt::format("wsproof: {}; nothing was run\n", *trouble));
            return exit_code::incomplete;
        }
        int code = exit_code::ok;
        for (auto const& server : servers) {
            code = exit_code::graver(code, test_one(server, expressions, servers.size() > 1));
            if (signal_received() != 0) break;
        }
        if (!write()) code = exit_code::graver(code, exit_code::incomplete);
        if (signal_received() != 0) code = exit_code::signal_base + signal_received();
        if (!values().flag("quiet")) summarize(code);
        return code;
    }

private:
    /// Without -r the spec says where Autobahn's files go.
    static Invocation with_outdir(Invocation invocation, AutobahnSpec const& spec) {
        if (!invocation.values.is_set("report"))
            invocation.values.set("report", {.words = {"html", "json", "autobahn=" + spec.outdir},
                                             .source = Source::run_section,
                                             .place = spec.path});
        return invocation;
    }

    Values const& values() const { return invocation_.values; }

    void remark_on_the_spec() {
        auto const& path = spec_.path;
        std::string notes;
        if (!spec_.without_effect.empty())
            notes += fmt::format(" no effect here: {};", listed(spec_.without_effect));
        if (!choice_.idle_patterns().empty())
            notes += fmt::format(" nothing is called {};", listed(choice_.idle_patterns()));
        if (auto const missing = choice_.without_case(); !missing.empty())
            notes += fmt::format(" no case for {};", listed(missing));
        terminal_.remark(fmt::format(
            "wsproof: {}: taken as a spec of Autobahn;{} `wsproof init --from {}` makes a "
            "wsproof.toml of it\n",
            path, report::printable(notes), report::shell_quoted(path)));
    }

    int nothing_selected() {
        terminal_.remark(fmt::format(
            "wsproof: {}: its \"cases\" less its \"exclude-cases\" leave no case to play; "
            "--allow-empty makes this a success\n",
            spec_.path));
        return values().flag("allow-empty") ? exit_code::ok : exit_code::incomplete;
    }

    Invocation invocation_for(AutobahnServer const& server,
                              std::vector<std::string> const& expressions) const {
        auto one = with_server(invocation_, spec_, server);
        if (by_flags_) return one;
        auto const set = [&](std::string_view name, std::vector<std::string> words) {
            one.values.set(
                name,
                {.words = std::move(words), .source = Source::run_section, .place = spec_.path});
        };
        set("select", expressions);
        set("profile", {"full"});  // group 9 is about limits
        return one;
    }

    int test_one(AutobahnServer const& server, std::vector<std::string> const& expressions,
                 bool several) {
        auto one = invocation_for(server, expressions);
        auto const name = agent_of(server, one);
        if (!name.empty()) one.values.set("name", {.words = {name}, .source = Source::builtin});
        if (several) give_folder(one, name);
        TestContext context{.config = {.path = spec_.path, .url = server.url},
                            .collects_autobahn = true};
        for (auto& expression : choice_.skips_for(name))
            context.config.skips.push_back(
                {{std::move(expression)}, spec_.path, "excluded for this agent"});
        std::string page;
        for (auto const& path : Outputs(one.values, true).paths())
            if (path.ends_with(".html")) page = path;
        context.keep = [&](report::Report const& report) {
            reports_.push_back(report);
            pages_.push_back(page);
        };
        auto const code = test_target(one, environment_, std::move(context));
        codes_.emplace_back(name.empty() ? server.url : name, code);
        return code;
    }

    /// A folder of its own below the report folder, and below every folder that -r names.
    void give_folder(Invocation& one, std::string const& name) {
        auto part = autobahn::file_name_part(name);
        for (int n = 2; !parts_.insert(part).second; ++n)
            part = fmt::format("{}_{}", autobahn::file_name_part(name), n);
        auto const set = [&](std::string_view option, std::vector<std::string> words) {
            one.values.set(option, {.words = std::move(words), .source = Source::flag});
        };
        auto reports = one.values.list("report");
        for (auto& word : reports) {
            auto const equals = word.find('=');
            if (equals == std::string::npos || word.starts_with("autobahn=")) continue;
            auto const path = word.substr(equals + 1);
            if (path == "-")
                throw UsageError(
                    fmt::format("--report: {} is for one server, and {} names several; pick one "
                                "with --target",
                                word, spec_.path));
            word = word.substr(0, equals + 1) + in_folder(path, part);
        }
        set("report", std::move(reports));
        set("report-dir",
            {(std::filesystem::path(values().text("report-dir", "wsproof-report")) / part)
                 .string()});
        if (values().is_set("journal") && values().text("journal") != "none")
            set("journal", {in_folder(values().text("journal"), part)});
    }

    int print_configs(std::vector<AutobahnServer> const& servers,
                      std::vector<std::string> const& expressions) {
        int code = exit_code::ok;
        for (auto const& server : servers) {
            auto one = invocation_for(server, expressions);
            TestContext context{.config = {.path = spec_.path, .url = server.url}};
            code = exit_code::graver(code, test_target(one, environment_, std::move(context)));
        }
        return code;
    }

    /// All servers into one index. False: something could not be written.
    bool write() {
        bool written = true;
        for (auto const& folder : outputs_.autobahn_folders()) {
            std::vector<autobahn::Agent> agents;
            for (std::size_t i = 0; i < reports_.size(); ++i) agents.push_back(agent(i, folder));
            for (auto const& failure : write_autobahn(folder, agents)) {
                terminal_.remark(fmt::format("wsproof: {}\n", failure));
                written = false;
            }
        }
        return written;
    }

    autobahn::Agent agent(std::size_t index, std::string const& folder) const {
        auto const& report = reports_[index];
        autobahn::Agent told{.name = autobahn::agent_name(report),
                             .report = &report,
                             .page = seen_from(folder, pages_[index])};
        if (by_flags_) return told;
        told.numbers = choice_.numbers();
        for (auto const& number : choice_.excluded_for(told.name)) told.numbers->erase(number);
        return told;
    }

    void summarize(int code) {
        if (codes_.size() > 1) {
            std::string words;
            for (auto const& [name, one] : codes_)
                words += fmt::format("{}{} exit {}", words.empty() ? "" : ", ",
                                     report::printable(name), one);
            terminal_.result(
                fmt::format("\n{} servers: {}; exit {}\n", codes_.size(), words, code));
        }
        for (auto const& folder : outputs_.autobahn_folders())
            terminal_.remark(fmt::format("autobahn  {}\n",
                                         (std::filesystem::path(folder) / "index.json").string()));
    }

    AutobahnSpec const& spec_;
    Invocation invocation_;
    Environment const& environment_;
    Terminal terminal_;
    Outputs outputs_;
    script::Catalogue catalogue_;
    AutobahnChoice choice_;
    bool by_flags_;
    std::set<std::string> parts_ = {};
    std::deque<report::Report> reports_ = {};
    std::vector<std::string> pages_ = {};
    std::vector<std::pair<std::string, int>> codes_ = {};
};

}  // namespace

int test_by_autobahn_spec(Invocation const& invocation, Environment const& environment,
                          AutobahnSpec const& spec) {
    return SpecRun(invocation, environment, spec).run();
}

}  // namespace wsproof::cli
