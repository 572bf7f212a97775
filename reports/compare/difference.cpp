#include "reports/compare/difference.hpp"

#include <fmt/format.h>

#include <map>

#include "reports/paint.hpp"
#include "reports/story.hpp"
#include "reports/text_writer.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;
using Status = Test::Status;
using Tests = std::map<std::string, Test>;

Tests by_name(Report const& report) {
    Tests tests;
    for (auto& test : tests_of(report)) tests.emplace(full_name(test), std::move(test));
    return tests;
}

bool is_judged_test(Test const& test) {
    return test.status == Status::passed || test.status == Status::failed ||
           test.status == Status::known;
}

std::string words(Test const& test) {
    return test.message.empty() ? "passed" : test.message;
}

class Comparison {
public:
    Comparison(Report const& older, Report const& newer)
        : older_(by_name(older)), newer_(by_name(newer)) {
        difference_.of_one_suite = older.suite_digest == newer.suite_digest;
    }

    Difference compare() {
        for (auto const& [name, now] : newer_) {
            auto const was = older_.find(name);
            if (was != older_.end())
                compare(name, was->second, now);
            else if (now.listed_when_wrong)
                compare(name, Test{.name = now.name}, now);
            else
                note_added(name, now);
        }
        for (auto const& [name, was] : older_) {
            if (newer_.contains(name)) continue;
            if (was.listed_when_wrong)
                compare(name, was, Test{.name = was.name});
            else
                ++difference_.gone;
        }
        return std::move(difference_);
    }

private:
    static Change change(std::string const& name, Test const& was, Test const& now) {
        return {name, now.level.empty() ? was.level : now.level, words(was), words(now), now.rerun};
    }

    void compare(std::string const& name, Test const& was, Test const& now) {
        bool const was_judged = is_judged_test(was);
        bool const is_judged = is_judged_test(now);
        if (was_judged && !is_judged)
            difference_.unjudged.push_back(change(name, was, now));
        else if (now.status == Status::failed && was.status == Status::passed)
            difference_.regressed.push_back(change(name, was, now));
        else if (now.status == Status::passed && was_judged && was.status != Status::passed)
            difference_.fixed.push_back(change(name, was, now));
        else if (is_judged && was_judged && was.cause != now.cause)
            difference_.otherwise.push_back(change(name, was, now));
        else if (now.status == Status::failed && !was_judged)
            difference_.appeared.push_back(change(name, was, now));
    }

    void note_added(std::string const& name, Test const& now) {
        ++difference_.added;
        if (now.status == Status::failed)
            difference_.appeared.push_back({name, now.level, "not played", words(now), now.rerun});
    }

    Tests older_;
    Tests newer_;
    Difference difference_ = {};
};

class DifferenceText {
public:
    explicit DifferenceText(TextOptions const& options)
        : options_(options), paint_(options.colour, options.ascii) {}

    std::string write(Difference const& difference) const {
        if (options_.verbosity < 0) return summary(difference);
        auto text =
            block("fixed", Verdict::pass, difference.fixed) +
            block("judged in another way", Verdict::note, difference.otherwise) +
            block("no longer judged", Verdict::inconclusive, difference.unjudged) +
            block("not judged in the older run, and wrong", Verdict::lenient, difference.appeared) +
            block("regressions", Verdict::fail, difference.regressed);
        if (!difference.of_one_suite)
            text += "The reports are of different suites: cases may have changed as well.\n";
        return text + summary(difference);
    }

private:
    std::string block(std::string_view title, Verdict verdict,
                      std::vector<Change> const& changes) const {
        if (changes.empty()) return {};
        auto text = paint_.in(Colour::bold, title) + "\n\n";
        for (auto const& change : changes) {
            text += fmt::format("{} {}  {}\n", paint_.mark(verdict), upper(change.level),
                                paint_.in(Colour::bold, paint_.words(change.name)));
            text += labelled("was", change.was) + labelled("now", change.now);
            if (!change.rerun.empty())
                text +=
                    "    " + paint_.in(Colour::grey, "rerun ") + paint_.words(change.rerun) + "\n";
            text += "\n";
        }
        return text;
    }

    std::string labelled(std::string_view label, std::string const& words) const {
        constexpr std::size_t indent = 10;
        return "    " + paint_.in(Colour::grey, padded(std::string(label), 6)) +
               wrapped(paint_.words(words), indent, options_.width) + "\n";
    }

    static std::string summary(Difference const& difference) {
        auto text = fmt::format("{}   {} fixed   {} judged in another way",
                                plural(difference.regressed.size(), "regression"),
                                difference.fixed.size(), difference.otherwise.size());
        if (!difference.unjudged.empty())
            text += fmt::format("   {} no longer judged", difference.unjudged.size());
        if (difference.added != 0) text += fmt::format("   {} added", difference.added);
        if (difference.gone != 0) text += fmt::format("   {} gone", difference.gone);
        return text + "\n";
    }

    TextOptions options_;
    Paint paint_;
};

}  // namespace

Difference difference(Report const& older, Report const& newer) {
    return Comparison(older, newer).compare();
}

std::string text(Difference const& difference, TextOptions const& options) {
    return DifferenceText(options).write(difference);
}

}  // namespace wsproof::report
