// What the results mean for the owner of a server: findings, each with its cause, its weight and
// its proof (docs/origin.md).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/run/exposure.hpp"
#include "harness/script/finding.hpp"

namespace wsproof::report {

struct Report;

/// A request or connection that shows it.
struct Evidence {
    std::string variant = {};
    std::string origin = {};                        ///< that was sent; empty: none, or no matter
    std::optional<unsigned> status = std::nullopt;  ///< of the response
};

struct Finding {
    std::string id = {};  ///< "WS-ORIGIN-PREFIX"
    script::Area area = script::Area::origin;
    script::Severity severity = script::Severity::info;
    std::string weight = {};  ///< why it is that severe, in a sentence
    bool confirmed = false;   ///< seen again after the run
    std::string title = {};
    std::string policy = {};  ///< whom an origin policy with this mistake lets in
    std::string means = {};
    std::string fix = {};
    std::vector<std::string> cwe = {};
    std::vector<std::string> asvs = {};
    std::string cvss = {};
    std::vector<Evidence> evidence = {};
};

/// What an owner says about a check of Origin.
enum class OriginCheck : std::uint8_t { unknown, expected, not_expected };

struct Security {
    std::string origin = {};         ///< the origin that the target accepts; empty: none was tried
    std::string origin_policy = {};  ///< whom the target lets in, in a sentence
    OriginCheck origin_check = OriginCheck::unknown;
    run::Exposure exposure = {};
    std::vector<Finding> findings = {};     ///< the gravest first
    std::vector<std::string> remarks = {};  ///< what was not tested, and what would be needed
    /// Where the cure goes, for the areas in which there is something to mend.
    std::vector<std::pair<script::Area, script::Hooks>> hooks = {};

    bool has_something() const {
        return !origin_policy.empty() || !findings.empty() || !remarks.empty();
    }
};

}  // namespace wsproof::report
