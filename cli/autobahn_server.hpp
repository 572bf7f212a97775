// A server of a spec of Autobahn as the options of a run.
#pragma once

#include <string>
#include <vector>

#include "cli/autobahn_spec.hpp"
#include "cli/parse.hpp"

namespace wsproof::cli {

/// A URL or --spawn of the command line stands for the servers of the spec, as Autobahn's -w does
/// where it has none; --target picks one by its name. Throws UsageError when there is none.
std::vector<AutobahnServer> servers_to_test(AutobahnSpec const& spec, Values const& values);

/// What the spec says of a server, below the flags and the environment.
Invocation with_server(Invocation invocation, AutobahnSpec const& spec,
                       AutobahnServer const& server);

/// The agent of the spec, or what the server calls itself; nothing for a server that is still to be
/// started.
std::string agent_of(AutobahnServer const& server, Invocation const& invocation);

}  // namespace wsproof::cli
