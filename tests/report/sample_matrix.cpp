#include "tests/report/sample_matrix.hpp"

#include <string>
#include <utility>

#include "tests/report/sample.hpp"

namespace wsproof::report::sample {
namespace {

using play::Verdict;

play::Result result_of(std::string id, Verdict verdict) {
    play::Result result{.variant = std::move(id), .verdict = verdict};
    result.reason = "did what the rule asks";
    if (verdict == Verdict::skipped) {
        result.skip_reason = "needs-capability:permessage-deflate";
        return result;
    }
    if (verdict == Verdict::pass) return result;
    result.reason = "expected Close 1002, got Pong 'Hello'";
    result.expected = {"Close 1002, then the end of the connection"};
    result.actual = "Pong 'Hello'";
    result.signature = "control/case: Pong 'Hello'";
    result.transcript.entries = {
        frame_entry(play::Direction::send, wire::header_for(wire::Opcode::ping, 5), "Hello",
                    "Ping 'Hello'"),
        frame_entry(play::Direction::recv, wire::header_for(wire::Opcode::pong, 5), "Hello",
                    "Pong 'Hello'")};
    result.transcript.entries[0].flag = play::Flag::trigger;
    result.transcript.entries[1].flag = play::Flag::violation;
    return result;
}

CaseInfo info_of(std::string id) {
    CaseInfo info{.id = std::move(id),
                  .title = "A server fails the connection when a control frame is fragmented.",
                  .rule = "6455/5.5/control-not-fragmented"};
    info.document = "RFC 6455";
    info.section = "5.5";
    info.role = "server";
    info.digest = "sha256:00";
    return info;
}

}  // namespace

Part implementation(std::string const& name, std::vector<Verdict> const& verdicts) {
    auto report = ordinary();
    report.target.id = "target";
    report.target.name = name;
    report.target.libraries = {name + "@1.0"};
    report.cases.clear();
    report.results.clear();
    for (std::size_t at = 0; at < verdicts.size(); ++at) {
        auto const id = "control/case-" + std::to_string(at);
        report.cases.push_back(info_of(id));
        report.results.push_back(result_of(id, verdicts[at]));
    }
    return {.name = name + ".json", .report = std::move(report)};
}

Matrix matrix_of(std::vector<Part> parts, StepsOf const& steps_of) {
    MatrixMaker maker;
    for (auto& part : parts) maker.add(std::move(part));
    return maker.take(steps_of);
}

Matrix small_matrix() {
    using enum Verdict;
    auto absent = implementation("never-up", {});
    absent.report.run.state = run::State::unreachable;
    absent.report.run.state_words = "connection refused";
    auto second = implementation("second server", {pass, fail, lenient, skipped, note});
    second.report.results[1].breaches = {{"6455/5.1/server-never-masks", "masked a frame"}};
    return matrix_of({implementation("first server", {pass, pass, pass, pass, pass}),
                      std::move(second), std::move(absent)},
                     [](std::string const&) { return std::optional<std::size_t>(4); });
}

Matrix hostile_matrix() {
    std::vector<Part> parts;
    parts.push_back({.name = hostile_text, .report = hostile()});
    parts.push_back({.name = "b.json", .report = ordinary()});
    parts.push_back({.name = "c.json", .report = everything()});
    auto named = implementation(hostile_text, {Verdict::fail, Verdict::pass});
    named.report.target.libraries = {hostile_text};
    named.report.cases[0].title = hostile_text;
    named.report.results[1].breaches = {{hostile_text, hostile_text}};
    parts.push_back(std::move(named));
    return matrix_of(std::move(parts));
}

Matrix large_matrix(std::size_t cases, std::size_t implementations) {
    constexpr std::size_t folders = 12;
    MatrixMaker maker;
    for (std::size_t number = 0; number < implementations; ++number) {
        auto report = ordinary();
        report.target.name = "implementation-" + std::to_string(number);
        report.cases.clear();
        report.results.clear();
        for (std::size_t at = 0; at < cases; ++at) {
            auto const id = "folder-" + std::to_string(at % folders) + "/case-" +
                            std::to_string(1000 + at) + "#variant";
            auto const dice = (at * 31 + number * 17) % 20;
            auto const verdict = dice == 0   ? Verdict::fail
                                 : dice == 1 ? Verdict::lenient
                                 : dice <= 3 ? Verdict::skipped
                                             : Verdict::pass;
            report.cases.push_back(info_of(id));
            report.results.push_back(result_of(id, verdict));
        }
        maker.add({.name = report.target.name + ".json", .report = std::move(report)});
    }
    return maker.take([](std::string const& id) { return std::optional(id.size() % 7); });
}

}  // namespace wsproof::report::sample
