// All rules, faults and variants of a set of case files, checked against each other.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "harness/script/advisory.hpp"
#include "harness/script/case.hpp"
#include "harness/script/finding.hpp"

namespace wsproof::script {

/// A case file is wrong: says where and what to do.
class CaseError : public std::runtime_error {
public:
    CaseError(Place place, std::string const& words);
    Place const& place() const noexcept { return place_; }

private:
    Place place_;
};

/// One file as it is read or embedded.
struct SourceFile {
    std::string path = {};  ///< as errors name it; of a built-in one from the repository's root
    std::string text = {};
    /// Of a user's own file: the id of its case ("mine/chat/hello"), "rules" or "faults". Of a
    /// built-in one empty, for the path says it.
    std::string id = {};
    bool is_own() const { return !id.empty(); }
};

struct Catalogue {
    std::map<std::string, Statement> statements = {};
    std::map<std::string, Rule> rules = {};
    std::map<std::string, FaultInfo> faults = {};
    std::map<std::string, FindingInfo> findings = {};
    std::map<Area, Hooks> hooks = {};
    std::vector<Advisory> advisories = {};
    std::vector<Variant> variants = {};  ///< in the order of their ids
    std::string digest = {};             ///< "sha256:…" over all files

    Rule const& rule_of(Variant const& variant) const;
    Variant const* find(std::string_view variant_id) const;
    /// The variants that a twin, a select pattern or a person may mean by this id: one variant or
    /// all of a case.
    std::vector<Variant const*> of_case(std::string_view case_id) const;
    /// The one that has to pass for the variant to say anything; nullptr: none.
    Variant const* twin_of(Variant const& variant) const;
};

/// Reads statements.jsonc, rules.jsonc, faults.jsonc, findings.jsonc, hooks.jsonc,
/// advisories.jsonc and every case. Throws CaseError: unknown keys, doubles, unknown statements,
/// rules, faults, twins or needs, duplicate ids.
Catalogue load(std::span<SourceFile const> files);

/// Told of every error instead of the first one; what is wrong is left out of the catalogue.
using Complain = std::function<void(CaseError const&)>;
Catalogue load(std::span<SourceFile const> files, Complain const& complain);

/// The files that were embedded into the binary when it was built.
std::vector<SourceFile> embedded_files();
/// The same from a folder `cases/`.
std::vector<SourceFile> files_below(std::filesystem::path const& cases_folder);
/// A user's own files: their ids begin with the folder's name. Throws CaseError.
std::vector<SourceFile> own_files(std::filesystem::path const& folder);
/// The built-in files and a user's; but a folder that has the rules of the built-in cases stands
/// in their place.
std::vector<SourceFile> files_with(std::span<std::filesystem::path const> folders);
Catalogue embedded_catalogue();

/// Loads one case file on its own against the rules and faults of a catalogue (replay, findings).
std::vector<Variant> load_case(SourceFile const& file, Catalogue const& against);

}  // namespace wsproof::script
