#include "reports/json_result.hpp"

#include <algorithm>

#include "reference_impl/wire/utf8.hpp"
#include "reports/json_transcript.hpp"
#include "reports/names.hpp"

namespace wsproof::report {
namespace {

/// Microseconds as the milliseconds that the format counts a result in.
double milliseconds(std::chrono::microseconds time) {
    return static_cast<double>(time.count()) / 1000.0;
}

std::chrono::microseconds microseconds(Node const& node) {
    constexpr double longest = 1e12;
    auto const ms = node.real();
    if (!(ms >= 0 && ms <= longest)) node.fail("a duration in milliseconds");
    return std::chrono::microseconds(static_cast<std::int64_t>(ms * 1000.0 + 0.5));
}

template <class Number>
Json or_null(std::optional<Number> const& number) {
    return number ? Json(*number) : Json(nullptr);
}

Json ending_json(play::Ending ending) {
    return ending == play::Ending::none ? Json(nullptr) : Json(play::name_of(ending));
}

play::Ending read_ending(Node const& node) {
    using play::Ending;
    for (auto const ending : {Ending::clean, Ending::close_then_drop, Ending::drop, Ending::reset,
                              Ending::timeout, Ending::wrong_code, Ending::refused})
        if (play::name_of(ending) == node.text()) return ending;
    node.fail("an ending that this version knows");
}

play::Verdict read_verdict(Node const& node) {
    for (auto const verdict : play::verdicts)
        if (play::name_of(verdict) == node.text()) return verdict;
    node.fail("a verdict that this version knows");
}

Json breaches_json(std::vector<play::Breach> const& breaches) {
    auto all = Json::array();
    for (auto const& breach : breaches)
        all.push_back({{"rule", words_json(breach.rule)}, {"reason", words_json(breach.reason)}});
    return all;
}

Json close_json(play::Result const& result) {
    auto const& close = result.close;
    return {{"sent", or_null(close.sent)},
            {"received", or_null(close.received)},
            {"tcp", names::tcp.of(close.tcp)},
            {"clean", result.ending == play::Ending::clean}};
}

std::optional<std::uint16_t> read_code(Node const& close, std::string_view key) {
    auto const node = close.find(key);
    if (!node) return std::nullopt;
    if (node->number() > 0xFFFF) node->fail("a status code of 16 bits");
    return static_cast<std::uint16_t>(node->number());
}

/// Whole numbers stay whole.
Json metrics_json(std::map<std::string, double> const& metrics) {
    auto all = Json::object();
    for (auto const& [name, value] : metrics) {
        auto const whole = static_cast<std::int64_t>(value);
        if (static_cast<double>(whole) == value) {
            all[name] = whole;
        } else {
            all[name] = value;
        }
    }
    return all;
}

/// Why it was skipped stands in `reason`, where every reader of the format looks for it.
std::string reason_of(play::Result const& result) {
    return result.reason.empty() ? result.skip_reason.value_or("") : result.reason;
}

void add_transcript(Json& json, play::Transcript const& transcript) {
    json["transcript"] = entries_json(transcript.entries);
    if (transcript.complete)
        json["arrivals"] = arrivals_json(transcript.arrivals);
    else
        json["transcript_complete"] = false;
}

}  // namespace

bool keeps_transcript(play::Result const& result, KeepTranscripts keep) {
    if (keep != KeepTranscripts::failed) return keep == KeepTranscripts::all;
    bool const unremarkable =
        result.verdict == play::Verdict::pass || result.verdict == play::Verdict::skipped;
    return !unremarkable || !result.breaches.empty();
}

Json words_json(std::string_view text) {
    return wire::is_valid_utf8(wire::as_bytes(text)) ? Json(text) : Json(printable(text));
}

Json words_json(std::vector<std::string> const& texts) {
    auto all = Json::array();
    for (auto const& text : texts) all.push_back(words_json(text));
    return all;
}

std::string target_id(Report const& report) {
    std::string id;
    for (char c : report.target.id) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        bool const alnum = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        bool const mark = c == '.' || c == '_' || c == '-';
        if (alnum || !id.empty()) id += alnum || mark ? c : '-';
    }
    return id.empty() ? "target" : id;
}

Json result_json(Report const& report, Redactor const& redactor, play::Result const& given,
                 bool with_transcript) {
    auto const result = redactor.result(given);
    Json json{{"target", target_id(report)},
              {"case", words_json(result.variant)},
              {"verdict", play::name_of(result.verdict)},
              {"ending", ending_json(result.ending)},
              {"gate", gate_word(report, result.variant, report.breaks_gate(result))},
              {"reason", words_json(reason_of(result))}};
    if (result.skip_reason) json["skip_reason"] = words_json(*result.skip_reason);
    json["expected"] = words_json(result.expected);
    json["actual"] = words_json(result.actual);
    json["signature"] = words_json(result.signature);
    json["notes"] = words_json(result.notes);
    json["duration_ms"] = milliseconds(result.duration);
    json["attempts"] = result.attempts;
    if (result.flaky) json["flaky"] = true;
    json["close"] = close_json(result);
    if (result.admission != play::Admission::none)
        json["admission"] = names::admission.of(result.admission);
    if (result.status) json["status"] = *result.status;
    json["breaches"] = breaches_json(result.breaches);
    if (!result.metrics.empty()) json["metrics"] = metrics_json(result.metrics);
    if (result.unreachable) json["unreachable"] = true;
    if (!result.decided_at.file.empty())
        json["decided_at"] = {{"file", words_json(result.decided_at.file)},
                              {"line", result.decided_at.line}};
    json["repro"] = words_json(repro(report, result.variant));
    if (with_transcript) add_transcript(json, result.transcript);
    return json;
}

play::Result read_result(Node const& node) {
    play::Result result;
    result.variant = node.at("case").text();
    result.verdict = read_verdict(node.at("verdict"));
    if (auto const ending = node.find("ending")) result.ending = read_ending(*ending);
    result.reason = node.text("reason");
    result.expected = node.texts("expected");
    result.actual = node.text("actual");
    result.signature = node.text("signature");
    result.notes = node.texts("notes");
    result.unreachable = node.flag("unreachable", false);
    constexpr std::uint64_t most = 1'000'000;  // what is read may come from anywhere
    result.attempts =
        static_cast<unsigned>(std::clamp<std::uint64_t>(node.number("attempts", 1), 1, most));
    result.flaky = node.flag("flaky", false);
    if (auto const skip = node.find("skip_reason")) result.skip_reason = skip->text();
    if (auto const duration = node.find("duration_ms")) result.duration = microseconds(*duration);
    for (auto const& breach : node.items("breaches"))
        result.breaches.push_back({breach.at("rule").text(), breach.at("reason").text()});
    if (auto const close = node.find("close"))
        result.close = {
            read_code(*close, "sent"), read_code(*close, "received"),
            close->find("tcp") ? close->at("tcp").word(names::tcp) : play::CloseRecord::Tcp::open};
    if (auto const admission = node.find("admission"))
        result.admission = admission->word(names::admission);
    if (auto const status = node.find("status"))
        result.status = static_cast<unsigned>(std::min<std::uint64_t>(status->number(), 999));
    if (auto const metrics = node.find("metrics"))
        for (auto const& [name, value] : metrics->members())
            result.metrics.emplace(name, value.real());
    if (auto const place = node.find("decided_at"))
        result.decided_at = {place->at("file").text(), place->number("line", 0)};
    result.transcript = read_transcript(node);
    return result;
}

}  // namespace wsproof::report
