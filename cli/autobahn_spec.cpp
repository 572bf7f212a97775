#include "cli/autobahn_spec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/outputs.hpp"
#include "harness/net/target.hpp"
#include "reports/model.hpp"

namespace wsproof::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string_view without_mark(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    return text;
}

class SpecReader {
public:
    explicit SpecReader(std::string const& path) { spec_.path = path; }

    AutobahnSpec read(std::string_view text) {
        auto const file = parsed(text);
        if (!file.is_object()) wrong("", "a spec is a JSON object");
        for (auto const& [key, value] : file.items()) take(key, value);
        if (file.contains("url") && !file.contains("servers"))
            wrong("url",
                  "this is a spec of mode fuzzingserver, for testing clients; a spec for testing "
                  "servers has \"servers\" and \"cases\"");
        if (!file.contains("cases"))
            wrong("cases", R"(missing; for all of them write "cases": ["*"])");
        return std::move(spec_);
    }

private:
    [[noreturn]] void wrong(std::string_view key, std::string_view words) const {
        throw UsageError(fmt::format("{}: {}{}{}", spec_.path, report::printable(key),
                                     key.empty() ? "" : ": ", words));
    }

    Json parsed(std::string_view text) const {
        text = without_mark(text);
        try {
            return Json::parse(text, nullptr, true, true);
        } catch (Json::parse_error const& error) {
            auto const before = text.substr(0, std::min(error.byte, text.size()));
            throw UsageError(fmt::format("{}:{}: this is no JSON; mend it there or just before",
                                         spec_.path, 1 + std::ranges::count(before, '\n')));
        } catch (Json::exception const&) {
            wrong("", "a number in it is too big");
        }
    }

    void take(std::string const& key, Json const& value) {
        if (key == "servers") {
            servers(value);
        } else if (key == "cases") {
            spec_.cases = texts(value, key);
        } else if (key == "exclude-cases") {
            spec_.excluded = texts(value, key);
        } else if (key == "exclude-agent-cases") {
            excluded_for_agents(value, key);
        } else if (key == "outdir") {
            spec_.outdir = text(value, key);
            if (spec_.outdir.empty()) spec_.outdir = ".";
        } else if (key == "options") {
            options(value, key);
        } else if (key != "url") {
            spec_.without_effect.push_back(key);
        }
    }

    std::string text(Json const& value, std::string_view key) const {
        if (!value.is_string()) wrong(key, "expected a string");
        return value.get<std::string>();
    }

    std::vector<std::string> texts(Json const& value, std::string_view key) const {
        if (!value.is_array()) wrong(key, R"(expected a list of strings, such as ["1.*"])");
        std::vector<std::string> all;
        for (auto const& item : value) all.push_back(text(item, key));
        return all;
    }

    void servers(Json const& value) {
        if (!value.is_array()) wrong("servers", R"(expected a list, such as [{"url": "ws://…"}])");
        for (std::size_t i = 0; i < value.size(); ++i)
            spec_.servers.push_back(server(value[i], fmt::format("servers[{}]", i)));
    }

    AutobahnServer server(Json const& value, std::string const& where) {
        if (!value.is_object()) wrong(where, R"(expected an object, such as {"url": "ws://…"})");
        AutobahnServer server;
        for (auto const& [key, member] : value.items()) {
            auto const place = where + "." + key;
            if (key == "url")
                server.url = text(member, place);
            else if (key == "agent")
                server.agent = member.is_null() ? "" : text(member, place);
            else if (key == "hostname")
                server.hostname = member.is_null() ? "" : text(member, place);
            else if (key == "origin")
                server.origin = member.is_null() ? "" : text(member, place);
            else if (key == "protocols")
                server.protocols = texts(member, place);
            else if (key == "options")
                options(member, place);
            else
                spec_.without_effect.push_back(place);
        }
        if (server.url.empty()) wrong(where + ".url", "missing; write \"url\": \"ws://host:port\"");
        try {
            net::parse_url(server.url);
        } catch (net::UrlError const& error) {
            wrong(where + ".url", error.what());
        }
        return server;
    }

    void excluded_for_agents(Json const& value, std::string const& key) {
        if (!value.is_object()) wrong(key, R"(expected an object, such as {"agent": ["12.*"]})");
        for (auto const& [agent, patterns] : value.items())
            spec_.excluded_for_agents.emplace_back(agent, texts(patterns, key + "." + agent));
    }

    /// What Autobahn's own client does on the wire and when it loses patience. Our cases say
    /// themselves what is sent, and our deadlines follow the target.
    void options(Json const& value, std::string const& key) {
        if (!value.is_object()) wrong(key, "expected an object");
        for (auto const& [name, option] : value.items()) {
            constexpr std::int64_t first_of_version_13 = 13;
            auto const place = key + "." + name;
            if (name == "version" && option.is_number_integer() &&
                option.get<std::int64_t>() < first_of_version_13)
                wrong(place,
                      "a draft from before RFC 6455, which wsproof does not speak; write 18, or "
                      "leave it out");
            if (name != "version") spec_.without_effect.push_back(place);
        }
    }

    AutobahnSpec spec_ = {};
};

}  // namespace

bool is_autobahn_spec(std::string_view path, std::string_view text) {
    text = without_mark(text);
    auto const first = text.find_first_not_of(" \t\r\n");
    return path.ends_with(".json") || (first != std::string_view::npos && text[first] == '{');
}

AutobahnSpec read_autobahn_spec(std::string const& path, std::string_view text) {
    return SpecReader(path).read(text);
}

std::optional<AutobahnSpec> autobahn_spec_of(Values const& values) {
    auto const path = values.text("config");
    if (path.empty() || values.flag("no-config")) return std::nullopt;
    auto const text = read_file(path);
    if (!text) throw UsageError(fmt::format("{}: the config file cannot be read", path));
    if (!is_autobahn_spec(path, *text)) return std::nullopt;
    return read_autobahn_spec(path, *text);
}

}  // namespace wsproof::cli
