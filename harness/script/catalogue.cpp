#include "harness/script/catalogue.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "harness/script/cross_check.hpp"
#include "harness/script/load.hpp"
#include "harness/script/reading.hpp"
#include "reference_impl/wire/bytes.hpp"

namespace wsproof::script {

namespace {

/// A twin stands on its own feet or on another twin, but never in a circle.
void check_circles(Catalogue const& catalogue,
                   std::map<std::string, SourceFile const*> const& files,
                   Complain const& complain) {
    for (auto const& variant : catalogue.variants) {
        std::set<std::string> seen{variant.case_id};
        auto const* at = &variant;
        while (!at->twin.empty()) {
            auto const twins = catalogue.of_case(at->twin);
            if (twins.empty()) break;  // somebody has complained already
            at = twins.front();
            if (!seen.insert(at->case_id).second) {
                auto const& file = *files.at(variant.case_id);
                complain(CaseError(
                    {file.path, line_of(file, "twin")},
                    "expected twins without a circle, found one through \"" + at->case_id + "\""));
                break;
            }
        }
    }
}

/// Whatever rules stand for is in the table of statements, where there is one.
void check_rules(Catalogue const& catalogue, SourceFile const& file, Complain const& complain) {
    if (catalogue.statements.empty()) return;
    std::vector<std::string_view> known;
    for (auto const& entry : catalogue.statements) known.emplace_back(entry.first);
    for (auto const& [id, rule] : read_rules(file))
        for (auto const& statement : rule.statements)
            if (!catalogue.statements.contains(statement))
                complain(CaseError({file.path, line_of(file, id)},
                                   "expected ids of statements.jsonc, found \"" + statement + "\"" +
                                       suggestion(statement, known)));
}

/// Whatever findings stand for is in the table of faults.
void check_findings(Catalogue const& catalogue, SourceFile const& file, Complain const& complain) {
    std::vector<std::string_view> known;
    for (auto const& entry : catalogue.faults) known.emplace_back(entry.first);
    for (auto const& [id, finding] : catalogue.findings)
        for (auto const& fault : finding.faults)
            if (!catalogue.faults.contains(fault))
                complain(CaseError({file.path, line_of(file, id)},
                                   "expected names of faults.jsonc, found \"" + fault + "\"" +
                                       suggestion(fault, known)));
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
        all += (file->is_own() ? file->id : file->path) + '\0' + std::to_string(file->text.size()) +
               '\0' + file->text;
    return "sha256:" + sha256_hex(all);
}

/// The built-in ones first: a user's may not say again what they say.
std::vector<SourceFile const*> in_order(std::span<SourceFile const> files) {
    std::vector<SourceFile const*> sorted;
    for (auto const& file : files) sorted.push_back(&file);
    std::sort(sorted.begin(), sorted.end(), [](auto const* a, auto const* b) {
        return std::pair(a->is_own(), std::string_view(a->path)) <
               std::pair(b->is_own(), std::string_view(b->path));
    });
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

/// Reads file after file, then checks the cases against each other.
class Loader {
public:
    explicit Loader(Complain const& complain) : complain_(complain) {}

    Catalogue load(std::vector<SourceFile const*> const& files) {
        for (auto const* const file : files) {
            try {
                take(*file);
            } catch (CaseError const& error) {
                unread_.ids.insert(id_of(*file));
                complain_(error);
            }
        }
        sort_variants(catalogue_);
        for (auto const* const file : rule_files_) check_rules(catalogue_, *file, complain_);
        if (findings_file_ != nullptr) check_findings(catalogue_, *findings_file_, complain_);
        for (auto const& variant : catalogue_.variants)
            cross_check(variant, *cases_.at(variant.case_id), catalogue_, unread_, complain_);
        check_circles(catalogue_, cases_, complain_);
        catalogue_.digest = digest_of(files);
        return std::move(catalogue_);
    }

private:
    void take(SourceFile const& file) {
        auto const id = id_of(file);
        if (id == "statements") {
            catalogue_.statements = read_statements(file);
            return;
        }
        if (id == "findings") {
            catalogue_.findings = read_findings(file);
            findings_file_ = &file;
            return;
        }
        if (id == "hooks") {
            catalogue_.hooks = read_hooks(file);
            return;
        }
        if (id == "advisories") {
            catalogue_.advisories = read_advisories(file);
            return;
        }
        if (id == "rules") return add_rules(file);
        if (id == "faults") return add(file, catalogue_.faults, read_faults(file), "fault");
        if (!is_case_id(id))
            throw CaseError({file.path, 1}, "expected a case file as " +
                                                std::string(file.is_own() ? "" : "cases/") +
                                                "folder/name.jsonc, of a-z, 0-9 and -, found \"" +
                                                id + "\"");
        if (!cases_.emplace(id, &file).second)
            throw CaseError({file.path, 1}, "expected every case once, found " + id + " twice");
        for (auto& variant : read_case(file)) catalogue_.variants.push_back(std::move(variant));
    }

    void add_rules(SourceFile const& file) {
        add(file, catalogue_.rules, read_rules(file), "rule");
        rule_files_.push_back(&file);
    }

    template <class Map>
    void add(SourceFile const& file, Map& to, Map more, std::string const& what) {
        for (auto& [id, info] : more)
            if (!to.emplace(id, std::move(info)).second)
                complain_(CaseError({file.path, line_of(file, id)},
                                    "expected the name of a " + what + " of your own, found \"" +
                                        id + "\", which is built in"));
    }

    Complain const& complain_;
    Catalogue catalogue_ = {};
    std::map<std::string, SourceFile const*> cases_ = {};
    std::vector<SourceFile const*> rule_files_ = {};
    SourceFile const* findings_file_ = nullptr;
    Unread unread_ = {};
};

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

Variant const* Catalogue::twin_of(Variant const& variant) const {
    if (variant.twin.empty()) return nullptr;
    auto const twins = of_case(variant.twin);
    return twins.empty() ? nullptr : twins.front();
}

Catalogue load(std::span<SourceFile const> files) {
    return load(files, [](CaseError const& error) { throw error; });
}

Catalogue load(std::span<SourceFile const> files, Complain const& complain) {
    return Loader(complain).load(in_order(files));
}

Catalogue embedded_catalogue() {
    return load(embedded_files());
}

std::vector<Variant> load_case(SourceFile const& file, Catalogue const& against) {
    auto variants = read_case(file);
    for (auto const& variant : variants)
        cross_check(variant, file, against, {}, [](CaseError const& error) { throw error; });
    return variants;
}

}  // namespace wsproof::script
