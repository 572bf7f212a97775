// Dictionaries as libFuzzer and AFL++ read them: words that may matter to the target.
#pragma once

#include <stdexcept>
#include <string_view>
#include <vector>

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::fuzz {

/// What is wrong, and in which line.
struct DictionaryError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Lines of the form `name="word"` or `"word"`, with the escapes \\, \" and \xNN; `#` begins a line
/// that says nothing. Throws DictionaryError.
std::vector<wire::Bytes> read_dictionary(std::string_view text);

}  // namespace wsproof::fuzz
