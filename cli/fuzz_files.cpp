#include "cli/fuzz_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

#include "cli/outputs.hpp"
#include "harness/script/load.hpp"
#include "harness/script/write.hpp"
#include "reports/digest.hpp"

namespace wsproof::cli {
namespace {

namespace files = std::filesystem;

void make_folder(std::string const& path, std::string_view option) {
    std::error_code error;
    files::create_directories(path, error);
    if (error || !files::is_directory(path))
        throw UsageError(fmt::format("--{}: the folder '{}' cannot be written: {}", option, path,
                                     error ? error.message() : "it is a file"));
}

/// What the session sent, one write after another.
std::string bytes_sent(play::Result const& result) {
    std::string bytes;
    for (auto const& entry : result.transcript.entries)
        if (entry.direction == play::Direction::send) bytes += wire::as_text(entry.bytes);
    return bytes;
}

}  // namespace

FuzzFiles::FuzzFiles(Values const& values, std::string const& report_folder,
                     report::Redactor redactor)
    : redactor_(std::move(redactor)),
      findings_(values.text("findings", report_folder + "/findings")),
      corpus_(values.text("corpus")),
      seeds_(values.text("seeds")),
      edges_(values.text("cov")) {}

void FuzzFiles::check() const {
    make_folder(findings_, "findings");
    if (!corpus_.empty()) make_folder(corpus_, "corpus");
    if (!seeds_.empty() && !files::is_directory(seeds_))
        throw UsageError(fmt::format("--seeds: there is no folder '{}'", seeds_));
    if (!edges_.empty() && !read_file(edges_))
        throw UsageError(fmt::format("--cov: the edge map '{}' cannot be read", edges_));
}

std::string FuzzFiles::keep(fuzz::Finding const& finding) const {
    auto const path = fmt::format("{}/{}.jsonc", findings_, finding.id);
    auto const bytes = fmt::format("{}/{}.bin", findings_, finding.id);
    if (write_file(path, "// Written by `wsproof fuzz`; play it again: wsproof replay FILE URL\n" +
                             redactor_.text(script::write(finding.variant))))
        return {};
    static_cast<void>(write_file(bytes, bytes_sent(redactor_.result(finding.result))));
    return path;
}

std::vector<fuzz::Session> FuzzFiles::corpus(script::Catalogue const& catalogue) const {
    std::vector<fuzz::Session> sessions;
    std::set<files::path> paths;
    for (auto const& folder : {seeds_, corpus_})
        if (!folder.empty())
            for (auto const& entry : files::directory_iterator(folder)) paths.insert(entry.path());
    for (auto const& path : paths) {
        auto const text = read_file(path.string());
        if (path.extension() != ".jsonc" || !text) continue;
        try {
            for (auto const& variant : script::load_case(
                     {.path = path.string(), .text = *text, .id = "corpus/session"}, catalogue))
                if (auto session = fuzz::session_of(variant))
                    sessions.push_back(*std::move(session));
        } catch (script::CaseError const&) {
            continue;  // a corpus is only there to build on
        }
    }
    return sessions;
}

void FuzzFiles::keep_corpus(std::vector<fuzz::Session> const& corpus) const {
    if (corpus_.empty()) return;
    for (auto const& session : corpus) {
        auto const text = script::write(fuzz::case_of(session));
        auto const path =
            fmt::format("{}/{}.jsonc", corpus_, report::sha256_hex(text).substr(0, 16));
        if (!files::exists(path)) static_cast<void>(write_file(path, text));
    }
}

std::function<bool()> FuzzFiles::new_edges() const {
    if (edges_.empty()) return {};
    auto const seen = std::make_shared<std::string>();
    return [path = edges_, seen] {
        auto const map = read_file(path);
        if (!map) return false;
        seen->resize(std::max(seen->size(), map->size()));
        bool is_new = false;
        for (std::size_t at = 0; at < map->size(); ++at) {
            auto const edge = (*map)[at] != 0;
            is_new = is_new || (edge && (*seen)[at] == 0);
            if (edge) (*seen)[at] = 1;
        }
        return is_new;
    };
}

}  // namespace wsproof::cli
