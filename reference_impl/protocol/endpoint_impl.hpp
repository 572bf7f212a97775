// The state of an endpoint, in one place.
#pragma once

#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "reference_impl/protocol/assembly.hpp"
#include "reference_impl/protocol/closing.hpp"
#include "reference_impl/protocol/endpoint.hpp"
#include "reference_impl/protocol/frame_reader.hpp"
#include "reference_impl/protocol/frame_writer.hpp"
#include "reference_impl/protocol/opening.hpp"
#include "reference_impl/protocol/permessage_deflate.hpp"
#include "reference_impl/protocol/random.hpp"

namespace wsproof::reference {

struct Endpoint::Impl {
    Impl(wire::Role role_of_endpoint, Options options_of_endpoint, Faults const& planted);
    void ask();  ///< a client's request

    template <typename Told>
    void tell(Told event) {
        events.emplace_back(std::in_place_type<Told>, std::move(event));
    }

    // CONNECTING (endpoint.cpp)
    void receive(wire::ByteView bytes);
    void receive_end();
    void take_head(wire::ByteView& bytes);
    void take_request();
    void take_response();
    void open(Opening const& opening, wire::HttpHead head);
    void refuse(Refusal const& refusal);

    // Who it is (endpoint_authentication.cpp)
    bool answers_beside_the_handshake(Request const& request);
    void await_first_message();
    bool take_first_message(Message const& message);
    void note_unauthenticated(Fault extends);
    std::optional<std::chrono::milliseconds> next_deadline() const;
    void time_passed(std::chrono::milliseconds time);

    // OPEN and CLOSING (endpoint_frames.cpp)
    void read_frames(wire::ByteView bytes);
    bool on_piece(FramePiece const& piece);
    bool on_violation(Violation const& violation);
    bool on_data(FramePiece const& piece);
    void on_message(Message message);
    bool on_control(FramePiece const& piece);
    bool on_whole_control(wire::Opcode opcode, wire::ByteView payload);
    void on_ping(wire::ByteView payload);
    void on_pong(wire::ByteView payload);
    bool on_close(wire::ByteView payload);
    void on_end();
    bool fail_the_connection(Violation const& violation);
    void start_closing(std::optional<wire::StatusCode> code, std::string_view reason);
    void go_away();    // going_away.cpp
    void terminate();  // going_away.cpp
    void answer_close_if_due(bool at_once = false);
    void send_close(wire::ByteView payload);
    void send_message(Message const& message);
    bool may_send() const;

    wire::Role role;
    Options options;
    Faults faults;
    State state = State::connecting;
    Random random;
    FrameWriter writer;
    HeadReader head;
    std::string key = {};  ///< client: what it sent
    std::optional<FrameReader> reader = std::nullopt;
    std::optional<PermessageDeflate> deflate = std::nullopt;
    Assembly assembly;
    wire::Bytes control = {};  ///< payload data of a control frame that comes in pieces
    std::optional<wire::Bytes> close_answer = std::nullopt;  ///< waits for the application
    std::size_t untaken_messages = 0;
    bool close_sent = false;
    bool close_received = false;
    bool discards_input = false;
    bool closes_transport = false;
    bool awaits_token = false;            ///< the first message has to authenticate
    std::chrono::milliseconds waited{0};  ///< for it
    std::string error_detail = {};        ///< what a mutant adds to its refusals
    wire::Bytes output = {};
    std::vector<Event> events = {};

    // What only mutants remember.
    std::vector<wire::Bytes> late_pings = {};
    wire::Bytes earlier_data = {};
    std::size_t pings = 0;
    bool has_answered_ping = false;
    wire::Bytes held_back = {};
};

}  // namespace wsproof::reference
