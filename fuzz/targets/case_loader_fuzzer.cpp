// Any text as a case file: an error with a line, or variants that are written as files of their own
// and load back to the same (docs/case-language.md).
#include "fuzz/target.hpp"
#include "fuzz/targets/input.hpp"
#include "harness/script/load.hpp"
#include "harness/script/write.hpp"

namespace wsproof::fuzz {
namespace {

constexpr auto case_path = "cases/fuzz/input.jsonc";

std::optional<std::vector<script::Variant>> variants_in(script::SourceFile const& file) {
    try {
        return script::read_case(file);
    } catch (script::CaseError const& error) {
        require(error.place().file == file.path, "an error that names its file",
                [&] { return std::string(error.what()); });
        return std::nullopt;
    }
}

/// What a file of its own cannot keep: where it stood, and the choices that were put in.
script::Variant less_its_place(script::Variant variant) {
    variant.id = variant.case_id = "";
    variant.at = {};
    variant.choice.clear();
    for (auto& step : variant.steps) step.at = {};
    return variant;
}

}  // namespace

WSPROOF_FUZZ_TARGET(case_loader) {
    auto const variants = variants_in({case_path, std::string(Input(data).text())});
    if (!variants) return;
    for (auto const& variant : *variants) {
        script::SourceFile const written{case_path, script::write(variant)};
        auto const again = variants_in(written);
        require(again && again->size() == 1, "one variant from what was written",
                [&] { return written.text; });
        require(less_its_place(again->front()) == less_its_place(variant),
                "the same variant from what was written", [&] { return written.text; });
        require(script::write(again->front()) == written.text, "the same text once more",
                [&] { return written.text; });
    }
}

}  // namespace wsproof::fuzz
