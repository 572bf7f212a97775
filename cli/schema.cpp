// `wsproof schema NAME`: what files look like, for editors and validators. That of wsproof.toml is
// made from the table of options.
#include "reports/schemas.hpp"

#include <fmt/format.h>

#include <map>

#include "cli/exit_code.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "reports/node.hpp"

namespace wsproof::cli {
namespace {

using report::Json;

Json choices_of(Option const& option) {
    auto choices = Json::array();
    for (std::size_t begin = 0; begin <= option.argument.size();) {
        auto const end = std::min(option.argument.find('|', begin), option.argument.size());
        choices.push_back(option.argument.substr(begin, end - begin));
        begin = end + 1;
    }
    return choices;
}

/// One value, as wsproof.toml has it.
Json scalar_schema(Option const& option) {
    if (is_flag(option)) return {{"type", "boolean"}};
    if (is_choice(option)) return {{"enum", choices_of(option)}};
    if (option.argument == "N") return {{"type", "integer"}, {"minimum", 0}};
    if (option.argument == "F") return {{"type", "number"}};
    if (option.argument == "D") return {{"type", "string"}, {"pattern", "^[0-9.]+(ms|s|m|h)$"}};
    return {{"type", Json::array({"string", "integer"})}};
}

Json value_schema(Option const& option) {
    auto schema = scalar_schema(option);
    if (option.repeats && !is_flag(option)) {
        Json const list{{"type", "array"}, {"items", schema}};
        Json const table{{"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
        schema = {{"anyOf", Json::array({schema, list, table})}};
    }
    schema["description"] = option.help;
    return schema;
}

Json section_schema(std::string_view section) {
    auto properties = Json::object();
    auto const prefix = fmt::format("{}.", section);
    for (auto const& option : options()) {
        if (!option.config.starts_with(prefix)) continue;
        auto const key = std::string(option.config.substr(prefix.size()));
        if (key.find('.') == std::string::npos) properties[key] = value_schema(option);
    }
    return {
        {"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
}

Json skip_schema() {
    Json const expression{{"type", "string"}, {"minLength", 1}};
    Json const cases{
        {"anyOf", Json::array({expression, {{"type", "array"}, {"items", expression}}})}};
    return {{"type", "array"},
            {"items",
             {{"type", "object"},
              {"required", Json::array({"cases", "why"})},
              {"additionalProperties", false},
              {"properties",
               {{"cases", cases}, {"target", {{"type", "string"}}}, {"why", expression}}}}}};
}

std::string config_schema() {
    auto target = section_schema("target");
    target["properties"]["url"] = {{"type", "string"}};
    target["properties"]["auth"] = section_schema("target.auth");
    Json const schema{
        {"$schema", "http://json-schema.org/draft-07/schema#"},
        {"$id", "https://wsproof.example/schema/config-1.json"},
        {"title", "wsproof.toml, format 1"},
        {"type", "object"},
        {"additionalProperties", false},
        {"properties",
         {{"format", {{"const", 1}}},
          {"run", section_schema("run")},
          {"report", section_schema("report")},
          {"fuzz", section_schema("fuzz")},
          {"target", {{"type", "object"}, {"additionalProperties", std::move(target)}}},
          {"skip", skip_schema()}}}};
    return schema.dump(2) + "\n";
}

}  // namespace

int schema(Invocation& invocation, Environment const& environment) {
    Terminal terminal(invocation.values, environment);
    auto const& name = invocation.values.positionals.front();
    std::string text;
    if (name == "report")
        text = report::report_schema;
    else if (name == "events")
        text = report::events_schema;
    else if (name == "baseline")
        text = report::baseline_schema;
    else if (name == "config")
        text = config_schema();
    else
        throw UsageError(
            fmt::format("there is no schema '{}': write report, events, config or baseline", name));
    terminal.result(text);
    return terminal.failed() ? exit_code::incomplete : exit_code::ok;
}

}  // namespace wsproof::cli
