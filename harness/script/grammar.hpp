// The readers of the case language's nouns, from a Node to plain data; one file each. They throw
// Wrong.
#pragma once

#include <string>
#include <vector>

#include "harness/script/case.hpp"
#include "harness/script/node.hpp"

namespace wsproof::script {

Payload read_payload(Node const& node);

/// `{ name: value | null | [values] }` of a request, a response or an `open`.
std::vector<FieldDelta> read_deltas(Node const& node);

/// "fragments": payload bytes of a frame.
std::size_t read_fragments(Node const& node);

Output read_output(Node const& node);
Outcome read_outcome(Node const& node);
std::vector<Step> read_steps(Node const& node, std::string const& file);

}  // namespace wsproof::script
