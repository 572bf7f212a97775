// What is wrong, or not well, in a folder of case files: everything, not the first thing alone.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "harness/script/catalogue.hpp"

namespace wsproof::script {

struct Remark {
    Place at = {};
    std::string words = {};  ///< with file and line in front
    bool is_error = true;    ///< false: a warning
};

struct Lint {
    std::size_t files = 0;
    std::size_t cases = 0;
    std::size_t variants = 0;
    std::vector<Remark> remarks = {};  ///< in the order of files and lines
    std::size_t errors() const;
    std::size_t warnings() const { return remarks.size() - errors(); }
};

/// Loads the files and tells of every file that is wrong, and of every wrong name in the others.
/// Counts and warns of the user's own files, or of all when there are none of these.
Lint lint(std::span<SourceFile const> files);

}  // namespace wsproof::script
