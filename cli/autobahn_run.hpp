// `wsproof test -c fuzzingclient.json`: the servers of a spec, one after another.
#pragma once

#include "cli/autobahn_spec.hpp"
#include "cli/parse.hpp"

namespace wsproof::cli {

/// Returns the gravest exit code of its servers.
int test_by_autobahn_spec(Invocation const& invocation, Environment const& environment,
                          AutobahnSpec const& spec);

}  // namespace wsproof::cli
