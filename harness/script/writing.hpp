// The writers of the case language's nouns, from plain data to a Node; the mirror of grammar.hpp.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/script/case.hpp"
#include "harness/script/node.hpp"
#include "harness/script/overloaded.hpp"

namespace wsproof::script {

Node object_of(std::string key, Node value);
Node list_of(std::vector<std::string> const& texts);
/// A list of one stands without brackets.
Node one_or_list(std::vector<Node> nodes);
void add_text(Node& node, char const* key, std::optional<std::string> const& text);

Node payload_node(Payload const& payload);
Node deltas_node(std::vector<FieldDelta> const& deltas);
Node output_node(Output const& output);
Node outcome_node(Outcome const& outcome);

}  // namespace wsproof::script
