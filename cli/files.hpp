// Files as a whole: read, tried beforehand, replaced in one step.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wsproof::cli {

/// Temporary file beside it, then rename. Words, if it cannot be done.
std::optional<std::string> write_file(std::string const& path, std::string_view text);

/// The whole file; nothing when it cannot be read.
std::optional<std::string> read_file(std::string const& path);

/// Why the file could not be written now, in one line with the cure; nothing when it could. Creates
/// its folder.
std::optional<std::string> try_place(std::string const& path);

}  // namespace wsproof::cli
