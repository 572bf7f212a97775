// What an owner can act on (cases/findings.jsonc): the causes behind failed cases about security.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace wsproof::script {

enum class Area : std::uint8_t { origin, authentication, shutdown, robustness, tls };
enum class Severity : std::uint8_t { info, low, medium, high, critical };

/// Who can bring it about.
enum class Doer : std::uint8_t {
    page,     ///< any page that a visitor opens
    network,  ///< whoever has a say in names or the network as well
    nobody,   ///< no browser at all
};

/// What points to a finding besides faults.
enum class Sign : std::uint8_t {
    none,
    hijacked,         ///< a foreign origin with credentials that browsers send unasked gets in
    unexplained,      ///< an origin gets in for which no fault accounts
    other_status,     ///< foreign origins are refused, but not with 403
    dropped,          ///< foreign origins are refused without a response
    missing_allowed,  ///< no Origin gets in where the owner wants one
    frames_limited,   ///< a size is refused in one frame and taken in fragments
    wire_limited,     ///< a size is refused in one plain frame and taken when it comes compressed
    unlimited,        ///< no limit on messages was met
    advisory,         ///< a version of a library is named that has an advisory
};

struct FindingInfo {
    std::string id = {};  ///< "WS-ORIGIN-PREFIX"
    Area area = Area::origin;
    Severity severity = Severity::info;    ///< with credentials that browsers send unasked
    Severity on_network = Severity::info;  ///< where to be in the network is the credential
    Doer by = Doer::nobody;
    std::string title = {};
    std::string policy = {};  ///< whom an origin policy with this mistake lets in; may be empty
    std::string means = {};
    std::string fix = {};
    std::vector<std::string> faults = {};  ///< of faults.jsonc
    bool in_part = false;  ///< true as well of a peer that does some of what these faults do
    Sign sign = Sign::none;
    std::vector<std::string> cwe = {};   ///< "CWE-1385", the closest first
    std::vector<std::string> asvs = {};  ///< requirements of ASVS 5.0, "4.4.2"
    std::string cvss = {};               ///< a CVSS 3.1 vector as a hint; may be empty
};

/// Where the cure goes: a library and the place in it, in the order of the file.
using Hooks = std::vector<std::pair<std::string, std::string>>;

}  // namespace wsproof::script
