// The targets by name, for those who replay inputs without a fuzzing engine.
#pragma once

#include <span>
#include <string_view>

#include "fuzz/target.hpp"

namespace wsproof::fuzz {

struct NamedTarget {
    std::string_view name = {};
    Target run = nullptr;
};

std::span<NamedTarget const> targets_by_name();

}  // namespace wsproof::fuzz
