#include "reports/autobahn/autobahn.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "reports/autobahn/case_file.hpp"
#include "reports/autobahn/numbers.hpp"
#include "reports/autobahn/page.hpp"
#include "reports/redact.hpp"

namespace wsproof::report::autobahn {
namespace {

using Json = nlohmann::json;
using Results = std::map<std::string_view, play::Result const*>;

/// Taken names get a number behind them.
std::string unused(std::string const& name, std::set<std::string>& taken) {
    auto candidate = name;
    for (int n = 2; !taken.insert(candidate).second; ++n) candidate = fmt::format("{}_{}", name, n);
    return candidate;
}

std::vector<std::string> numbers_of(CaseInfo const& info, Agent const& agent) {
    auto const is_told = [&](std::string const& number) {
        return agent.numbers ? agent.numbers->contains(number)
                             : is_among(agent.report->run.selection, number);
    };
    std::vector<std::string> numbers;
    for (auto const& alias : info.aliases)
        if (auto number = number_in(alias); number && is_told(*number))
            numbers.push_back(*std::move(number));
    return numbers;
}

/// What became of a case; nothing when it is absent.
std::optional<Words> words_for(Report const& report, play::Result const* result) {
    if (report.run.state == run::State::unreachable) return never_opened(report.run.state_words);
    return result ? words_of(report, *result) : std::nullopt;
}

bool in_order(Played const& a, Played const& b) {
    auto const place = [](Played const& played) {
        auto const index = index_of(played.number);
        return std::pair(index == 0 ? all_numbers().size() + 1 : index, played.number);
    };
    return place(a) < place(b);
}

/// One entry per number: of several cases with one number the worst.
std::vector<Played> played_by(Agent const& agent, Results const& results) {
    std::map<std::string, Played> by_number;
    for (auto const& info : agent.report->cases) {
        auto const found = results.find(info.id);
        auto const* const result = found == results.end() ? nullptr : found->second;
        auto const words = words_for(*agent.report, result);
        if (!words) continue;
        for (auto const& number : numbers_of(info, agent)) {
            Played const played{number, &info, result, *words};
            auto const [at, is_new] = by_number.try_emplace(number, played);
            if (!is_new && is_worse(*words, at->second.words)) at->second = played;
        }
    }
    std::vector<Played> all;
    for (auto& [number, played] : by_number) all.push_back(std::move(played));
    std::sort(all.begin(), all.end(), in_order);
    return all;
}

Json entry_of(Played const& played, std::string const& file) {
    Json code = nullptr;
    if (played.result && played.result->close.received) code = *played.result->close.received;
    return {{"behavior", played.words.behavior},
            {"behaviorClose", played.words.behavior_close},
            {"duration", duration_of(played)},
            {"remoteCloseCode", code},
            {"reportfile", file}};
}

class Folder {
public:
    void add(Agent const& agent) {
        Redactor const redactor(*agent.report);
        redacted_.emplace_back();
        auto& kept = redacted_.back();
        for (auto const& result : agent.report->results) kept.push_back(redactor.result(result));
        Results results;
        for (auto const& result : kept) results[result.variant] = &result;
        auto const name = unused(agent.name, names_);
        Column column{.agent = name,
                      .file_prefix = unused(file_name_part(name), prefixes_),
                      .page = agent.page,
                      .cells = played_by(agent, results)};
        auto& entries = index_[name] = Json::object();
        for (auto const& played : column.cells) {
            auto const file = case_file_name(column.file_prefix, played.number);
            entries[played.number] = entry_of(played, file);
            files_.push_back({file, case_file(name, *agent.report, played)});
        }
        columns_.push_back(std::move(column));
    }

    std::vector<File> take() {
        files_.push_back({"index.html", index_page(columns_)});
        files_.push_back({"index.json", index_.dump(3, ' ', true, Json::error_handler_t::replace)});
        return std::move(files_);
    }

private:
    std::vector<std::vector<play::Result>> redacted_ = {};
    std::set<std::string> names_ = {};
    std::set<std::string> prefixes_ = {};
    std::vector<Column> columns_ = {};
    std::vector<File> files_ = {};
    Json index_ = Json::object();
};

}  // namespace

std::vector<File> files_of(std::span<Agent const> agents) {
    Folder folder;
    for (auto const& agent : agents) folder.add(agent);
    return folder.take();
}

std::string file_name_part(std::string_view agent) {
    std::string part;
    for (char c : agent) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        part += plain ? c : ' ';
    }
    auto const first = part.find_first_not_of(' ');
    if (first == std::string::npos) return "agent";
    part = part.substr(first, part.find_last_not_of(' ') - first + 1);
    std::replace(part.begin(), part.end(), ' ', '_');
    return part;
}

std::string agent_name(Report const& report) {
    if (!report.target.name.empty()) return report.target.name;
    auto const& software = report.target.profile.server_software;
    return software.empty() ? "UnknownServer" : software;
}

}  // namespace wsproof::report::autobahn
