// `each` of a case: one set of steps for every combination of its values.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/script/node.hpp"

namespace wsproof::script {

struct Expansion {
    std::vector<std::pair<std::string, std::string>> choice = {};  ///< name and label
    std::string suffix = {};  ///< "#ping" or "#text,9"; empty when the case has no `each`
    Node steps = {};
};

/// Puts the values of `each` (may be null: none) for `${name}` in the steps. A string that is the
/// placeholder alone becomes the value, whatever that is; within a longer string a scalar is
/// written out. `${target.…}`, `${key}` and `${accept}` stay for the player. Throws Wrong.
std::vector<Expansion> expand(Node const* each, Node const& steps);

/// The label of a value without one of its own: "9", "closed-early", "ping", "empty", "null".
std::string label_of(Node const& value);

}  // namespace wsproof::script
