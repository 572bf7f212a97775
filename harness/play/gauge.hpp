// What the verb `measure` does on the wire, over as many connections as it takes.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "harness/play/connection.hpp"
#include "harness/play/opening.hpp"
#include "harness/play/search.hpp"
#include "harness/script/case.hpp"

namespace wsproof::play {

class Gauge {
public:
    /// A fresh connection; throws Unreachable.
    using Dial = std::function<std::unique_ptr<Connection>()>;
    /// Takes note of how long a connection has lasted that is over.
    using Over = std::function<void(Connection const&)>;

    Gauge(script::Measure const& measure, std::chrono::milliseconds within, Stage& stage,
          Random& tokens, Dial dial, Over over);

    struct Measured {
        std::optional<std::uint64_t> value = std::nullopt;
        std::optional<std::uint16_t> status = std::nullopt;  ///< of the refusal
        bool at_least = false;                               ///< no limit was met
        /// A size that is refused in one frame and uncompressed, where the other way knows no
        /// limit.
        std::optional<std::uint64_t> refused_plain = std::nullopt;
        Judgement judgement = {};
    };
    Measured measure();

private:
    using Dialled = std::unique_ptr<Connection>;

    // Sizes, each tried on a connection of its own (gauge.cpp).
    Measured seek();
    std::optional<std::uint64_t> refused_plain();
    Try attempt(script::Limit limit, std::uint64_t size);
    Try ask(Connection& it, std::uint64_t size);

    // Messages of a size (gauge_message.cpp).
    Try say(Connection& it, script::Limit limit, std::uint64_t size);
    wire::Bytes message_of(script::Limit limit, std::uint64_t size);
    Try await_echo(Connection& it, std::uint64_t size, wire::Bytes const& token);

    // Connections and rates (gauge_rates.cpp).
    Measured hold_connections();
    Try all_alive(std::vector<Dialled>& held);
    Measured idle();
    Measured exchange();
    Try exchange_batch(Connection& it, std::size_t count);
    Measured come_and_go();
    Try close(Connection& it);

    // What both need (gauge_wire.cpp).
    Try dial_and_open(Dialled& to);
    /// `lines`: more fields, as they stand in the head.
    Try open(Connection& it, script::RequestOutput const& output, std::string const& lines = {},
             Wishes const& wishes = {});
    Try await_fence(Connection& it, wire::Bytes const& token);
    bool passes_over(Message const& message) const;
    Try unexpected(std::optional<Event> const& event, Connection const& it) const;
    wire::Opcode message_opcode() const;
    /// With a length and a key of its own.
    void append_frame(wire::Bytes& to, wire::FrameHeader header, wire::ByteView payload);
    Measured rated(std::uint64_t done, std::chrono::microseconds time, Try const& stop) const;
    void part(Connection& it, bool wait);

    script::Measure const& measure_;
    std::chrono::milliseconds within_;
    Stage& stage_;
    Random& tokens_;
    Dial dial_;
    Over over_;
};

}  // namespace wsproof::play
