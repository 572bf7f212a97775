// What the readers of whole files share: complaints that name the file, and keys that have to be
// there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "harness/script/catalogue.hpp"
#include "harness/script/node.hpp"
#include "harness/script/reading.hpp"

namespace wsproof::script {

inline constexpr std::size_t file_limit = 4U << 20U;

/// Runs a reader and gives its complaint the name of the file.
template <typename Read>
auto in_file(SourceFile const& file, Read read) {
    try {
        if (file.text.size() > file_limit) throw Wrong(1, "expected a file of at most 4 MiB");
        return read();
    } catch (Wrong const& wrong) {
        throw CaseError({file.path, wrong.line()}, wrong.what());
    }
}

inline Node const& required(Node const& node, std::string_view key, std::string const& what) {
    if (auto const* const value = node.find(key)) return *value;
    throw Wrong(node.line, "expected \"" + std::string(key) + "\" in " + what);
}

inline std::string filled_text(Node const& node, std::string const& what) {
    auto const& text = as_text(node, what);
    if (text.empty()) throw Wrong(node.line, "expected " + what + ", found \"\"");
    return text;
}

}  // namespace wsproof::script
