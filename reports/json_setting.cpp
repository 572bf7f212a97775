#include "reports/json_setting.hpp"

#include <algorithm>

#include "reports/json_result.hpp"
#include "reports/names.hpp"

namespace wsproof::report {
namespace {

Json headers_json(std::vector<wire::HeaderField> const& fields) {
    auto all = Json::array();
    for (auto const& field : fields)
        all.push_back({{"name", words_json(field.name)}, {"value", words_json(field.value)}});
    return all;
}

Json texts_json(std::vector<std::string> const& texts, Redactor const& redactor) {
    auto all = Json::array();
    for (auto const& text : texts) all.push_back(words_json(redactor.text(text)));
    return all;
}

std::chrono::milliseconds read_ms(Node const& node, std::string_view key,
                                  std::chrono::milliseconds fallback) {
    constexpr std::uint64_t longest = 1'000'000'000;  // eleven days
    auto const ms = node.number(key, static_cast<std::uint64_t>(fallback.count()));
    if (ms > longest) node.at(key).fail("a time in milliseconds");
    return std::chrono::milliseconds(static_cast<std::int64_t>(ms));
}

std::chrono::microseconds read_us(Node const& node, std::string_view key) {
    constexpr std::uint64_t longest = 1'000'000'000'000;
    auto const us = node.number(key, 0);
    if (us > longest) node.at(key).fail("a time in microseconds");
    return std::chrono::microseconds(static_cast<std::int64_t>(us));
}

}  // namespace

Json setting_json(play::Setting const& setting, Redactor const& redactor) {
    auto words = Json::object();
    for (auto const& [name, value] : setting.words)
        words[name] = words_json(redactor.same_length(value));
    return {{"target_role", names::role.of(setting.target_role)},
            {"host", words_json(setting.host)},
            {"resource_name", words_json(redactor.text(setting.resource_name))},
            {"origin", words_json(setting.origin)},
            {"allowed_origins", words_json(setting.allowed_origins)},
            {"origin_check_expected", setting.origin_check_expected},
            {"headers", headers_json(redactor.headers(setting.headers))},
            {"subprotocols", words_json(setting.subprotocols)},
            {"opening_messages", texts_json(setting.opening_messages, redactor)},
            {"offered_token", words_json(redactor.same_length(setting.offered_token))},
            {"canary_send", words_json(redactor.same_length(setting.canary_send))},
            {"canary_expect", words_json(redactor.same_length(setting.canary_expect))},
            {"auth_timeout_ms", setting.auth_timeout.count()},
            {"session_cookie", words_json(setting.session_cookie)},
            {"words", words},
            {"answers_pings", setting.answers_pings},
            {"echoes_text", setting.echoes_text},
            {"echoes_binary", setting.echoes_binary},
            {"talks_unasked", setting.talks_unasked},
            {"strict", setting.strict},
            {"delivery", names::delivery.of(setting.delivery)},
            {"depth", names::depth.of(setting.depth)},
            {"time_scale", setting.time_scale},
            {"stopping",
             {{"grace_ms", setting.stopping.grace.count()},
              {"sees_process", setting.stopping.sees_process},
              {"by_command", setting.stopping.by_command}}},
            {"close_ms", setting.close_time.count()},
            {"case_ms", setting.case_time.count()}};
}

play::Setting read_setting(Node const& node) {
    play::Setting setting;
    if (auto const role = node.find("target_role")) setting.target_role = role->word(names::role);
    setting.host = node.text("host", setting.host);
    setting.resource_name = node.text("resource_name", setting.resource_name);
    setting.origin = node.text("origin");
    setting.allowed_origins = node.texts("allowed_origins");
    setting.origin_check_expected = node.flag("origin_check_expected", true);
    for (auto const& field : node.items("headers"))
        setting.headers.push_back({field.at("name").text(), field.at("value").text()});
    setting.subprotocols = node.texts("subprotocols");
    setting.opening_messages = node.texts("opening_messages");
    setting.offered_token = node.text("offered_token");
    setting.canary_send = node.text("canary_send");
    setting.canary_expect = node.text("canary_expect");
    setting.auth_timeout = read_ms(node, "auth_timeout_ms", setting.auth_timeout);
    setting.session_cookie = node.text("session_cookie");
    if (auto const words = node.find("words"))
        for (auto const& [name, value] : words->members()) setting.words[name] = value.text();
    setting.answers_pings = node.flag("answers_pings", true);
    setting.echoes_text = node.flag("echoes_text", true);
    setting.echoes_binary = node.flag("echoes_binary", true);
    setting.talks_unasked = node.flag("talks_unasked", false);
    setting.strict = node.flag("strict", false);
    if (auto const delivery = node.find("delivery"))
        setting.delivery = delivery->word(names::delivery);
    if (auto const depth = node.find("depth")) setting.depth = depth->word(names::depth);
    setting.time_scale = node.real("time_scale", 1.0);
    if (auto const stopping = node.find("stopping")) {
        setting.stopping.grace = read_ms(*stopping, "grace_ms", setting.stopping.grace);
        setting.stopping.sees_process = stopping->flag("sees_process", false);
        setting.stopping.by_command = stopping->flag("by_command", false);
    }
    setting.close_time = read_ms(node, "close_ms", setting.close_time);
    setting.case_time = read_ms(node, "case_ms", setting.case_time);
    return setting;
}

Json profile_json(run::Profile const& profile) {
    return {{"reachable", profile.reachable},
            {"unreachable_reason", words_json(profile.unreachable_reason)},
            {"opens", profile.opens},
            {"status", profile.status},
            {"server_software", words_json(profile.server_software)},
            {"answers_pings", profile.answers_pings},
            {"answers_close", profile.answers_close},
            {"echoes_text", profile.echoes_text},
            {"echoes_binary", profile.echoes_binary},
            {"talks_unasked", profile.talks_unasked},
            {"greeting", words_json(profile.greeting)},
            {"accepted_extension", words_json(profile.accepted_extension)},
            {"accepted_subprotocol", words_json(profile.accepted_subprotocol)},
            {"tls_version", profile.tls_version ? words_json(*profile.tls_version) : Json(nullptr)},
            {"opening_us", profile.opening_time.count()},
            {"round_trip_us", profile.round_trip.count()}};
}

run::Profile read_profile(Node const& node) {
    run::Profile profile;
    profile.reachable = node.flag("reachable", false);
    profile.unreachable_reason = node.text("unreachable_reason");
    profile.opens = node.flag("opens", false);
    profile.status = static_cast<unsigned>(std::min<std::uint64_t>(node.number("status", 0), 999));
    profile.server_software = node.text("server_software");
    profile.answers_pings = node.flag("answers_pings", false);
    profile.answers_close = node.flag("answers_close", false);
    profile.echoes_text = node.flag("echoes_text", false);
    profile.echoes_binary = node.flag("echoes_binary", false);
    profile.talks_unasked = node.flag("talks_unasked", false);
    profile.greeting = node.text("greeting");
    profile.accepted_extension = node.text("accepted_extension");
    profile.accepted_subprotocol = node.text("accepted_subprotocol");
    if (auto const tls = node.find("tls_version")) profile.tls_version = tls->text();
    profile.opening_time = read_us(node, "opening_us");
    profile.round_trip = read_us(node, "round_trip_us");
    return profile;
}

}  // namespace wsproof::report
