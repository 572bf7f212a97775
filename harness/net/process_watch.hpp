// Watches the process of a target while a run lasts: memory, descriptors, threads, its end. Where
// there is no /proc there is nothing to see.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "harness/play/process_span.hpp"

namespace wsproof::net {

/// Whose figures count.
enum class Watched : std::uint8_t {
    one,   ///< the process alone
    group  ///< all of its process group: a shell and what it started
};

/// Why nothing can be learnt about a process, in words; nothing when something can.
std::optional<std::string> why_unwatchable(int pid);

/// Looks at once, then four times a second in a thread of its own.
class ProcessWatch {
public:
    ProcessWatch(int pid, Watched whom);
    ~ProcessWatch();
    ProcessWatch(ProcessWatch const&) = delete;
    ProcessWatch& operator=(ProcessWatch const&) = delete;

    /// True once the process has ended, also if another one has its number by now.
    bool ended() const;
    /// With a last look; nothing if there never was anything to see.
    std::optional<play::ProcessSpan> span();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace wsproof::net
