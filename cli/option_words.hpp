// What the tables of options have in common: the verbs that take an option, and the groups of the
// help. Private to options*.cpp.
#pragma once

#include <span>
#include <string_view>

#include "cli/options.hpp"

namespace wsproof::cli {

inline constexpr auto on_test = Verb::test | Verb::origin;
inline constexpr auto on_campaign = only(Verb::fuzz);
inline constexpr auto on_measured = on_test | Verb::fuzz;
inline constexpr auto on_spawned = on_measured | Verb::doctor | Verb::replay;
inline constexpr auto on_played = on_test | Verb::replay;
inline constexpr auto on_compare = only(Verb::compare);
inline constexpr auto on_timed = on_played | Verb::fuzz | Verb::shrink;
inline constexpr auto on_run = on_measured | Verb::demo;
inline constexpr auto on_target = on_measured | Verb::doctor | Verb::replay | Verb::shrink;
inline constexpr auto on_cases = on_measured | Verb::shrink | Verb::list | Verb::explain |
                                 Verb::replay | Verb::doctor | Verb::demo | Verb::self_test |
                                 Verb::version | Verb::corpus | Verb::compare | Verb::baseline;
inline constexpr auto on_choice = on_test | Verb::demo | Verb::list | Verb::self_test;
inline constexpr auto on_reports = on_measured | Verb::report | Verb::merge | Verb::demo;
inline constexpr auto on_files = on_reports | Verb::compare;
inline constexpr auto on_gate = on_test | Verb::report | Verb::merge | Verb::baseline;
inline constexpr auto on_all = on_cases | Verb::echo | Verb::report | Verb::merge | Verb::diff |
                               Verb::lint | Verb::init | Verb::baseline | Verb::schema;
inline constexpr auto on_echo = only(Verb::echo);

namespace group {

inline constexpr std::string_view selection = "Selection";
inline constexpr std::string_view target = "Target";
inline constexpr std::string_view handshake = "Opening handshake";
inline constexpr std::string_view origins = "Origin and identity";
inline constexpr std::string_view authentication = "Authentication";
inline constexpr std::string_view tls = "TLS";
inline constexpr std::string_view network = "Network";
inline constexpr std::string_view running = "Running";
inline constexpr std::string_view judging = "Judging";
inline constexpr std::string_view output = "Output";
inline constexpr std::string_view configuration = "Configuration";
inline constexpr std::string_view campaign = "Campaign";
inline constexpr std::string_view comparison = "Comparison";
inline constexpr std::string_view server = "Server";

}  // namespace group

/// What to play, and where.
std::span<Option const> options_of_the_target();
/// How to play and to judge.
std::span<Option const> options_of_the_run();
/// Reports, config files, the built-in server, lists.
std::span<Option const> options_of_the_output();

}  // namespace wsproof::cli
