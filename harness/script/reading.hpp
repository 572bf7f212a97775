// Helpers that the readers of the case language share: typed values out of a Node, and the refusal
// of keys that nobody knows, with the nearest name that somebody does.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/script/node.hpp"

namespace wsproof::script {

using Names = std::span<std::string_view const>;

/// The name nearest to a misspelt one; empty when none is near.
std::string nearest(std::string_view word, Names names);
/// "; did you mean \"text\"?", or nothing.
std::string suggestion(std::string_view word, Names names);
/// "a, b or c"
std::string listed(Names names);

[[noreturn]] void wrong_kind(Node const& node, std::string const& expected);

/// Refuses keys outside of `names`; `what` is "a step", "an output" …
void check_keys(Node const& object, Names names, std::string const& what);

Node const& as_object(Node const& node, std::string const& expected);
std::string const& as_text(Node const& node, std::string const& expected);
bool as_boolean(Node const& node, std::string const& key);
std::uint64_t as_number(Node const& node, std::uint64_t least, std::uint64_t most,
                        std::string const& what);
/// A list of texts; empty lists are refused when `filled`.
std::vector<std::string> as_texts(Node const& node, std::string const& key, bool filled = false);
/// One of the words, as its index.
std::size_t as_word(Node const& node, Names names, std::string const& what);

}  // namespace wsproof::script
