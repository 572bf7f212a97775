// SHA-256 of a text, in the two spellings that reports need.
#pragma once

#include <string>
#include <string_view>

namespace wsproof::report {

std::string sha256_hex(std::string_view text);
/// As a Content-Security-Policy names a script it allows.
std::string sha256_base64(std::string_view text);

}  // namespace wsproof::report
