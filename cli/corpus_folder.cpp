#include "cli/corpus_folder.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <set>
#include <system_error>

#include "cli/exit_code.hpp"
#include "cli/files.hpp"
#include "fuzz/merge.hpp"
#include "harness/play/words.hpp"
#include "harness/script/load.hpp"
#include "harness/script/write.hpp"
#include "reports/digest.hpp"

namespace wsproof::cli {
namespace {

namespace files = std::filesystem;

void check_folder(std::string const& path, std::string_view option) {
    if (!files::is_directory(path))
        throw UsageError(fmt::format("--{}: there is no folder '{}'", option, path));
}

}  // namespace

void make_folder(std::string const& path, std::string_view option) {
    std::error_code error;
    files::create_directories(path, error);
    if (error || !files::is_directory(path))
        throw UsageError(fmt::format("--{}: the folder '{}' cannot be written: {}", option, path,
                                     error ? error.message() : "it is a file"));
}

std::vector<fuzz::Session> sessions_in(std::vector<std::string> const& folders,
                                       script::Catalogue const& catalogue) {
    std::vector<fuzz::Session> sessions;
    std::set<files::path> paths;
    for (auto const& folder : folders)
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

std::size_t add_sessions(std::string const& folder, std::vector<fuzz::Session> const& sessions) {
    std::size_t added = 0;
    for (auto const& session : sessions) {
        auto const text = script::write(fuzz::case_of(session));
        auto const path =
            fmt::format("{}/{}.jsonc", folder, report::sha256_hex(text).substr(0, 16));
        if (!files::exists(path) && !write_file(path, text)) ++added;
    }
    return added;
}

int merge_corpora(Values const& values, script::Catalogue const& catalogue) {
    auto const corpus = values.text("corpus");
    if (corpus.empty()) throw UsageError("--merge: name the folder to add to: --corpus DIR");
    auto const folders = values.list("merge");
    for (auto const& folder : folders) check_folder(folder, "merge");
    make_folder(corpus, "corpus");
    fuzz::Model const model(catalogue, {});
    auto const there = sessions_in({corpus}, catalogue);
    auto const offered = sessions_in(folders, catalogue);
    auto const merged = fuzz::merge(there, offered, model);
    auto const added = add_sessions(corpus, merged.added);
    fmt::print("{} of {} sessions added to {}, which had {}; {} states, {} of them new\n",
               play::grouped(added), play::grouped(offered.size()), corpus,
               play::grouped(there.size()), play::grouped(merged.states),
               play::grouped(merged.new_states));
    if (added == merged.added.size()) return exit_code::ok;
    fmt::print(stderr, "wsproof: {}: {} could not be written: is there room, and may you write?\n",
               corpus, play::grouped(merged.added.size() - added));
    return exit_code::incomplete;
}

}  // namespace wsproof::cli
