// What a peer does, as typed events off the wire.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "harness/play/peer.hpp"
#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/http_head.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::play {

/// What is wrong with a head, and under which standing rule.
struct Defect {
    std::string rule = {};
    std::string words = {};
    bool fatal = false;  ///< a client has to fail the connection over it (RFC 6455 4.1)
};

/// The head of a response, checked against the request that it answers.
struct Response {
    wire::HttpHead head = {};
    wire::StatusLine line = {};
    std::vector<Defect> defects = {};

    bool interim() const noexcept { return line.status / 100 == 1 && line.status != 101; }
    bool switching() const noexcept { return line.status == 101; }
    /// The first defect over which a client has to fail the connection.
    Defect const* fatal_defect() const noexcept;
};

/// The head of a request.
struct Request {
    wire::HttpHead head = {};
    std::vector<std::string> defects = {};  ///< in words
};

/// A whole message, reassembled and inflated.
struct Message {
    wire::Opcode opcode = wire::Opcode::text;
    wire::Bytes payload = {};
    bool corrupt = false;  ///< it cannot be inflated, or is too long to keep
};

struct Frame {
    wire::FrameHeader header = {};
    wire::Bytes payload = {};                       ///< unmasked
    std::optional<Message> message = std::nullopt;  ///< that this frame completes
};

/// Bytes that cannot be followed any further: no HTTP, or more than anybody should send.
struct Unreadable {
    std::string words = {};
};

/// The end of the transport.
struct End {
    bool reset = false;
    std::size_t unfinished = 0;  ///< bytes of a frame or head that was never completed
};

/// The content of a response that is not 101, as far as it was kept.
struct Content {
    wire::Bytes bytes = {};
};

struct Event {
    std::variant<Response, Request, Frame, Content, Unreadable, End> what = End{};
    std::chrono::microseconds time{0};  ///< since the case began

    template <class T>
    T const* as() const noexcept {
        return std::get_if<T>(&what);
    }
    bool is_control(wire::Opcode opcode) const noexcept;
    bool is_close() const noexcept { return is_control(wire::Opcode::close); }
};

/// "pong 'Hello'", "101 Switching Protocols", "FIN".
std::string in_words(Event const& event, wire::Role sender);

/// What the peer did, as the predicate of a sentence: "sent pong 'Hello'", "dropped TCP (FIN)".
std::string deed_in_words(Event const& event, wire::Role sender);

/// The same without anything that differs from run to run: for signatures.
std::string kind_in_words(Event const& event);

}  // namespace wsproof::play
