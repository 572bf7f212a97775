// The spelling of the enumerations that stand in a report, both ways; verdicts and endings are
// spelled by harness/play/verdict.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "harness/play/player.hpp"
#include "harness/play/transcript.hpp"
#include "harness/run/run.hpp"
#include "harness/script/case.hpp"
#include "reference_impl/wire/role.hpp"
#include "reports/model.hpp"

namespace wsproof::report {

template <class Enum, std::size_t size>
struct Names {
    std::array<std::pair<Enum, std::string_view>, size> rows;

    constexpr std::string_view of(Enum value) const {
        for (auto const& [known, name] : rows)
            if (known == value) return name;
        return rows[0].second;
    }
    constexpr std::optional<Enum> find(std::string_view name) const {
        for (auto const& [value, known] : rows)
            if (known == name) return value;
        return std::nullopt;
    }
};

namespace names {

template <class Enum, class... Rows>
constexpr auto table(Rows... rows) {
    return Names<Enum, sizeof...(Rows)>{{{rows...}}};
}

template <class Enum>
using Row = std::pair<Enum, std::string_view>;

inline constexpr auto level =
    table<script::Level>(Row<script::Level>{script::Level::must, "must"},
                         Row<script::Level>{script::Level::should, "should"},
                         Row<script::Level>{script::Level::may, "may"});

inline constexpr auto role = table<wire::Role>(Row<wire::Role>{wire::Role::server, "server"},
                                               Row<wire::Role>{wire::Role::client, "client"});

inline constexpr auto binds =
    table<script::Binds>(Row<script::Binds>{script::Binds::endpoint, "both"},
                         Row<script::Binds>{script::Binds::server, "server"},
                         Row<script::Binds>{script::Binds::client, "client"});

inline constexpr auto fail_on =
    table<FailOn>(Row<FailOn>{FailOn::must, "must"}, Row<FailOn>{FailOn::should, "should"},
                  Row<FailOn>{FailOn::any, "any"}, Row<FailOn>{FailOn::never, "never"});

inline constexpr auto gate = table<GateVerdict>(
    Row<GateVerdict>{GateVerdict::ok, "ok"}, Row<GateVerdict>{GateVerdict::failed, "failed"},
    Row<GateVerdict>{GateVerdict::incomplete, "incomplete"});

/// Our own words; the format knows four of the five (json_head.cpp).
inline constexpr auto state =
    table<run::State>(Row<run::State>{run::State::complete, "complete"},
                      Row<run::State>{run::State::interrupted, "interrupted"},
                      Row<run::State>{run::State::target_lost, "target-lost"},
                      Row<run::State>{run::State::unreachable, "unreachable"},
                      Row<run::State>{run::State::budget_spent, "budget-spent"});

inline constexpr auto delivery =
    table<play::Delivery>(Row<play::Delivery>{play::Delivery::whole, "whole"},
                          Row<play::Delivery>{play::Delivery::bytewise, "bytewise"},
                          Row<play::Delivery>{play::Delivery::coalesced, "coalesced"});

inline constexpr auto depth = table<play::Depth>(Row<play::Depth>{play::Depth::brief, "brief"},
                                                 Row<play::Depth>{play::Depth::normal, "normal"},
                                                 Row<play::Depth>{play::Depth::full, "full"});

inline constexpr auto tcp = table<play::CloseRecord::Tcp>(
    Row<play::CloseRecord::Tcp>{play::CloseRecord::Tcp::open, "open"},
    Row<play::CloseRecord::Tcp>{play::CloseRecord::Tcp::fin, "fin"},
    Row<play::CloseRecord::Tcp>{play::CloseRecord::Tcp::rst, "rst"},
    Row<play::CloseRecord::Tcp>{play::CloseRecord::Tcp::refused, "refused"});

inline constexpr auto direction =
    table<play::Direction>(Row<play::Direction>{play::Direction::send, "send"},
                           Row<play::Direction>{play::Direction::recv, "recv"},
                           Row<play::Direction>{play::Direction::local, "local"});

inline constexpr auto entry_kind =
    table<play::EntryKind>(Row<play::EntryKind>{play::EntryKind::tcp, "tcp"},
                           Row<play::EntryKind>{play::EntryKind::tls, "tls"},
                           Row<play::EntryKind>{play::EntryKind::http, "http"},
                           Row<play::EntryKind>{play::EntryKind::frame, "frame"},
                           Row<play::EntryKind>{play::EntryKind::bytes, "bytes"},
                           Row<play::EntryKind>{play::EntryKind::timer, "timer"},
                           Row<play::EntryKind>{play::EntryKind::verdict, "verdict"},
                           Row<play::EntryKind>{play::EntryKind::note, "note"});

inline constexpr auto flag = table<play::Flag>(Row<play::Flag>{play::Flag::none, ""},
                                               Row<play::Flag>{play::Flag::trigger, "trigger"},
                                               Row<play::Flag>{play::Flag::violation, "violation"});

inline constexpr auto arrival = table<play::Arrival::Kind>(
    Row<play::Arrival::Kind>{play::Arrival::Kind::bytes, "bytes"},
    Row<play::Arrival::Kind>{play::Arrival::Kind::eof, "eof"},
    Row<play::Arrival::Kind>{play::Arrival::Kind::reset, "reset"},
    Row<play::Arrival::Kind>{play::Arrival::Kind::timeout, "timeout"},
    Row<play::Arrival::Kind>{play::Arrival::Kind::unreachable, "unreachable"});

inline constexpr auto admission =
    table<play::Admission>(Row<play::Admission>{play::Admission::none, "none"},
                           Row<play::Admission>{play::Admission::let_in, "let-in"},
                           Row<play::Admission>{play::Admission::closed_at_once, "closed-at-once"},
                           Row<play::Admission>{play::Admission::refused, "refused"},
                           Row<play::Admission>{play::Admission::dropped, "dropped"});

inline constexpr auto area =
    table<script::Area>(Row<script::Area>{script::Area::origin, "origin"},
                        Row<script::Area>{script::Area::authentication, "authentication"},
                        Row<script::Area>{script::Area::shutdown, "shutdown"},
                        Row<script::Area>{script::Area::robustness, "robustness"},
                        Row<script::Area>{script::Area::tls, "tls"});

inline constexpr auto severity =
    table<script::Severity>(Row<script::Severity>{script::Severity::info, "info"},
                            Row<script::Severity>{script::Severity::low, "low"},
                            Row<script::Severity>{script::Severity::medium, "medium"},
                            Row<script::Severity>{script::Severity::high, "high"},
                            Row<script::Severity>{script::Severity::critical, "critical"});

inline constexpr auto credentials = table<run::Credentials>(
    Row<run::Credentials>{run::Credentials::none, "none"},
    Row<run::Credentials>{run::Credentials::token, "token"},
    Row<run::Credentials>{run::Credentials::cookie, "cookie"},
    Row<run::Credentials>{run::Credentials::http_authentication, "http-auth"},
    Row<run::Credentials>{run::Credentials::client_certificate, "client-certificate"},
    Row<run::Credentials>{run::Credentials::network, "network"});

inline constexpr auto origin_check =
    table<OriginCheck>(Row<OriginCheck>{OriginCheck::unknown, "unknown"},
                       Row<OriginCheck>{OriginCheck::expected, "expected"},
                       Row<OriginCheck>{OriginCheck::not_expected, "not-expected"});

inline constexpr auto fate =
    table<Fate>(Row<Fate>{Fate::known, "known"}, Row<Fate>{Fate::fixed, "fixed"},
                Row<Fate>{Fate::expired, "expired"}, Row<Fate>{Fate::changed, "changed"},
                Row<Fate>{Fate::stale, "stale"}, Row<Fate>{Fate::unjudged, "unjudged"});

inline constexpr auto opcode = table<wire::Opcode>(
    Row<wire::Opcode>{wire::Opcode::continuation, "continuation"},
    Row<wire::Opcode>{wire::Opcode::text, "text"},
    Row<wire::Opcode>{wire::Opcode::binary, "binary"},
    Row<wire::Opcode>{wire::Opcode::close, "close"}, Row<wire::Opcode>{wire::Opcode::ping, "ping"},
    Row<wire::Opcode>{wire::Opcode::pong, "pong"});

}  // namespace names
}  // namespace wsproof::report
