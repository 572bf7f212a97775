// One run of `wsproof test` or `wsproof origin` against one target, with its reports.
#pragma once

#include <functional>

#include "cli/config.hpp"
#include "cli/parse.hpp"
#include "reports/model.hpp"

namespace wsproof::cli {

struct TestContext {
    Config config = {};
    /// Gets the report, also that of a target that was not reached.
    std::function<void(report::Report const&)> keep = {};
    /// True: the caller writes what -r autobahn asks for, for several targets together.
    bool collects_autobahn = false;
    /// The caller tells what came of it.
    bool is_silent = false;
    /// What is told is whose pages get in, not what every case came to.
    bool is_about_origin = false;
};

/// Returns the exit code.
int test_target(Invocation& invocation, Environment const& environment, TestContext context);

}  // namespace wsproof::cli
