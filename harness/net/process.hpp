// A target that the run starts itself: `--spawn 'CMD {port}'`.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace wsproof::net {

/// A TCP port on 127.0.0.1 that was free a moment ago.
std::uint16_t free_port();

struct SpawnOptions {
    std::string command = {};  ///< for /bin/sh -c; {port} and {host} are filled in
    std::uint16_t port = 0;
    std::string working_directory = {};
    std::map<std::string, std::string> environment = {};  ///< added to ours
    int stop_signal = 15;
};

/// A child in a process group of its own; the destructor ends the group (stop signal, then SIGKILL)
/// and nothing else.
class Process {
public:
    explicit Process(
        SpawnOptions options);  ///< throws std::runtime_error when it cannot be started
    ~Process();
    Process(Process const&) = delete;
    Process& operator=(Process const&) = delete;

    int pid() const;
    bool running();
    /// "exited with 3", "was killed by signal 11 (SIGSEGV)"; nothing while it runs.
    std::optional<std::string> exit_words();
    /// The last lines of its standard output and error, at most 64 KiB, as it wrote them.
    std::string log_tail(std::size_t lines = 40) const;
    /// As `exit_words`, once nobody of its group holds its output open any more.
    std::optional<std::string> gone_words();
    /// Sends a signal to it and to whatever it started.
    void signal(int number);
    void stop(std::chrono::milliseconds grace = std::chrono::milliseconds{2000});

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Waits until `ready()` says true, the process ends or the time is over; tells which, in words, or
/// nothing when it is ready.
std::optional<std::string> wait_until_ready(Process& process, std::function<bool()> const& ready,
                                            std::chrono::milliseconds timeout);

}  // namespace wsproof::net
