// Compares a text with a file below tests/report/golden; WSPROOF_UPDATE_GOLDEN=1 writes it anew.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace wsproof::report {

/// Equality that shows the first line that differs: a whole report would drown it.
inline testing::AssertionResult same_text(std::string const& text, std::string const& expected) {
    if (text == expected) return testing::AssertionSuccess();
    std::istringstream left(text);
    std::istringstream right(expected);
    std::string a;
    std::string b;
    std::size_t number = 0;
    while (++number, std::getline(left, a) && std::getline(right, b))
        if (a != b) break;
    return testing::AssertionFailure() << "line " << number << "\n  is       " << a.substr(0, 200)
                                       << "\n  expected " << b.substr(0, 200);
}

inline void expect_golden(std::string const& name, std::string const& text) {
    auto const path = std::string(WSPROOF_SOURCE_DIR) + "/tests/report/golden/" + name;
    if (auto const* const update = std::getenv("WSPROOF_UPDATE_GOLDEN"); update && *update == '1')
        std::ofstream(path, std::ios::binary) << text;
    std::ifstream file(path, std::ios::binary);
    std::string const expected{std::istreambuf_iterator<char>(file), {}};
    EXPECT_TRUE(same_text(text, expected)) << path;
}

}  // namespace wsproof::report
