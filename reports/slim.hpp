// JSON without what a reader would pass over: a parser's time goes into what it has to keep.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace wsproof::report {

/// The document less the members of these names, wherever they stand, and less the blanks between
/// its tokens. What is no JSON does not become any, unless it is wrong within such a member alone.
std::string without_members(std::string_view json, std::span<std::string_view const> names);

}  // namespace wsproof::report
