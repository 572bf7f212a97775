#include "harness/script/lint.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "harness/script/load.hpp"

namespace wsproof::script {
namespace {

/// The peer ends the connection: whoever drops every connection does so, too.
bool is_mere_end(Pattern const& pattern) {
    if (std::holds_alternative<FailedPattern>(pattern)) return true;
    auto const* const word = std::get_if<Word>(&pattern);
    return word != nullptr &&
           (*word == Word::closed || *word == Word::refused || *word == Word::eof ||
            *word == Word::reset || *word == Word::closed_at_once);
}

bool passes_by_ending(Expect const& expect) {
    return std::ranges::any_of(expect.any_of, [](Outcome const& outcome) {
        return outcome.grade == Grade::pass && is_mere_end(outcome.pattern);
    });
}

/// The line of an expectation that a peer would meet which drops whatever comes, with nothing
/// before it that shows the peer alive; 0: there is none.
std::size_t line_met_by_dropping(Variant const& variant) {
    if (!variant.twin.empty()) return 0;
    for (auto const& step : variant.steps) {
        if (std::holds_alternative<Alive>(step.action)) return 0;
        auto const* const expect = std::get_if<Expect>(&step.action);
        if (expect == nullptr) continue;
        return passes_by_ending(*expect) ? step.at.line : 0;
    }
    return 0;
}

class Linter {
public:
    explicit Linter(std::span<SourceFile const> files) : files_(files) {
        any_own_ = std::ranges::any_of(files, &SourceFile::is_own);
    }

    Lint run() {
        auto const catalogue = load(files_, [&](CaseError const& error) { add(error, true); });
        for (auto const& file : files_)
            if (counts(file.is_own())) ++lint_.files;
        std::set<std::string> cases;
        for (auto const& variant : catalogue.variants) {
            if (!counts(variant.own)) continue;
            ++lint_.variants;
            cases.insert(variant.case_id);
            if (auto const line = line_met_by_dropping(variant); line != 0)
                warn({variant.at.file, line},
                     "a peer that drops every connection passes: put \"alive\" before the first "
                     "send, or name a twin");
        }
        lint_.cases = cases.size();
        for (auto const& file : files_)
            if (file.is_own()) look_for_unused(file, catalogue);
        sort();
        return std::move(lint_);
    }

private:
    bool counts(bool own) const { return own || !any_own_; }

    void add(CaseError const& error, bool is_error) {
        auto const words = std::string(error.what());
        bool const known = std::ranges::any_of(
            lint_.remarks, [&](Remark const& other) { return other.words == words; });
        if (!known)
            lint_.remarks.push_back({.at = error.place(), .words = words, .is_error = is_error});
    }
    void warn(Place place, std::string const& words) {
        add(CaseError(std::move(place), "warning: " + words), false);
    }

    /// Rules and faults of a user that no case names.
    void look_for_unused(SourceFile const& file, Catalogue const& catalogue) {
        auto const used = [&](auto test) { return std::ranges::any_of(catalogue.variants, test); };
        try {
            if (file.id == "rules")
                for (auto const& [id, rule] : read_rules(file))
                    if (!used([&](Variant const& variant) { return variant.rule == id; }))
                        warn({file.path, line_of(file, id)}, "no case stands for this rule");
            if (file.id == "faults")
                for (auto const& [id, fault] : read_faults(file))
                    if (!used([&](Variant const& variant) {
                            return std::ranges::count(variant.faults, id) != 0;
                        }))
                        warn({file.path, line_of(file, id)}, "no case names this fault");
        } catch (CaseError const&) {
            // Told already.
        }
    }

    void sort() {
        std::ranges::stable_sort(lint_.remarks, [](Remark const& a, Remark const& b) {
            return std::tie(a.at.file, a.at.line) < std::tie(b.at.file, b.at.line);
        });
    }

    std::span<SourceFile const> files_;
    bool any_own_ = false;
    Lint lint_ = {};
};

}  // namespace

std::size_t Lint::errors() const {
    return static_cast<std::size_t>(std::ranges::count(remarks, true, &Remark::is_error));
}

Lint lint(std::span<SourceFile const> files) {
    return Linter(files).run();
}

}  // namespace wsproof::script
