// Small cases for tests of the case language.
#pragma once

#include <string>
#include <vector>

#include "harness/script/catalogue.hpp"
#include "harness/script/load.hpp"

namespace wsproof::script {

/// A case file with these steps (JSON, a list) and further keys ("\"needs\": [\"tls\"],").
inline SourceFile case_with(std::string const& steps, std::string const& keys = {}) {
    return {"cases/test/example.jsonc",
            R"({ "says": "A peer does.", "rule": "6455/5.5.2/ping-answered", "faults": ["f"], )" +
                keys + "\n\"steps\": " + steps + " }"};
}

inline Variant variant_with(std::string const& steps, std::string const& keys = {}) {
    return read_case(case_with(steps, keys)).at(0);
}

/// The complaint about a file, "line: words"; empty when there is none.
inline std::string complaint_about(SourceFile const& file) {
    try {
        read_case(file);
        return {};
    } catch (CaseError const& error) {
        std::string const prefix = file.path + ":";
        std::string const all = error.what();
        return all.rfind(prefix, 0) == 0 ? all.substr(prefix.size()) : "other file: " + all;
    }
}

/// The outputs of one `send`.
inline std::vector<Output> outputs_of(std::string const& json) {
    auto const variant = variant_with(R"([ { "send": )" + json + R"( }, "alive" ])");
    return std::get<Send>(variant.steps.at(0).action).outputs;
}

/// The outcomes of one `expect`.
inline std::vector<Outcome> outcomes_of(std::string const& json) {
    auto const variant =
        variant_with(R"([ { "send": { "ping": "" } }, { "expect": )" + json + " } ]");
    return std::get<Expect>(variant.steps.at(1).action).any_of;
}

/// Everything but where it stands.
inline Variant without_places(Variant variant) {
    variant.at = {};
    variant.choice.clear();
    for (auto& step : variant.steps) step.at = {};
    return variant;
}

}  // namespace wsproof::script
