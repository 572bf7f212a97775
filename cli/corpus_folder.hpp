// A corpus of sessions as a folder of case files (docs/fuzzing.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/values.hpp"
#include "fuzz/session.hpp"
#include "harness/script/catalogue.hpp"

namespace wsproof::cli {

/// Makes the folder of that option; throws UsageError when it cannot be made.
void make_folder(std::string const& path, std::string_view option);

/// In the order of the files' paths. Files that are no session are passed over.
std::vector<fuzz::Session> sessions_in(std::vector<std::string> const& folders,
                                       script::Catalogue const& catalogue);

/// A file each, named after what it contains: what is there already is there once. The number of
/// new files.
std::size_t add_sessions(std::string const& folder, std::vector<fuzz::Session> const& sessions);

/// `wsproof fuzz --corpus DIR --merge DIR`: an exit code.
int merge_corpora(Values const& values, script::Catalogue const& catalogue);

}  // namespace wsproof::cli
