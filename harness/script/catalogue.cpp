#include "harness/script/catalogue.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>

#include "harness/script/load.hpp"
#include "harness/script/reading.hpp"
#include "harness/script/roles.hpp"
#include "reference_impl/wire/bytes.hpp"

namespace wsproof::script {

namespace {

template <typename Map>
std::vector<std::string_view> keys_of(Map const& map) {
    std::vector<std::string_view> keys;
    for (auto const& entry : map) keys.emplace_back(entry.first);
    return keys;
}

/// Checks the variants of one file against what is known of all the others.
class CrossCheck {
public:
    CrossCheck(Catalogue const& catalogue, SourceFile const& file)
        : catalogue_(catalogue), file_(file) {}

    void check(Variant const& variant) const {
        auto const rule = catalogue_.rules.find(variant.rule);
        if (rule == catalogue_.rules.end())
            fail("rule", "expected an id of rules.jsonc, found \"" + variant.rule + "\"" +
                             suggestion(variant.rule, keys_of(catalogue_.rules)));
        for (auto const& fault : variant.faults)
            if (catalogue_.faults.count(fault) == 0)
                fail("faults", "expected names of faults.jsonc, found \"" + fault + "\"" +
                                   suggestion(fault, keys_of(catalogue_.faults)));
        if (auto const misfit = misfit_with(rule->second.binds, variant))
            throw CaseError(misfit->at, misfit->words + " (" + rule->second.id + ")");
        if (!variant.twin.empty()) check_twin(variant, rule->second);
    }

private:
    [[noreturn]] void fail(std::string_view key, std::string const& words) const {
        throw CaseError({file_.path, line_of(file_, key)}, words);
    }

    void check_twin(Variant const& variant, Rule const& rule) const {
        auto const twins = catalogue_.of_case(variant.twin);
        if (twins.empty()) {
            std::vector<std::string_view> ids;
            for (auto const& other : catalogue_.variants) {
                ids.emplace_back(other.id);
                ids.emplace_back(other.case_id);
            }
            fail("twin", "expected the id of a case or variant, found \"" + variant.twin + "\"" +
                             suggestion(variant.twin, ids));
        }
        for (auto const* const twin : twins) {
            if (twin->case_id == variant.case_id)
                fail("twin", "expected another case, found \"" + variant.twin + "\"");
            auto const known = catalogue_.rules.find(twin->rule);
            bool const same =
                known != catalogue_.rules.end() &&
                (known->second.binds == rule.binds || known->second.binds == Binds::endpoint);
            if (!same)
                fail("twin", "expected a twin that binds the same role, found \"" + variant.twin +
                                 "\" whose rule is " + twin->rule);
        }
    }

    Catalogue const& catalogue_;
    SourceFile const& file_;
};

/// A twin stands on its own feet or on another twin, but never in a circle.
void check_circles(Catalogue const& catalogue,
                   std::map<std::string, SourceFile const*> const& files) {
    for (auto const& variant : catalogue.variants) {
        std::set<std::string> seen{variant.case_id};
        auto const* at = &variant;
        while (!at->twin.empty()) {
            at = catalogue.of_case(at->twin).front();
            if (!seen.insert(at->case_id).second) {
                auto const& file = *files.at(variant.case_id);
                throw CaseError(
                    {file.path, line_of(file, "twin")},
                    "expected twins without a circle, found one through \"" + at->case_id + "\"");
            }
        }
    }
}

/// Without a table of statements rules may cite what they like: a user's own rules stand for none.
void check_rules(Catalogue const& catalogue, SourceFile const& file) {
    if (catalogue.statements.empty()) return;
    for (auto const& [id, rule] : catalogue.rules)
        for (auto const& statement : rule.statements)
            if (!catalogue.statements.contains(statement))
                throw CaseError({file.path, line_of(file, id)},
                                "expected ids of statements.jsonc, found \"" + statement + "\"" +
                                    suggestion(statement, keys_of(catalogue.statements)));
}

std::string sha256_hex(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
    return wire::to_hex(std::as_bytes(std::span(digest).first(size)));
}

/// Names and lengths go in as well, so that no two sets of files can look alike.
std::string digest_of(std::vector<SourceFile const*> const& files) {
    std::string all;
    for (auto const* const file : files)
        all += file->path + '\0' + std::to_string(file->text.size()) + '\0' + file->text;
    return "sha256:" + sha256_hex(all);
}

std::vector<SourceFile const*> in_order(std::span<SourceFile const> files) {
    std::vector<SourceFile const*> sorted;
    for (auto const& file : files) sorted.push_back(&file);
    std::sort(sorted.begin(), sorted.end(),
              [](auto const* a, auto const* b) { return a->path < b->path; });
    return sorted;
}

void sort_variants(Catalogue& catalogue) {
    std::sort(catalogue.variants.begin(), catalogue.variants.end(),
              [](Variant const& a, Variant const& b) { return a.id < b.id; });
}

bool is_case_id(std::string_view id) {
    bool const characters = std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '/';
    });
    return characters && id.find('/') != std::string_view::npos;
}

std::string read_file(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw CaseError({path.string(), 0}, "expected a file that can be read");
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string placed(Place const& place, std::string const& words) {
    auto const line = place.line == 0 ? std::string{} : ":" + std::to_string(place.line);
    return place.file + line + ": " + words;
}

}  // namespace

CaseError::CaseError(Place place, std::string const& words)
    : std::runtime_error(placed(place, words)), place_(std::move(place)) {}

Rule const& Catalogue::rule_of(Variant const& variant) const {
    return rules.at(variant.rule);
}

Variant const* Catalogue::find(std::string_view variant_id) const {
    auto const at =
        std::lower_bound(variants.begin(), variants.end(), variant_id,
                         [](Variant const& a, std::string_view id) { return a.id < id; });
    return at != variants.end() && at->id == variant_id ? &*at : nullptr;
}

std::vector<Variant const*> Catalogue::of_case(std::string_view case_id) const {
    if (auto const* const one = find(case_id)) return {one};
    // Variants are in the order of their ids, so those of a case stand together.
    std::string const prefix = std::string(case_id) + "#";
    auto at = std::lower_bound(variants.begin(), variants.end(), prefix,
                               [](Variant const& a, std::string const& id) { return a.id < id; });
    std::vector<Variant const*> all;
    for (; at != variants.end() && at->id.starts_with(prefix); ++at) all.push_back(&*at);
    return all;
}

Catalogue load(std::span<SourceFile const> files) {
    Catalogue catalogue;
    auto const sorted = in_order(files);
    std::map<std::string, SourceFile const*> cases;
    SourceFile const* rules_file = nullptr;
    for (auto const* const file : sorted) {
        auto const id = case_id_of(file->path);
        if (id == "statements") {
            catalogue.statements = read_statements(*file);
        } else if (id == "rules") {
            catalogue.rules = read_rules(*file);
            rules_file = file;
        } else if (id == "faults") {
            catalogue.faults = read_faults(*file);
        } else {
            if (!is_case_id(id))
                throw CaseError(
                    {file->path, 1},
                    "expected a case file as cases/folder/name.jsonc, of a-z, 0-9 and -");
            if (!cases.emplace(id, file).second)
                throw CaseError({file->path, 1},
                                "expected every case once, found " + id + " twice");
            for (auto& variant : read_case(*file)) catalogue.variants.push_back(std::move(variant));
        }
    }
    sort_variants(catalogue);
    if (rules_file != nullptr) check_rules(catalogue, *rules_file);
    for (auto const& variant : catalogue.variants)
        CrossCheck(catalogue, *cases.at(variant.case_id)).check(variant);
    check_circles(catalogue, cases);
    catalogue.digest = digest_of(sorted);
    return catalogue;
}

std::vector<SourceFile> files_below(std::filesystem::path const& cases_folder) {
    std::vector<SourceFile> files;
    std::error_code none;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(cases_folder, none)) {
        if (!entry.is_regular_file() || entry.path().extension() != ".jsonc") continue;
        auto const below = std::filesystem::relative(entry.path(), cases_folder);
        files.push_back({"cases/" + below.generic_string(), read_file(entry.path())});
    }
    if (none || files.empty())
        throw CaseError({cases_folder.string(), 0}, "expected a folder with case files");
    std::sort(files.begin(), files.end(),
              [](SourceFile const& a, SourceFile const& b) { return a.path < b.path; });
    return files;
}

Catalogue embedded_catalogue() {
    return load(embedded_files());
}

std::vector<Variant> load_case(SourceFile const& file, Catalogue const& against) {
    auto variants = read_case(file);
    for (auto const& variant : variants) CrossCheck(against, file).check(variant);
    return variants;
}

}  // namespace wsproof::script
