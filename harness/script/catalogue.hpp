// All rules, faults and variants of a set of case files, checked against each other.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "harness/script/case.hpp"

namespace wsproof::script {

/// A case file is wrong: says where and what to do.
class CaseError : public std::runtime_error {
public:
    CaseError(Place place, std::string const& words);
    Place const& place() const noexcept { return place_; }

private:
    Place place_;
};

/// One file as it is read or embedded: its path from the repository's root and its text.
struct SourceFile {
    std::string path = {};
    std::string text = {};
};

struct Catalogue {
    std::map<std::string, Statement> statements = {};
    std::map<std::string, Rule> rules = {};
    std::map<std::string, FaultInfo> faults = {};
    std::vector<Variant> variants = {};  ///< in the order of their ids
    std::string digest = {};             ///< "sha256:…" over all files

    Rule const& rule_of(Variant const& variant) const;
    Variant const* find(std::string_view variant_id) const;
    /// The variants that a twin, a select pattern or a person may mean by this id: one variant or
    /// all of a case.
    std::vector<Variant const*> of_case(std::string_view case_id) const;
};

/// Reads statements.jsonc, rules.jsonc, faults.jsonc and every case. Throws CaseError: unknown
/// keys, doubles, unknown statements, rules, faults, twins or needs, duplicate ids.
Catalogue load(std::span<SourceFile const> files);

/// The files that were embedded into the binary when it was built.
std::vector<SourceFile> embedded_files();
/// The same from a folder `cases/`.
std::vector<SourceFile> files_below(std::filesystem::path const& cases_folder);
Catalogue embedded_catalogue();

/// Loads one case file on its own against the rules and faults of a catalogue (replay, findings).
std::vector<Variant> load_case(SourceFile const& file, Catalogue const& against);

}  // namespace wsproof::script
