#include <algorithm>

#include "reports/security/derive.hpp"

namespace wsproof::report {
namespace {

using run::Credentials;
using script::Doer;
using script::Severity;

/// What no browser can bring about is no way in for a page, whatever it looks like.
Severity capped(Severity severity, Doer by) {
    if (by == Doer::nobody) return std::min(severity, Severity::low);
    if (by == Doer::network) return std::min(severity, Severity::medium);
    return severity;
}

}  // namespace

Weight weigh(script::FindingInfo const& info, Circumstances const& circumstances) {
    if (info.area != script::Area::origin) return {info.severity, ""};
    if (info.severity == Severity::info) return {Severity::info, "pages are kept out"};
    if (circumstances.origin_check == OriginCheck::not_expected)
        return {Severity::info, "the owner says that no check is expected"};
    auto const& exposure = circumstances.exposure;
    bool const expected = circumstances.origin_check == OriginCheck::expected;
    bool const on_network = exposure.credentials == Credentials::network;
    bool const ambient = run::is_ambient(exposure.credentials);
    auto const severity = capped(info.severity, info.by);
    if (!expected && !on_network && !ambient)
        return {Severity::info,
                exposure.credentials == Credentials::token
                    ? "the page has to know a token: checking Origin is a second line of defence"
                    : "no credentials that browsers send unasked were seen: right for a public "
                      "service"};
    if (info.by == Doer::nobody) return {severity, "no browser can send this"};
    if (on_network)
        return {std::max(severity, info.on_network),
                "any page that is open on the same machine or network gets in"};
    if (ambient && exposure.proven)
        return {severity, "browsers send the credentials of the visitor along unasked"};
    auto const less = std::min(severity, Severity::medium);
    if (ambient) return {less, "browsers may send the credentials unasked: " + exposure.words};
    return {less, "a check is expected; no credentials that browsers send unasked were seen"};
}

}  // namespace wsproof::report
