// Causes behind results: the fewest faults that account for everything, and no fault that accounts
// for more than was done.
#include "harness/play/causes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "harness/play/self_test_plays.hpp"

namespace wsproof::play {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

/// Faults by what they let in.
using Table = std::map<std::string, std::set<std::string>>;

Deed const let_in{.admission = Admission::let_in};
Deed const refused{.admission = Admission::refused};

Prediction by(Table const& table) {
    return [table](std::string const& fault, std::string const& variant) {
        auto const row = table.find(fault);
        bool const lets_in = row != table.end() && row->second.contains(variant);
        return lets_in ? let_in : refused;
    };
}

std::vector<Observation> letting_in(std::set<std::string> const& variants) {
    std::vector<Observation> all;
    for (auto const* const variant : {"any", "longer", "null", "port", "shorter"})
        all.push_back({variant, variants.contains(variant) ? let_in : refused});
    return all;
}

Table const table{{"no-check", {"any", "longer", "null", "port", "shorter"}},
                  {"prefix", {"longer", "port"}},
                  {"port", {"port"}},
                  {"null", {"null"}}};
Suspects const faults{.faults = {"no-check", "null", "port", "prefix"},
                      .in_part = {"null", "port"}};

std::vector<std::string> names(Causes const& causes) {
    std::vector<std::string> all;
    for (auto const& cause : causes.causes) all.push_back(cause.fault);
    return all;
}

TEST(Causes, OfARightPeerThereAreNone) {
    auto const causes = causes_of(letting_in({}), faults, by(table));
    EXPECT_THAT(causes.causes, IsEmpty());
    EXPECT_THAT(causes.unexplained, IsEmpty());
}

TEST(Causes, OneThatAccountsForEverythingIsTheOnlyOne) {
    auto const all = letting_in({"any", "longer", "null", "port", "shorter"});
    EXPECT_THAT(names(causes_of(all, faults, by(table))), ElementsAre("no-check"));
}

TEST(Causes, AreAsFewAsCanBe) {
    auto const causes = causes_of(letting_in({"longer", "port", "null"}), faults, by(table));
    EXPECT_THAT(names(causes), ElementsAre("prefix", "null"));
    EXPECT_THAT(causes.causes.front().variants, ElementsAre("longer", "port"));
}

TEST(Causes, AreNoFaultsThatWouldHaveDoneMore) {
    // A comparison by prefix would have let in the longer one as well.
    EXPECT_THAT(names(causes_of(letting_in({"port"}), faults, by(table))), ElementsAre("port"));
}

TEST(Causes, DoNotHangOnWhatDecidesNothing) {
    auto all = letting_in({"any", "longer", "null", "port"});
    EXPECT_THAT(names(causes_of(all, faults, by(table))), Not(ElementsAre("no-check")));
    all.back().decides = false;  // refused for another reason
    EXPECT_THAT(names(causes_of(all, faults, by(table))), ElementsAre("no-check"));
    EXPECT_THAT(causes_of(letting_in({}), faults, by(table)).causes, IsEmpty());
}

TEST(Causes, SayNothingOfWhoWasWrongInAnotherWay) {
    auto all = letting_in({"longer", "port", "null"});
    all.at(2).deed.admission = Admission::closed_at_once;
    auto const causes = causes_of(all, faults, by(table));
    EXPECT_THAT(names(causes), ElementsAre("prefix"));
    EXPECT_THAT(causes.unexplained, ElementsAre("null"));
}

TEST(Causes, MayBeDoneInPartWhereThatMakesSense) {
    Table const wide{{"local", {"longer", "null", "port"}}, {"prefix", {"shorter", "any"}}};
    Suspects const two{.faults = {"local", "prefix"}, .in_part = {"local"}};
    auto const causes = causes_of(letting_in({"port", "shorter"}), two, by(wide));
    ASSERT_THAT(names(causes), ElementsAre("local"));
    EXPECT_FALSE(causes.causes.front().whole);
    EXPECT_THAT(causes.causes.front().variants, ElementsAre("port"));
    EXPECT_THAT(causes.unexplained, ElementsAre("shorter"));
}

TEST(Causes, LeaveUnexplainedWhatNoFaultDoes) {
    auto const causes = causes_of(letting_in({"shorter", "null"}), faults, by(table));
    EXPECT_THAT(names(causes), ElementsAre("null"));
    EXPECT_THAT(causes.unexplained, ElementsAre("shorter"));
}

// The reference in the place of a target: every mistake is found by itself.
class CausesOfReference : public testing::Test {
protected:
    std::vector<Observation> of_peer_with(std::string const& fault) const {
        auto const predict = by_reference(catalogue_, setting_);
        std::vector<Observation> all;
        for (auto const& variant : catalogue_.variants)
            if (variant.has_need("origin-policy"))
                if (auto const deed = predict(fault, variant.id))
                    all.push_back({variant.id, *deed});
        return all;
    }

    Suspects origin_faults() const {
        Suspects all;
        for (auto const& [id, info] : catalogue_.findings)
            if (info.area == script::Area::origin)
                all.faults.insert(all.faults.end(), info.faults.begin(), info.faults.end());
        return all;
    }

    script::Catalogue catalogue_ = script::embedded_catalogue();
    Setting setting_ = [] {
        Setting setting;
        setting.words = {{"origin", "https://app.shop.example"}};
        return setting;
    }();
};

TEST_F(CausesOfReference, EveryMistakeIsToldFromTheOthers) {
    std::map<std::pair<std::string, std::string>, std::optional<Deed>> known;
    auto const predict = [&, play = by_reference(catalogue_, setting_)](auto const& fault,
                                                                        auto const& variant) {
        auto const [at, is_new] = known.try_emplace({fault, variant});
        if (is_new) at->second = play(fault, variant);
        return at->second;
    };
    for (auto const& fault : origin_faults().faults) {
        auto const causes = causes_of(of_peer_with(fault), origin_faults(), predict);
        EXPECT_THAT(causes.unexplained, IsEmpty()) << fault;
        EXPECT_THAT(names(causes), ElementsAre(fault));
    }
    EXPECT_THAT(causes_of(of_peer_with({}), origin_faults(), predict).causes, IsEmpty());
}

}  // namespace
}  // namespace wsproof::play
