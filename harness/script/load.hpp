// Reads one case file or one of the tables beside them; what concerns several files is checked by
// catalogue.cpp.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/script/case.hpp"
#include "harness/script/catalogue.hpp"

namespace wsproof::script {

/// The variants of a case, without any check against rules, faults or other cases. Throws
/// CaseError.
std::vector<Variant> read_case(SourceFile const& file);

std::map<std::string, Statement> read_statements(SourceFile const& file);
std::map<std::string, Rule> read_rules(SourceFile const& file);
std::map<std::string, FaultInfo> read_faults(SourceFile const& file);
std::map<std::string, FindingInfo> read_findings(SourceFile const& file);
std::map<Area, Hooks> read_hooks(SourceFile const& file);
std::vector<Advisory> read_advisories(SourceFile const& file);

/// "framing/unmasked-frame" for "cases/framing/unmasked-frame.jsonc".
std::string case_id_of(std::string const& path);

/// The id of a file's case; "rules" and "faults" for the two tables.
std::string id_of(SourceFile const& file);

/// The line on which a key of the case stands; that of the first line when there is none.
std::size_t line_of(SourceFile const& file, std::string_view key);

}  // namespace wsproof::script
