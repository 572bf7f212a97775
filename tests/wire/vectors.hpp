// The machine-checked examples in vectors.json.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::wire {

nlohmann::json const& vectors();

/// The bytes that hexadecimal digits spell.
Bytes hex(std::string_view digits);
Bytes bytes_of(nlohmann::json const& digits);

}  // namespace wsproof::wire
