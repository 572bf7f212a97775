// Packs what is bulky and seldom read, so that a page with thousands of transcripts stays small.
#pragma once

#include <string>
#include <string_view>

namespace wsproof::report {

/// Raw DEFLATE (RFC 1951) in base64: what browsers read with DecompressionStream("deflate-raw").
std::string packed(std::string_view text);

}  // namespace wsproof::report
