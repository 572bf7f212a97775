// The verbs: each takes what was asked for and returns the exit code.
#pragma once

#include "cli/parse.hpp"

namespace wsproof::cli {

int test(Invocation& invocation, Environment const& environment);
int judge_origin(Invocation& invocation, Environment const& environment);
int fuzz_server(Invocation& invocation, Environment const& environment);
int echo(Invocation& invocation, Environment const& environment);
int lint(Invocation& invocation, Environment const& environment);
int list(Invocation& invocation, Environment const& environment);
int explain(Invocation& invocation, Environment const& environment);
int replay(Invocation& invocation, Environment const& environment);
int shrink(Invocation& invocation, Environment const& environment);
int diff(Invocation& invocation, Environment const& environment);
int compare(Invocation& invocation, Environment const& environment);
int merge(Invocation& invocation, Environment const& environment);
int render(Invocation& invocation, Environment const& environment);  ///< `report`
int baseline(Invocation& invocation, Environment const& environment);
int init(Invocation& invocation, Environment const& environment);
int corpus(Invocation& invocation, Environment const& environment);
int doctor(Invocation& invocation, Environment const& environment);
int demo(Invocation& invocation, Environment const& environment);
int completions(Invocation& invocation, Environment const& environment);
int schema(Invocation& invocation, Environment const& environment);
int self_test(Invocation& invocation, Environment const& environment);
int version(Invocation& invocation, Environment const& environment);

}  // namespace wsproof::cli
