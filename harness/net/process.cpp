#include "harness/net/process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "harness/net/output_ring.hpp"
#include "harness/net/socket.hpp"

namespace wsproof::net {
namespace {

constexpr std::chrono::milliseconds pause{5};
constexpr std::chrono::milliseconds last_words_time{100};
constexpr int shell_signal_base = 128;

std::string filled_in(std::string command, SpawnOptions const& options) {
    std::array<std::pair<std::string, std::string>, 2> const words{
        std::pair{std::string{"{port}"}, std::to_string(options.port)},
        std::pair{std::string{"{host}"}, std::string{"127.0.0.1"}}};
    for (auto const& [name, value] : words) {
        for (auto at = command.find(name); at != std::string::npos;
             at = command.find(name, at + value.size())) {
            command.replace(at, name.size(), value);
        }
    }
    return command;
}

std::vector<std::string> environment_for(SpawnOptions const& options) {
    std::vector<std::string> result;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        std::string const text = *entry;
        if (!options.environment.contains(text.substr(0, text.find('=')))) result.push_back(text);
    }
    for (auto const& [name, value] : options.environment) result.push_back(name + "=" + value);
    return result;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (auto& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

/// What posix_spawn is told; frees itself.
class Plan {
public:
    Plan(int output, std::string const& directory) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions_, output, STDERR_FILENO);
        if (!directory.empty()) {
            posix_spawn_file_actions_addchdir_np(&actions_, directory.c_str());
        }
        posix_spawnattr_init(&attributes_);
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~Plan() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    Plan(Plan const&) = delete;
    Plan& operator=(Plan const&) = delete;

    pid_t start(std::string command, std::vector<std::string> environment) {
        std::vector<std::string> words{"/bin/sh", "-c", std::move(command)};
        auto const arguments = pointers(words);
        auto const variables = pointers(environment);
        pid_t pid = 0;
        int const error = ::posix_spawn(&pid, "/bin/sh", &actions_, &attributes_, arguments.data(),
                                        variables.data());
        if (error != 0) {
            throw std::runtime_error(
                fmt::format("cannot start the target: {}", std::strerror(error)));
        }
        return pid;
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

/// As /proc tells it: the bits of the signals that a process has a handler for.
bool handles(pid_t pid, int number) {
    std::ifstream status{fmt::format("/proc/{}/status", pid)};
    for (std::string word; status >> word;) {
        if (word != "SigCgt:") continue;
        unsigned long long mask = 0;
        status >> std::hex >> mask;
        return (mask >> static_cast<unsigned>(number - 1) & 1U) != 0;
    }
    return false;
}

/// What a shell waits for that has no handler of its own; empty for a process that is no shell any
/// more (`exec`).
std::vector<pid_t> children_of_shell(pid_t pid, int number) {
    std::string name;
    std::ifstream{fmt::format("/proc/{}/comm", pid)} >> name;
    std::vector<pid_t> children;
    bool const is_shell = name == "sh" || name == "dash" || name == "bash";
    if (!is_shell || handles(pid, number)) return children;
    std::ifstream list{fmt::format("/proc/{0}/task/{0}/children", pid)};
    for (pid_t child = 0; list >> child;) children.push_back(child);
    return children;
}

std::string signal_words(int number) {
    char const* const name = ::sigabbrev_np(number);
    return name == nullptr ? fmt::format("signal {}", number)
                           : fmt::format("signal {} (SIG{})", number, name);
}

std::string ending_words(siginfo_t const& ending) {
    int const status = ending.si_status;
    if (ending.si_code != CLD_EXITED) return "was killed by " + signal_words(status);
    // The shell of the command reports a killed child in this way.
    if (status > shell_signal_base && ::sigabbrev_np(status - shell_signal_base) != nullptr) {
        return fmt::format("exited with {}: {} in the shell's count", status,
                           signal_words(status - shell_signal_base));
    }
    return fmt::format("exited with {}", status);
}

}  // namespace

std::uint16_t free_port() {
    Socket const socket{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const name = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket.descriptor(), name, size) != 0 ||
        ::getsockname(socket.descriptor(), name, &size) != 0) {
        throw std::runtime_error(
            fmt::format("no free port on 127.0.0.1: {}", std::strerror(errno)));
    }
    return ntohs(address.sin_port);
}

struct Process::State {
    SpawnOptions options = {};
    pid_t pid = 0;
    std::optional<siginfo_t> ending = std::nullopt;
    bool reaped = false;
    std::unique_ptr<OutputRing> output = {};

    /// Learns whether the child has ended, but leaves it a zombie: as long as it is one, nobody
    /// else can get its number or its group's.
    bool ended() {
        if (ending) return true;
        siginfo_t info{};
        if (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
            info.si_pid == pid) {
            ending = info;
            output->wait_for_end(last_words_time);  // what it wrote last explains its end
        }
        return ending.has_value();
    }

    void signal_group(int number) const {
        if (!reaped) ::kill(-pid, number);
    }

    void reap() {
        if (reaped) return;
        siginfo_t info{};
        while (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED) != 0 && errno == EINTR) {
        }
        if (!ending) ending = info;
        reaped = true;
    }
};

Process::Process(SpawnOptions options) : state_(std::make_unique<State>()) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error(fmt::format("cannot start the target: {}", std::strerror(errno)));
    }
    Socket const child_end{ends[1]};
    state_->output = std::make_unique<OutputRing>(ends[0]);
    Plan plan{child_end.descriptor(), options.working_directory};
    state_->pid = plan.start(filled_in(options.command, options), environment_for(options));
    state_->options = std::move(options);
}

Process::~Process() {
    stop();
}

int Process::pid() const {
    return state_->pid;
}

bool Process::running() {
    return !state_->ended();
}

std::optional<std::string> Process::exit_words() {
    if (!state_->ended()) return std::nullopt;
    return ending_words(*state_->ending);
}

std::optional<std::string> Process::gone_words() {
    if (!state_->ended() || !state_->output->wait_for_end(std::chrono::milliseconds{0}))
        return std::nullopt;
    return exit_words();
}

/// A shell that only waits for its command would die of the signal before the command has heard it,
/// and its exit code with it.
void Process::signal(int number) {
    if (state_->ended()) return;
    bool told = false;
    for (auto const child : children_of_shell(state_->pid, number))
        told = ::kill(child, number) == 0 || told;
    if (!told) state_->signal_group(number);
}

std::string Process::log_tail(std::size_t lines) const {
    return state_->output->tail(lines);
}

void Process::stop(std::chrono::milliseconds grace) {
    if (state_->reaped) return;
    state_->signal_group(state_->options.stop_signal);
    state_->signal_group(SIGCONT);  // a stopped child could not act on it
    // The shell may be gone while what it started still tidies up: that one holds the output open.
    auto const deadline = std::chrono::steady_clock::now() + grace;
    while (!(state_->ended() && state_->output->wait_for_end(pause)) &&
           std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(pause);
    }
    state_->signal_group(SIGKILL);
    state_->reap();
}

std::optional<std::string> wait_until_ready(Process& process, std::function<bool()> const& ready,
                                            std::chrono::milliseconds timeout) {
    auto const deadline = std::chrono::steady_clock::now() + timeout;
    while (true) {
        if (auto const words = process.exit_words()) {
            return fmt::format("the target {} before it was ready", *words);
        }
        if (ready()) return std::nullopt;
        if (std::chrono::steady_clock::now() >= deadline) {
            return fmt::format("the target was not ready within {} ms", timeout.count());
        }
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace wsproof::net
