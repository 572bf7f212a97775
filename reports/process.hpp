// What the process of a target used, in words and as JSON.
#pragma once

#include <string>

#include "harness/play/process_span.hpp"
#include "reports/json_result.hpp"
#include "reports/node.hpp"

namespace wsproof::report {

/// "memory 12.0 MiB, at most 14.5 MiB, then 12.1 MiB; descriptors 9, at most 41, then 9; …"
std::string in_words(play::ProcessSpan const& span);

Json process_json(play::ProcessSpan const& span);
play::ProcessSpan read_process(Node const& node);

}  // namespace wsproof::report
