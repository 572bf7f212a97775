#include "cli/fuzz_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include "cli/corpus_folder.hpp"
#include "cli/outputs.hpp"
#include "harness/script/write.hpp"

namespace wsproof::cli {
namespace {

namespace files = std::filesystem;

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
    std::vector<std::string> folders;
    for (auto const& folder : {seeds_, corpus_})
        if (!folder.empty()) folders.push_back(folder);
    return sessions_in(folders, catalogue);
}

void FuzzFiles::keep_corpus(std::vector<fuzz::Session> const& corpus) const {
    if (!corpus_.empty()) add_sessions(corpus_, corpus);
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
