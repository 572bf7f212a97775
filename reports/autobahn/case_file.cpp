#include "reports/autobahn/case_file.hpp"

#include <chrono>

#include "reports/autobahn/numbers.hpp"
#include "reports/autobahn/traffic.hpp"
#include "reports/json_result.hpp"

namespace wsproof::report::autobahn {
namespace {

template <class Value>
Json or_null(std::optional<Value> const& value) {
    return value ? Json(*value) : Json(nullptr);
}

bool in_group(std::string const& number, std::string_view group) {
    return number.starts_with(group);
}

/// Autobahn writes HTML into its descriptions: readers may take ours for HTML, too.
std::string as_html(std::string const& text) {
    std::string escaped;
    for (char const c : text) {
        if (c == '&')
            escaped += "&amp;";
        else if (c == '<')
            escaped += "&lt;";
        else if (c == '>')
            escaped += "&gt;";
        else
            escaped += c;
    }
    return escaped;
}

/// In words of the case: what would have passed; the events, where they were what was expected.
Json expected_of(Played const& played, Traffic const& traffic) {
    auto const& said = played.result ? played.result->expected : std::vector<std::string>{};
    if (said.empty() && played.words.behavior == "OK") return {{"OK", traffic.received}};
    return {{"OK", words_json(said)}};
}

Json close_of(play::Result const& result, Traffic const& traffic) {
    auto const& close = result.close;
    bool const clean = result.ending == play::Ending::clean;
    bool const by_us = closed_by_us(result);
    auto const code = close.received ? Json::array({*close.received}) : Json::array();
    return {
        {"closedByMe", by_us},
        {"droppedByMe", result.ending == play::Ending::timeout},
        {"expectedClose", {{"closeCode", code}, {"closedByMe", by_us}, {"requireClean", false}}},
        {"localCloseCode", or_null(close.sent)},
        {"localCloseReason", or_null(traffic.local_close_reason)},
        {"remoteCloseCode", or_null(close.received)},
        {"remoteCloseReason", or_null(traffic.remote_close_reason)},
        {"wasClean", clean},
        {"wasCloseHandshakeTimeout", by_us && result.ending == play::Ending::none},
        {"wasNotCleanReason", clean ? Json(nullptr) : Json(play::name_of(result.ending))},
        {"wasOpenHandshakeTimeout", false},
        {"wasServerConnectionDropTimeout", result.ending == play::Ending::timeout}};
}

Json traffic_json(Traffic const& traffic) {
    return {{"httpRequest", traffic.request},
            {"httpResponse", traffic.response},
            {"received", traffic.received},
            {"rxFrameStats", traffic.rx_frame_stats},
            {"rxOctetStats", traffic.rx_octet_stats},
            {"trafficStats", nullptr},
            {"txFrameStats", traffic.tx_frame_stats},
            {"txOctetStats", traffic.tx_octet_stats},
            {"wirelog", traffic.wirelog}};
}

/// "2026-11-25T19:47:03Z" as Autobahn spells it, with milliseconds.
std::string started_of(Report const& report) {
    auto started = report.run.started;
    if (started.ends_with('Z')) started.replace(started.size() - 1, 1, ".000Z");
    return started;
}

}  // namespace

long long duration_of(Played const& played) {
    if (!played.result) return 0;
    return std::chrono::round<std::chrono::milliseconds>(played.result->duration).count();
}

std::string case_file(std::string const& agent, Report const& report, Played const& played) {
    play::Result const nothing{.variant = played.info->id, .ending = play::Ending::refused};
    auto const& result = played.result ? *played.result : nothing;
    auto const traffic = traffic_of(result);
    auto const& number = played.number;
    bool const compresses = in_group(number, "12.") || in_group(number, "13.");
    Json json{{"agent", agent},
              {"behavior", played.words.behavior},
              {"behaviorClose", played.words.behavior_close},
              {"case", index_of(number)},
              {"createStats", true},
              {"createWirelog", true},
              {"description", as_html(played.info->title)},
              {"duration", duration_of(played)},
              {"expectation", as_html(played.info->rule_text)},
              {"expected", expected_of(played, traffic)},
              {"failedByMe", false},
              {"id", number},
              {"isServer", false},
              {"reportCompressionRatio", compresses},
              {"reportTime", compresses || in_group(number, "9.")},
              {"result", played.words.result},
              {"resultClose", played.words.result_close},
              {"started", started_of(report)}};
    json.update(close_of(result, traffic));
    json.update(traffic_json(traffic));
    return json.dump(3, ' ', true, Json::error_handler_t::replace);
}

}  // namespace wsproof::report::autobahn
