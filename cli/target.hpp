// The target of a run: how it is reached, what it is told in the opening handshake, and the process
// if wsproof starts it itself.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <regex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "cli/config.hpp"
#include "cli/values.hpp"
#include "harness/net/process.hpp"
#include "harness/net/process_watch.hpp"
#include "harness/net/target.hpp"
#include "harness/play/player.hpp"
#include "harness/run/exposure.hpp"
#include "reports/model.hpp"
#include "reports/security/security.hpp"

namespace wsproof::cli {

/// A spawned server did not come up: exit code 3.
class NotReady : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// "TERM", "SIGINT", "9". Throws UsageError, which names the option.
int signal_number(std::string_view option, std::string name);

class Target {
public:
    /// Throws UsageError.
    Target(Invocation const& invocation, Config const& config);

    /// Starts the process, if there is one, and waits until it is ready. Throws NotReady.
    void start();
    void stop();

    play::Setting const& setting() const { return setting_; }
    play::Connect const& connect() const { return connect_; }
    net::TargetOptions const& options() const { return options_; }
    std::string const& spawn_command() const { return spawn_.command; }
    std::string url() const { return options_.url.text(); }
    std::string id() const;
    /// As the report tells it, before it was calibrated.
    report::TargetInfo info() const;
    std::string name() const { return name_; }
    run::Claims const& claims() const { return claims_; }
    report::OriginCheck origin_check() const { return origin_check_; }
    bool requires_origin() const { return requires_origin_; }
    /// For want of a word of the owner's: a page of the host itself.
    void take_origin_from_url();
    bool guesses_origin() const { return guesses_origin_; }
    /// What a command that plays a case again has to say beside URL and headers.
    std::vector<std::string> further_flags() const { return further_flags_; }

    bool is_spawned() const { return !spawn_.command.empty(); }
    /// What the owner says that it runs on: "ws@8.17.0".
    std::vector<std::string> const& libraries() const { return libraries_; }
    /// How it ended can be learnt: it was spawned, or --pid names its process.
    bool has_process() const { return is_spawned() || pid_ != 0; }
    /// What its process used so far.
    std::optional<play::ProcessSpan> process();
    bool may_restart() const { return is_spawned() && restart_; }
    /// Tells it to stop, as --shutdown-command or --shutdown-signal say; words: why it could not
    /// be.
    std::optional<std::string> tell_to_stop();
    std::optional<std::string> exit_words();
    bool restart();
    std::string log_tail() const;

private:
    void read_url(Values const& values, Config const& config);
    void read_process(Values const& values);
    void read_stopping(Values const& values);
    void read_pid(Values const& values);
    void read_libraries(Values const& values);
    void watch(int pid, net::Watched whom);
    void read_network(Values const& values);
    void read_headers(Values const& values);
    void read_origins(Values const& values);
    void read_run(Values const& values);
    void read_login(std::string const& text);
    void launch();
    bool is_ready();
    bool answers_http(std::string const& path);

    net::TargetOptions options_ = {};
    play::Setting setting_ = {};
    play::Connect connect_ = {};
    std::string name_ = {};
    std::vector<std::string> further_flags_ = {};
    run::Claims claims_ = {};
    report::OriginCheck origin_check_ = report::OriginCheck::unknown;
    bool requires_origin_ = false;
    bool guesses_origin_ = false;
    net::SpawnOptions spawn_ = {};
    std::string ready_ = "ws";
    std::optional<std::regex> ready_log_ = std::nullopt;
    std::chrono::milliseconds ready_timeout_{30000};
    bool restart_ = true;
    std::vector<std::string> libraries_ = {};
    int pid_ = 0;                    ///< of a server that somebody else started; 0: unknown
    mutable std::mutex mutex_ = {};  ///< guards the following: many threads ask how it is
    std::unique_ptr<net::Process> process_ = {};
    std::string stop_command_ = {};
    int shutdown_signal_ = 15;
    std::unique_ptr<net::Process> stopper_ = {};  ///< the command; it may last as long as the stop
    std::unique_ptr<net::ProcessWatch> watch_ = {};
};

}  // namespace wsproof::cli
