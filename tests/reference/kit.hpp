// What the tests of the reference share: a peer made of plain bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reference_impl/protocol/endpoint.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/http_head.hpp"

namespace wsproof::reference::kit {

inline constexpr std::string_view sample_key = "dGhlIHNhbXBsZSBub25jZQ==";
inline constexpr std::string_view sample_accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// A correct request with fields changed (one of them), removed (empty list) or added.
using Fields = std::vector<wire::HeaderField>;
std::string request(Fields const& changes = {}, std::string_view line = "GET / HTTP/1.1");
std::string without(std::string_view name);
std::string request_with(std::string_view more_lines);
std::string response(Fields const& changes = {}, std::string_view accept = sample_accept);

/// A frame of a client (masked) or a server.
struct Frame {
    wire::Opcode opcode = wire::Opcode::text;
    wire::Bytes payload = {};
    bool fin = true;
    bool rsv1 = false;
    bool operator==(Frame const&) const = default;
};
Frame text(std::string_view payload);
Frame binary(std::string_view payload);
Frame ping(std::string_view payload);
Frame pong(std::string_view payload);
Frame close_frame(std::optional<unsigned> code, std::string_view reason = "");
Frame continuation(std::string_view payload);
Frame first(Frame frame);       ///< FIN clear
Frame compressed(Frame frame);  ///< RSV1 set, the payload as it is

wire::Bytes masked(Frame const& frame);
wire::Bytes unmasked(Frame const& frame);
wire::Bytes from(wire::Role sender, Frame const& frame);

/// Whole frames at the start of `bytes`; fails the test if something is left over.
std::vector<Frame> frames_in(wire::Bytes const& bytes);

/// An endpoint that has opened, its handshake's output and events taken.
Endpoint opened(wire::Role role, Options const& options = {}, Faults const& faults = {},
                std::string_view extensions = "");
inline Endpoint server(Options const& options = {}, Faults const& faults = {},
                       std::string_view extensions = "") {
    return opened(wire::Role::server, options, faults, extensions);
}

/// What happened until now, the application echoing every message.
struct Outcome {
    std::vector<std::string> events = {};
    wire::Bytes output = {};
    bool transport_closes = false;
    bool operator==(Outcome const&) const = default;
};
/// Feeds the bytes in pieces of that size (0: at once).
Outcome feed(Endpoint& endpoint, wire::ByteView bytes, std::size_t piece = 0, bool echo = true);
std::string describe(Event const& event);

/// The status code of the Close frame that is last in the output; 0 when there is none.
unsigned close_code_in(wire::Bytes const& output);
wire::Bytes joined(std::vector<wire::Bytes> const& parts);
wire::Bytes hex(std::string_view digits);

}  // namespace wsproof::reference::kit
