// `wsproof self-test`: proves the judge on this machine, in process and in virtual time.
#include "cli/exit_code.hpp"
#include "cli/verbs.hpp"

namespace wsproof::cli {

int self_test(Invocation& invocation, Environment const& environment) {
    static_cast<void>(invocation);
    static_cast<void>(environment);
    throw UsageError("self-test is not part of this build");
}

}  // namespace wsproof::cli
