#include "cli/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/toml.hpp"
#include "harness/run/nearest.hpp"

namespace wsproof::cli {
namespace {

using Words = std::vector<std::string>;

/// Keys of a section: what the table of options says belongs there, and the section's own.
Words keys_of(std::string_view section) {
    Words keys;
    auto const prefix = fmt::format("{}.", section);
    for (auto const& option : options())
        if (option.config.starts_with(prefix) &&
            option.config.find('.', prefix.size()) == std::string_view::npos)
            keys.emplace_back(option.config.substr(prefix.size()));
    if (section == "target") keys.insert(keys.end(), {"url", "auth"});
    return keys;
}

Option const* option_of(std::string_view section, std::string_view key) {
    auto const config = fmt::format("{}.{}", section, key);
    auto const at = std::ranges::find(options(), config, &Option::config);
    return at == options().end() ? nullptr : &*at;
}

class Reader {
public:
    Reader(std::string path, Invocation& invocation, Environment const& environment)
        : path_(std::move(path)), invocation_(invocation), environment_(environment) {}

    Config read(toml::table const& file) {
        only_keys(file, {"format", "run", "report", "fuzz", "target", "skip"}, "the file");
        check_format(file);
        section(file, "run", Source::run_section);
        section(file, "report", Source::run_section);
        section(file, "fuzz", Source::run_section);
        config_.path = path_;
        pick_target(file);
        skips(file);
        return std::move(config_);
    }

private:
    template <class Node>
    std::string place(Node const& node) const {
        return fmt::format("{}:{}", path_, node.source().begin.line);
    }

    template <class Node>
    [[noreturn]] void wrong(Node const& node, std::string const& words) const {
        throw UsageError(fmt::format("{}: {}", place(node), words));
    }

    void only_keys(toml::table const& table, Words const& known, std::string_view where) const {
        for (auto const& [key, node] : table) {
            auto const name = std::string(key.str());
            if (std::ranges::find(known, name) != known.end()) continue;
            auto const near = run::nearest(name, known);
            throw UsageError(fmt::format(
                "{}:{}: unknown key '{}' in {}{}", path_, key.source().begin.line, name, where,
                near.empty() ? fmt::format("; it may have {}", fmt::join(known, ", "))
                             : fmt::format(": did you mean '{}'?", near)));
        }
    }

    void check_format(toml::table const& file) const {
        auto const* const format = file.get("format");
        if (format != nullptr && format->value<std::int64_t>() != 1)
            wrong(*format, "format: this version reads format 1");
    }

    void section(toml::table const& file, std::string_view name, Source source) {
        auto const* const node = file.get(name);
        if (node == nullptr) return;
        auto const* const table = node->as_table();
        if (table == nullptr) wrong(*node, fmt::format("{}: expected a section [{}]", name, name));
        read_section(*table, name, source);
    }

    void read_section(toml::table const& table, std::string_view name, Source source) {
        only_keys(table, keys_of(name), fmt::format("[{}]", name));
        for (auto const& [key, node] : table) {
            auto const* const option = option_of(name, key.str());
            if (option == nullptr) {  // the section's own: url, auth
                if (key.str() == "auth") read_auth(node, source);
                continue;
            }
            Value value{.words = words_of(node, *option),
                        .source = source,
                        .place = fmt::format("{}: {}", place(node), key.str())};
            check_choice(*option, value);
            if (takes(invocation_.verb, *option)) invocation_.values.set(option->name, value);
        }
    }

    /// [target.NAME.auth]
    void read_auth(toml::node const& node, Source source) {
        if (!node.is_table()) wrong(node, "auth: expected a section [target.NAME.auth]");
        read_section(*node.as_table(), "target.auth", source);
    }

    Words words_of(toml::node const& node, Option const& option) const {
        Words words;
        if (auto const* const array = node.as_array(); array != nullptr && option.repeats) {
            for (auto const& element : *array) words.push_back(scalar(element, option));
        } else if (auto const* const table = node.as_table(); table != nullptr && option.repeats) {
            auto const* const between = option.name == "header" ? ": " : "=";
            for (auto const& [key, element] : *table)
                words.push_back(std::string(key.str()) + between + scalar(element, option));
        } else {
            words.push_back(scalar(node, option));
        }
        return words;
    }

    std::string scalar(toml::node const& node, Option const& option) const {
        if (auto const* const text = node.as_string()) return expanded(text->get(), node);
        if (auto const* const number = node.as_integer()) return fmt::format("{}", number->get());
        if (auto const* const number = node.as_floating_point())
            return fmt::format("{}", number->get());
        if (auto const* const flag = node.as_boolean()) return flag->get() ? "yes" : "no";
        wrong(node, fmt::format("{}: expected {}", option.name,
                                option.repeats ? "a list of strings" : "one value"));
    }

    /// "${VAR}" and "${VAR:-otherwise}".
    std::string expanded(std::string const& text, toml::node const& node) const {
        std::string out;
        std::size_t at = 0;
        for (;;) {
            auto const begin = text.find("${", at);
            if (begin == std::string::npos) return out + text.substr(at);
            auto const end = text.find('}', begin);
            if (end == std::string::npos) wrong(node, "a ${ without its }");
            out += text.substr(at, begin - at);
            out += variable(text.substr(begin + 2, end - begin - 2), node);
            at = end + 1;
        }
    }

    std::string variable(std::string const& words, toml::node const& node) const {
        auto const otherwise = words.find(":-");
        auto const name = words.substr(0, otherwise);
        auto const value = environment_(name);
        if (value && !(value->empty() && otherwise != std::string::npos)) return *value;
        if (otherwise != std::string::npos) return words.substr(otherwise + 2);
        wrong(node, fmt::format("the environment has no variable {0}; set it or write "
                                "${{{0}:-default}}",
                                name));
    }

    /// The section that --target names; without it the only one, unless a URL was given.
    void pick_target(toml::table const& file) {
        if (!takes(invocation_.verb, *option_named("target"))) return;
        auto const* const node = file.get("target");
        auto const wanted = invocation_.values.text("target");
        if (node == nullptr) {
            if (!wanted.empty())
                throw UsageError(fmt::format("{}: there is no [target.{}]", path_, wanted));
            return;
        }
        auto const* const targets = node->as_table();
        if (targets == nullptr) wrong(*node, "target: expected sections [target.NAME]");
        Words names;
        for (auto const& [key, target] : *targets) {
            names.emplace_back(key.str());
            if (!target.is_table()) wrong(target, "target: expected sections [target.NAME]");
            only_keys(*target.as_table(), keys_of("target"), fmt::format("[target.{}]", key.str()));
        }
        bool const given =
            !invocation_.values.positionals.empty() || invocation_.values.is_set("spawn");
        if (wanted.empty() && (given || names.empty())) return;
        if (wanted.empty() && names.size() > 1)
            throw UsageError(fmt::format("{}: several targets ({}): pick one with --target", path_,
                                         fmt::join(names, ", ")));
        use_target(*targets, wanted.empty() ? names.front() : wanted, names);
    }

    void use_target(toml::table const& targets, std::string const& name, Words const& names) {
        auto const* const node = targets.get(name);
        if (node == nullptr) {
            auto const near = run::nearest(name, names);
            throw UsageError(fmt::format("{}: there is no [target.{}]{}", path_, name,
                                         near.empty()
                                             ? fmt::format("; there is {}", fmt::join(names, ", "))
                                             : fmt::format(": did you mean '{}'?", near)));
        }
        auto const& table = *node->as_table();
        config_.target_name = name;
        if (auto const* const url = table.get("url")) {
            if (!url->is_string()) wrong(*url, "url: expected a string");
            config_.url = expanded(url->as_string()->get(), *url);
            config_.url_place = place(*url);
        }
        read_section(table, "target", Source::target_section);
    }

    void skips(toml::table const& file) {
        auto const* const node = file.get("skip");
        if (node == nullptr) return;
        auto const* const list = node->as_array();
        if (list == nullptr) wrong(*node, "skip: expected [[skip]] sections");
        for (auto const& element : *list) {
            auto const* const table = element.as_table();
            if (table == nullptr) wrong(element, "skip: expected [[skip]] sections");
            only_keys(*table, {"cases", "target", "why"}, "[[skip]]");
            auto const target = (*table)["target"].value_or(std::string());
            if (!target.empty() && target != config_.target_name) continue;
            SkipRule rule{.cases = expressions_of(*table),
                          .place = place(*table),
                          .why = (*table)["why"].value_or(std::string())};
            if (rule.cases.empty() || rule.why.empty())
                wrong(*table, "[[skip]] needs cases (as -s takes them) and why");
            config_.skips.push_back(std::move(rule));
        }
    }

    /// One expression or a list of them.
    Words expressions_of(toml::table const& table) const {
        auto const* const node = table.get("cases");
        if (node == nullptr) return {};
        if (auto const* const one = node->as_string()) return {one->get()};
        auto const* const list = node->as_array();
        if (list == nullptr) wrong(*node, "cases: expected an expression or a list of them");
        Words words;
        for (auto const& element : *list) {
            if (!element.is_string()) wrong(element, "cases: expected an expression");
            words.push_back(element.as_string()->get());
        }
        return words;
    }

    std::string path_;
    Invocation& invocation_;
    Environment const& environment_;
    Config config_ = {};
};

toml::table parsed(std::string const& path, std::string const& text) {
    try {
        return toml::parse(text);
    } catch (toml::parse_error const& error) {
        throw UsageError(
            fmt::format("{}:{}: {}", path, error.source().begin.line, error.description()));
    }
}

}  // namespace

Config read_config(std::string const& path, std::string const& text, Invocation& invocation,
                   Environment const& environment) {
    return Reader(path, invocation, environment).read(parsed(path, text));
}

std::vector<std::string> target_names(std::string const& path, std::string const& text) {
    Words names;
    auto const file = parsed(path, text);
    if (auto const* const targets = file["target"].as_table(); targets != nullptr)
        for (auto const& [key, target] : *targets) names.emplace_back(key.str());
    return names;
}

}  // namespace wsproof::cli
