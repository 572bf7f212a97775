// Targets without a fuzzing engine: an input that breaks the property is an exception.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <vector>

#include "fuzz/targets/table.hpp"

namespace wsproof::fuzz {

class Violation : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct Replayed {
    std::filesystem::path file = {};
    std::string violation = {};  ///< empty: the property holds
};

/// The target of that name; nothing: there is none.
NamedTarget const* target_named(std::string_view name);

/// Gives a target the bytes of a file.
Replayed replay(NamedTarget const& target, std::filesystem::path const& file);

/// Every file below a folder, in the order of their names.
std::vector<std::filesystem::path> inputs_below(std::filesystem::path const& folder);

}  // namespace wsproof::fuzz
