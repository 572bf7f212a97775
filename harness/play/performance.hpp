// One performance of one variant: the walk over its steps. Private to the player: performance*.cpp.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/play/connection.hpp"
#include "harness/play/expectation.hpp"
#include "harness/play/player.hpp"
#include "harness/script/case.hpp"

namespace wsproof::play {

// ---- how a case ends early -------------------------------------------------------------------

struct Failed {
    Judgement judgement;
};
struct Inconclusive {
    Judgement judgement;
};
struct Skipped {
    std::string skip_reason;
    std::string words;
};

/// Something went wrong, in words; `kind` is the same for signatures.
Judgement because(std::string reason, std::string kind);

/// Sec-WebSocket-Key of the client's request; empty while there is none.
std::string received_key(Connection const& connection);

// ---- the walk --------------------------------------------------------------------------------

class Performance {
public:
    Performance(script::Variant const& variant, Setting const& setting, Connect const& connect);

    Result run();

private:
    void walk();
    void perform(script::Open const& open);
    void perform(script::Send const& send);
    void perform(script::Expect const& expect);
    void perform(script::Exchange const& exchange);
    void perform(script::Alive const& alive);
    void perform(script::Wait const& wait);
    void perform(script::Measure const& measure);
    void perform(script::Shutdown const& shutdown);
    void perform(script::Gone const& gone);

    void open_as_client(script::Open const& open, Connection& connection);
    void open_as_server(script::Open const& open, Connection& connection);
    wire::HttpHead await_request(Connection& connection);
    void send_opening_messages(Connection& connection);
    void emit(script::Output const& output, Connection& connection, Sending const& sending);
    void hear_others();
    std::optional<std::string> tell_to_stop(std::size_t index);
    std::optional<std::string> ended(std::size_t index);
    bool still_lets_in();
    std::chrono::milliseconds time_of_step() const;
    void await_fence(Connection& connection, wire::Opcode opcode, wire::Bytes const& token);
    Judgement await(Expectation& expectation, Connection& connection);
    void send_fence(Expectation& expectation, Connection& connection);
    void note_admission(Connection const& connection);
    std::chrono::milliseconds time_of(script::Expect const& expect);
    void send_frames(script::FrameOutput const& output, Connection& connection, Sending sending);
    void send_nth(script::Exchange const& exchange, std::size_t nth, wire::Bytes const& message,
                  Connection& connection);
    bool echoed(wire::Opcode opcode, wire::Bytes const& message, Connection& connection,
                Judgement& otherwise);
    void take(Judgement judgement);
    [[noreturn]] void fail(Judgement judgement) const;

    Connection& connection();
    std::unique_ptr<Peer> dial(std::size_t index);
    void note_unreachable(std::size_t index, std::string const& words);
    std::chrono::microseconds elapsed() const;
    Setting const& setting() const { return stage_.setting; }
    bool as_client() const { return setting().target_role == wire::Role::server; }
    std::string_view peer() const { return as_client() ? "server" : "client"; }

    void conclude(Judgement judgement);
    void report(Judgement judgement);
    bool is_left_to_the_owner(Verdict verdict) const;

    script::Variant const& variant_;
    Connect const& connect_;
    Stage stage_;
    Random tokens_;
    std::map<std::size_t, Connection> connections_ = {};
    std::size_t dialled_ = 0;
    std::chrono::microseconds over_{0};  ///< when the last connection of a measurement ended
    script::Step const* step_ = nullptr;
    bool judging_ = false;    ///< past the set-up: failures are the verdict
    bool triggered_ = false;  ///< what is sent now is not what the verdict is about
    bool answered_ = false;   ///< a step was judged since the last `send`
    /// What came before a fence, by connection.
    std::map<std::size_t, std::vector<Event>> kept_ = {};
    /// Connections whose opening handshake was refused, as the case allows.
    std::set<std::size_t> refused_ = {};
    Judgement so_far_ = {};
    Result result_ = {};
};

}  // namespace wsproof::play
