// Findings of a report as JSON, both ways.
#pragma once

#include "reports/node.hpp"
#include "reports/redact.hpp"
#include "reports/security/security.hpp"

namespace wsproof::report {

Json security_json(Security const& security, Redactor const& redactor);
Json findings_json(Report const& report, Redactor const& redactor);

/// Of a whole report: the two parts that the functions above write, where they are there.
Security read_security(Node const& report);

}  // namespace wsproof::report
