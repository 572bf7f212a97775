#include "reports/process.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

#include "harness/play/words.hpp"
#include "reports/text_writer.hpp"

namespace wsproof::report {
namespace {

using play::ProcessFigures;
using play::ProcessSpan;

constexpr std::array<std::pair<std::string_view, std::uint64_t ProcessFigures::*>, 3> figures{
    {{"memory", &ProcessFigures::memory},
     {"descriptors", &ProcessFigures::descriptors},
     {"threads", &ProcessFigures::threads}}};

constexpr std::array<std::pair<std::string_view, ProcessFigures ProcessSpan::*>, 3> moments{
    {{"before", &ProcessSpan::before},
     {"highest", &ProcessSpan::highest},
     {"after", &ProcessSpan::after}}};

std::string amount(std::string_view figure, std::uint64_t number) {
    constexpr double mebibyte = 1024.0 * 1024.0;
    return figure == "memory" ? fmt::format("{:.1f} MiB", static_cast<double>(number) / mebibyte)
                              : play::grouped(number);
}

}  // namespace

std::string in_words(ProcessSpan const& span) {
    std::string words;
    for (auto const& [name, figure] : figures)
        words += fmt::format("{}{} {}, at most {}, then {}", words.empty() ? "" : "; ", name,
                             amount(name, span.before.*figure), amount(name, span.highest.*figure),
                             amount(name, span.after.*figure));
    return words;
}

/// One line: numbers, and no word on whether they are too high.
std::string TextWriter::process() const {
    auto const& span = report_.target.process;
    return span ? wrapped("process  " + in_words(*span), 9, options_.width) + "\n\n"
                : std::string();
}

Json process_json(ProcessSpan const& span) {
    Json json{{"pid", span.pid}};
    for (auto const& [name, figure] : figures)
        for (auto const& [moment, of] : moments)
            json[std::string(name)][std::string(moment)] = span.*of.*figure;
    return json;
}

ProcessSpan read_process(Node const& node) {
    ProcessSpan span{.pid = node.at("pid").number()};
    for (auto const& [name, figure] : figures)
        for (auto const& [moment, of] : moments)
            span.*of.*figure = node.at(std::string(name)).at(std::string(moment)).number();
    return span;
}

}  // namespace wsproof::report
