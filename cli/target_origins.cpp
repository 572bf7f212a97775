#include "cli/target_origins.hpp"

#include <fmt/format.h>

#include "cli/target.hpp"
#include "reference_impl/wire/origin.hpp"
#include "reports/names.hpp"

namespace wsproof::cli {
namespace {

void check_origin(std::string const& text, std::string_view place) {
    if (!wire::is_origin(example_of(text)))
        throw UsageError(
            fmt::format("{}: '{}' is no origin: write scheme://host or scheme://host:port, such "
                        "as https://app.example, with nothing behind it",
                        place, text));
}

}  // namespace

std::string example_of(std::string pattern) {
    for (auto at = pattern.find('*'); at != std::string::npos; at = pattern.find('*', at))
        pattern.replace(at, 1, "www");
    return pattern;
}

std::vector<std::string> allowed_origins_of(Values const& values) {
    auto const* const given = values.find("allowed-origin");
    if (given == nullptr) return {};
    for (auto const& text : given->words) check_origin(text, given->place);
    return given->words;
}

report::OriginCheck origin_check_of(Values const& values) {
    auto const word = values.text("expect-origin-check", "auto");
    if (word == "no") return report::OriginCheck::not_expected;
    bool const said = values.is_set("allowed-origin") || values.is_set("origin");
    return word == "yes" || said ? report::OriginCheck::expected : report::OriginCheck::unknown;
}

run::Claims claims_of(Values const& values) {
    run::Claims claims;
    claims.credentials = report::names::credentials.find(values.text("credential-model", "auto"));
    claims.client_certificate = values.is_set("cert");
    claims.canary = {values.text("canary-send"), values.text("canary-expect")};
    if (claims.canary.send.empty() != claims.canary.expect.empty())
        throw UsageError(
            "--canary-send and --canary-expect belong together: the message, and what its answer "
            "contains");
    return claims;
}

void Target::read_origins(Values const& values) {
    setting_.allowed_origins = allowed_origins_of(values);
    setting_.origin = values.text("origin");
    if (setting_.origin.empty() && !setting_.allowed_origins.empty())
        setting_.origin = example_of(setting_.allowed_origins.front());
    if (!setting_.origin.empty()) setting_.words["origin"] = setting_.origin;
    origin_check_ = origin_check_of(values);
    requires_origin_ = values.flag("require-origin");
    auto const local = claims_.local;
    claims_ = claims_of(values);
    claims_.local = local;
    for (auto const* const name : {"allowed-origin", "expect-origin-check", "credential-model",
                                   "canary-send", "canary-expect"})
        for (auto const& word : values.list(name)) {
            further_flags_.push_back(fmt::format("--{}", name));
            further_flags_.push_back(word);
        }
    if (requires_origin_) further_flags_.emplace_back("--require-origin");
}

void Target::take_origin_from_url() {
    if (!setting_.origin.empty()) return;
    guesses_origin_ = true;
    setting_.origin = fmt::format("{}://{}", options_.url.tls ? "https" : "http", setting_.host);
    setting_.words["origin"] = setting_.origin;
}

}  // namespace wsproof::cli
