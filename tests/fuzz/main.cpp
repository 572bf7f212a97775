// The tests; or, with the name of a target and files, a replay of these.
#include <gtest/gtest.h>

#include <cstdio>

#include "fuzz/targets/standalone.hpp"

namespace {

int replay_all(wsproof::fuzz::NamedTarget const& target, std::span<char*> files) {
    int violations = 0;
    for (auto const* const file : files) {
        auto const replayed = wsproof::fuzz::replay(target, file);
        bool const holds = replayed.violation.empty();
        std::printf("%s: %s\n", file, holds ? "holds" : replayed.violation.c_str());
        if (!holds) ++violations;
    }
    return violations == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    auto const* const target = argc > 1 ? wsproof::fuzz::target_named(argv[1]) : nullptr;
    if (target != nullptr)
        return replay_all(*target, std::span(argv, static_cast<std::size_t>(argc)).subspan(2));
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
