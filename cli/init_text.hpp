// The files that `wsproof init` writes.
#pragma once

#include <string>
#include <vector>

#include "cli/autobahn_choice.hpp"
#include "cli/autobahn_spec.hpp"

namespace wsproof::cli {

/// A server of the spec under the name of its section.
struct InitTarget {
    std::string name = {};
    AutobahnServer server = {};
};

/// A server without an agent is called after its host and port; equal names get a number.
std::vector<InitTarget> targets_of(AutobahnSpec const& spec);

std::string config_text(AutobahnSpec const& spec, AutobahnChoice const& choice,
                        std::vector<InitTarget> const& targets);

/// The known failures (docs/cli.md): what was excluded for single agents.
std::string baseline_text(AutobahnSpec const& spec, AutobahnChoice const& choice,
                          std::vector<InitTarget> const& targets);

/// How to go on.
std::string next_step(std::vector<InitTarget> const& targets);

}  // namespace wsproof::cli
