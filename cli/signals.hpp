// SIGINT and SIGTERM: the first asks the run to end and write its reports, the second ends it.
#pragma once

namespace wsproof::cli {

/// Takes both signals from now on, and ignores SIGPIPE: a reader that went away is a failed write.
void take_signals();

/// The signal that asked to end; 0: none.
int signal_received();

/// Returns when a signal has come.
void wait_for_signal();

}  // namespace wsproof::cli
