// Every number of the Autobahn test suite is the alias of one variant that binds servers.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "harness/run/select.hpp"
#include "tests/proof/proof.hpp"

namespace wsproof::proof {
namespace {

struct Group {
    std::string_view name;
    std::size_t cases = 0;
};

/// Its groups and how many numbers each has, from 1 on.
constexpr std::array groups{
    Group{"1.1", 8},   Group{"1.2", 8},   Group{"2", 11},    Group{"3", 7},     Group{"4.1", 5},
    Group{"4.2", 5},   Group{"5", 20},    Group{"6.1", 3},   Group{"6.2", 4},   Group{"6.3", 2},
    Group{"6.4", 4},   Group{"6.5", 5},   Group{"6.6", 11},  Group{"6.7", 4},   Group{"6.8", 2},
    Group{"6.9", 4},   Group{"6.10", 3},  Group{"6.11", 5},  Group{"6.12", 8},  Group{"6.13", 5},
    Group{"6.14", 10}, Group{"6.15", 1},  Group{"6.16", 3},  Group{"6.17", 5},  Group{"6.18", 5},
    Group{"6.19", 5},  Group{"6.20", 7},  Group{"6.21", 8},  Group{"6.22", 34}, Group{"6.23", 7},
    Group{"7.1", 6},   Group{"7.3", 6},   Group{"7.5", 1},   Group{"7.7", 13},  Group{"7.9", 9},
    Group{"7.13", 2},  Group{"9.1", 6},   Group{"9.2", 6},   Group{"9.3", 9},   Group{"9.4", 9},
    Group{"9.5", 6},   Group{"9.6", 6},   Group{"9.7", 6},   Group{"9.8", 6},   Group{"10.1", 1},
    Group{"12.1", 18}, Group{"12.2", 18}, Group{"12.3", 18}, Group{"12.4", 18}, Group{"12.5", 18},
    Group{"13.1", 18}, Group{"13.2", 18}, Group{"13.3", 18}, Group{"13.4", 18}, Group{"13.5", 18},
    Group{"13.6", 18}, Group{"13.7", 18}};

std::string alias_of(Group const& group, std::size_t number) {
    return "autobahn:" + std::string(group.name) + "." + std::to_string(number);
}

/// How many variants carry each name of that suite.
std::map<std::string, std::size_t> numbers_in(script::Catalogue const& cases) {
    std::map<std::string, std::size_t> numbers;
    for (auto const& variant : cases.variants)
        for (auto const& alias : variant.aliases)
            if (alias.starts_with("autobahn:")) ++numbers[alias];
    return numbers;
}

TEST(Autobahn, EveryNumberIsTheAliasOfOneVariant) {
    auto const cases = catalogue();
    auto numbers = numbers_in(cases);
    EXPECT_EQ(numbers.size(), 517U);
    for (auto const& group : groups)
        for (std::size_t number = 1; number <= group.cases; ++number) {
            auto const alias = alias_of(group, number);
            EXPECT_EQ(numbers[alias], 1U) << alias;
            numbers.erase(alias);
        }
    for (auto const& [alias, count] : numbers) ADD_FAILURE() << "no such number: " << alias;
}

TEST(Autobahn, EveryNumberCanBeSelectedForServers) {
    auto const cases = catalogue();
    auto const select = [&](std::string const& expression) {
        std::array const expressions{expression};
        return run::select(cases, wire::Role::server, expressions);
    };
    for (auto const& group : groups)
        for (std::size_t number = 1; number <= group.cases; ++number)
            EXPECT_EQ(select(alias_of(group, number)).size(), 1U) << alias_of(group, number);
    EXPECT_EQ(select("autobahn:7.7.*").size(), 13U);
}

/// They need not be large to be many: without a name or `full` a run leaves limits alone.
TEST(Autobahn, TheLimitsAreSlowCases) {
    auto const cases = catalogue();
    for (auto const& variant : cases.variants) {
        bool const about_limits = std::ranges::any_of(
            variant.aliases, [](auto const& alias) { return alias.starts_with("autobahn:9."); });
        if (!about_limits) continue;
        EXPECT_EQ(std::ranges::count(variant.tags, "slow"), 1) << variant.id;
    }
}

}  // namespace
}  // namespace wsproof::proof
