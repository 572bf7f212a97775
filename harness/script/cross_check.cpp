#include "harness/script/cross_check.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "harness/script/load.hpp"
#include "harness/script/reading.hpp"
#include "harness/script/roles.hpp"

namespace wsproof::script {

namespace {

template <typename Map>
std::vector<std::string_view> keys_of(Map const& map) {
    std::vector<std::string_view> keys;
    for (auto const& entry : map) keys.emplace_back(entry.first);
    return keys;
}

/// Checks the variants of one file against what is known of all the others.
class CrossCheck {
public:
    CrossCheck(Catalogue const& catalogue, SourceFile const& file, Unread const& unread,
               Complain const& complain)
        : catalogue_(catalogue), file_(file), unread_(unread), complain_(complain) {}

    void check(Variant const& variant) const {
        check_faults(variant);
        check_needs(variant);
        auto const rule = catalogue_.rules.find(variant.rule);
        if (rule == catalogue_.rules.end()) {
            if (unread_.ids.contains("rules")) return;
            return fail("rule", "expected an id of rules.jsonc, found \"" + variant.rule + "\"" +
                                    suggestion(variant.rule, keys_of(catalogue_.rules)));
        }
        if (auto const misfit = misfit_with(rule->second.binds, variant))
            complain_(CaseError(misfit->at, misfit->words + " (" + rule->second.id + ")"));
        if (!variant.twin.empty()) check_twin(variant, rule->second);
    }

private:
    void fail(std::string_view key, std::string const& words) const {
        complain_(CaseError({file_.path, line_of(file_, key)}, words));
    }

    /// Nothing is told to stop that nobody has said how to stop.
    void check_needs(Variant const& variant) const {
        auto const& needs = variant.needs;
        if (variant.stops_target() && std::ranges::find(needs, "shutdown") == needs.end())
            fail("steps", "expected \"shutdown\" among \"needs\" of a case with this step");
    }

    void check_faults(Variant const& variant) const {
        if (unread_.ids.contains("faults")) return;
        for (auto const& fault : variant.faults)
            if (catalogue_.faults.count(fault) == 0)
                fail("faults", "expected names of faults.jsonc, found \"" + fault + "\"" +
                                   suggestion(fault, keys_of(catalogue_.faults)));
    }

    void check_twin(Variant const& variant, Rule const& rule) const {
        auto const twins = catalogue_.of_case(variant.twin);
        if (twins.empty()) {
            if (unread_.ids.contains(variant.twin.substr(0, variant.twin.find('#')))) return;
            std::vector<std::string_view> ids;
            for (auto const& other : catalogue_.variants) {
                ids.emplace_back(other.id);
                ids.emplace_back(other.case_id);
            }
            return fail("twin", "expected the id of a case or variant, found \"" + variant.twin +
                                    "\"" + suggestion(variant.twin, ids));
        }
        for (auto const* const twin : twins) {
            if (twin->case_id == variant.case_id)
                fail("twin", "expected another case, found \"" + variant.twin + "\"");
            auto const known = catalogue_.rules.find(twin->rule);
            bool const same =
                known != catalogue_.rules.end() &&
                (known->second.binds == rule.binds || known->second.binds == Binds::endpoint);
            if (!same)
                fail("twin", "expected a twin that binds the same role, found \"" + variant.twin +
                                 "\" whose rule is " + twin->rule);
        }
    }

    Catalogue const& catalogue_;
    SourceFile const& file_;
    Unread const& unread_;
    Complain const& complain_;
};

}  // namespace

void cross_check(Variant const& variant, SourceFile const& file, Catalogue const& catalogue,
                 Unread const& unread, Complain const& complain) {
    CrossCheck(catalogue, file, unread, complain).check(variant);
}

}  // namespace wsproof::script
